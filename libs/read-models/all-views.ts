// All lists, documents and views, by the folders that hold them.
import { apir } from './apir/apir.document.ts';
import { caseConferencePack } from './case-conference-pack/case-conference-pack.document.ts';
import { caseload } from './caseload/caseload.list.ts';
import type { LearnerDocument } from './documents/index.ts';
import { e2ePassport } from './e2e-passport/e2e-passport.document.ts';
import { handover } from './handover/handover.document.ts';
import { ilp } from './ilp/ilp.document.ts';
import { knownAssessments } from './known-assessments/known-assessments.document.ts';
import { learnerEndorsements } from './learner-endorsements/learner-endorsements.document.ts';
import type { List } from './lists/index.ts';
import { onProgramme } from './on-programme/on-programme.list.ts';
import { pathway } from './pathway/pathway.document.ts';
import { progressFile } from './progress-file/progress-file.document.ts';
import { captureOnce } from './capture-once/capture-once.view.ts';
import { dataQuality } from './data-quality/data-quality.view.ts';
import { disclosures } from './disclosures/disclosures.view.ts';
import type { Projector } from './engine/index.ts';
import { holdings } from './holdings/holdings.view.ts';
import { noticesView } from './notices/notices.view.ts';
import { tiesView } from './ties/ties.view.ts';

// All lists of the broker: each has its route, its place in the document and its command.

export const allLists: readonly List[] = [caseload, onProgramme];

// All documents about one learner: likewise.

export const allDocuments: readonly LearnerDocument[] = [
  e2ePassport,
  knownAssessments,
  apir,
  learnerEndorsements,
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
  disclosures,
  holdings,
  noticesView,
  tiesView,
  ...new Set(allLists.map(({ view }) => view)),
];
