// All lists, documents and views, by the folders that hold them.
import { activities } from './activities/activities.list.ts';
import { allocations } from './allocations/allocations.list.ts';
import { apir } from './apir/apir.document.ts';
import { applications } from './applications/applications.list.ts';
import { attendanceConcerns } from './attendance-concerns/attendance-concerns.list.ts';
import { brokerageProposals } from './brokerage-proposals/brokerage-proposals.list.ts';
import { captureOnce } from './capture-once/capture-once.view.ts';
import { caseConferencePack } from './case-conference-pack/case-conference-pack.document.ts';
import { caseload } from './caseload/caseload.list.ts';
import { consentsView } from './consents/consents.view.ts';
import { dataQuality } from './data-quality/data-quality.view.ts';
import { disclosures } from './disclosures/disclosures.view.ts';
import type { LearnerDocument } from './documents/index.ts';
import { duplicates } from './duplicates/duplicates.list.ts';
import { duties } from './duties/duties.list.ts';
import { e2ePassport } from './e2e-passport/e2e-passport.document.ts';
import { earlyLeavers } from './early-leavers/early-leavers.list.ts';
import { endorsements } from './endorsements/endorsements.list.ts';
import type { Projector } from './engine/index.ts';
import { feedbackList } from './feedback/feedback.list.ts';
import { findingList } from './findings/findings.list.ts';
import { flowsView } from './flows/flows.view.ts';
import { followUps } from './follow-ups/follow-ups.list.ts';
import { guaranteeSummary } from './guarantee-summary/guarantee-summary.list.ts';
import { guarantee } from './guarantee/guarantee.list.ts';
import { handover } from './handover/handover.document.ts';
import { handoverList } from './handovers/handovers.list.ts';
import { holdings } from './holdings/holdings.view.ts';
import { identityIssues } from './identity-issues/identity-issues.list.ts';
import { ilp } from './ilp/ilp.document.ts';
import { issues } from './issues/issues.list.ts';
import { jobsWithoutTraining } from './jobs-without-training/jobs-without-training.list.ts';
import { knownAssessments } from './known-assessments/known-assessments.document.ts';
import { labourNeedList } from './labour-needs/labour-needs.list.ts';
import { learnerEndorsements } from './learner-endorsements/learner-endorsements.document.ts';
import type { AnyList, Listing, WorkedOutList } from './lists/index.ts';
import { noticesView } from './notices/notices.view.ts';
import { officeList } from './offices/offices.list.ts';
import { onProgramme } from './on-programme/on-programme.list.ts';
import { partnershipList } from './partnerships/partnerships.list.ts';
import { consentRequests } from './consent-requests/consent-requests.document.ts';
import { pathway } from './pathway/pathway.document.ts';
import { placementMatches } from './placement-matches/placement-matches.list.ts';
import { placementsSought } from './placements-sought/placements-sought.list.ts';
import { planningCalendar } from './planning-calendar/planning-calendar.list.ts';
import { procedureList } from './procedures/procedures.list.ts';
import { progressFile } from './progress-file/progress-file.document.ts';
import { gapList } from './provision-gaps/provision-gaps.list.ts';
import { provisionList } from './provision/provision.list.ts';
import { referrals } from './referrals/referrals.list.ts';
import { reviews } from './reviews/reviews.list.ts';
import { riskAssessments } from './risk-assessments/risk-assessments.list.ts';
import { signOffs } from './sign-offs/sign-offs.list.ts';
import { startsAndFinishes } from './starts-and-finishes/starts-and-finishes.list.ts';
import { courseAnchors } from './starts-and-finishes/starts-and-finishes.view.ts';
import { supplements } from './supplements/supplements.list.ts';
import { unknownCodeList } from './unknown-codes/unknown-codes.list.ts';
import { targetList } from './targets/targets.list.ts';
import { threadsView } from './threads/threads.view.ts';
import { tiesView } from './ties/index.ts';
import { undertakingList } from './undertakings/undertakings.list.ts';
import { unusualAccess } from './unusual-access/unusual-access.view.ts';
import { vacancyList } from './vacancies/vacancies.list.ts';
import { visits } from './visits/visits.list.ts';
import { workplaceList } from './workplaces/workplaces.list.ts';
import { youthJusticeCases } from './youth-justice-cases/youth-justice-cases.list.ts';
import { quotaList } from './youth-justice-quota/youth-justice-quota.list.ts';
import { youthJusticeReleases } from './youth-justice-releases/youth-justice-releases.list.ts';

// All lists of the broker: each has its route, its place in the document and its command.

export const allLists: readonly AnyList[] = [
  caseload,
  onProgramme,
  referrals,
  allocations,
  followUps,
  signOffs,
  reviews,
  visits,
  earlyLeavers,
  attendanceConcerns,
  handoverList,
  riskAssessments,
  supplements,
  endorsements,
  applications,
  guarantee,
  activities,
  youthJusticeCases,
  youthJusticeReleases,
  placementsSought,
  startsAndFinishes,
  jobsWithoutTraining,
  identityIssues,
  duties,
  issues,
  duplicates,
  vacancyList,
  gapList,
  workplaceList,
  provisionList,
  labourNeedList,
  targetList,
  procedureList,
  findingList,
  partnershipList,
  officeList,
  undertakingList,
  quotaList,
];

// All that are worked out of others.

export const workedOutLists: readonly WorkedOutList[] = [
  guaranteeSummary,
  brokerageProposals,
  placementMatches,
  feedbackList,
  planningCalendar,
  unknownCodeList,
];

// Whatever is asked for as a list.

export const everyList: readonly Listing[] = [...allLists, ...workedOutLists];

// All documents about one learner: likewise.

export const allDocuments: readonly LearnerDocument[] = [
  e2ePassport,
  knownAssessments,
  apir,
  learnerEndorsements,
  consentRequests,
  caseConferencePack,
  pathway,
  progressFile,
  ilp,
  handover,
];

// All views of the broker.

export const allProjectors: readonly Projector[] = [
  dataQuality,
  captureOnce,
  consentsView,
  courseAnchors.view,
  disclosures,
  flowsView,
  holdings,
  noticesView,
  threadsView,
  tiesView,
  unusualAccess,
  ...new Set([...allLists, ...workedOutLists.flatMap(({ source, things = [] }) => [source, ...things])].map(({ view }) => view)),
];

/** Where another thread finds them. */
export const allViewsAt = { module: import.meta.url, exported: 'allProjectors' } as const;
