// Keeps data/*.ts and the schemas in agreement: the compiler holds this table against the types, the test against the schemas.
import type {
  ApplicationChoice,
  AssessmentFactor,
  AssessmentOutcome,
  CatalogueData,
  ConsentStated,
  Person,
  ShortType,
  StatementScope,
} from './index.ts';
import { shippedCatalogue } from './index.ts';
import { schemaOf, type Shape, shapeOf } from './fixtures/shape.ts';

const identity = {
  localId: 'text',
  uln: 'text?',
  givenName: 'text',
  familyName: 'text',
  dateOfBirth: 'text',
  postcode: 'text?',
  sex: 'text?',
  contact: 'text?',
} as const;
const consentScope = { protocol: 'text', purposes: 'list', categories: 'list', recipients: 'list' } as const;
const consent = {
  ...consentScope,
  consentId: 'text',
  givenBy: 'text',
  method: 'text',
  notice: 'object',
  evidence: 'text?',
  validFrom: 'text',
  expires: 'text?',
} as const;
const change = { consentId: 'text', by: 'text', reason: 'text?', of: 'text?' } as const;
const statement = { scope: 'object', reason: 'text' } as const;
const answer = { referralId: 'text', reason: 'text?', of: 'text?' } as const;
const asked = { about: 'text', regarding: 'text?', text: 'text' } as const;
const replied = { text: 'text', due: 'text?', of: 'text?' } as const;
const placement = { placementId: 'text', programmeId: 'text?', employer: 'text', on: 'text', reason: 'text?', of: 'text?' } as const;
const offer = { offerId: 'text', cohort: 'text', provision: 'text', startsOn: 'text?', of: 'text?' } as const;
const application = { applicationId: 'text', choices: 'list' } as const;
const figure = { measure: 'text', period: 'label', value: 'number', scope: 'text' } as const;
const vacancy = { vacancyId: 'text', employer: 'text', title: 'text', area: 'text', confidentialTo: 'text?' } as const;

const shapes: { readonly [T in ShortType]: Shape<CatalogueData[T]> } = {
  'learner.registered': identity,
  'learner.corrected': {
    ...identity,
    localId: 'text?',
    givenName: 'text?',
    familyName: 'text?',
    dateOfBirth: 'text?',
    withheld: 'flag?',
    reason: 'text',
  },
  'residence.stated': { postcode: 'text', from: 'text?' },
  'tie.confirmed': { agency: 'text', relationship: 'text?', reason: 'text?' },
  'learner.adviser-assigned': { name: 'text', role: 'text', staffId: 'text?', office: 'text?', contact: 'text?', reason: 'text?' },
  'learner.adviser-ended': { role: 'text', on: 'text', reason: 'text?' },
  'link-adviser.assigned': { provider: 'text', name: 'text', contact: 'text?' },
  'link-adviser.confirmed': { by: 'text' },
  'office.declared': { office: 'text', name: 'text', districts: 'list' },
  'adviser.informed': { programmeId: 'text', on: 'text', of: 'text?' },
  'follow-up.made': { programmeId: 'text', on: 'text', by: 'text', outcome: 'text', reviewId: 'text?', of: 'text?' },
  'record.retracted': { of: 'text', reason: 'text', note: 'text?' },
  'withholding.stated': { of: 'text', ground: 'text', until: 'text' },
  'withholding.ended': { of: 'text' },
  'consent.given': consent,
  'consent.refused': consent,
  'consent.withdrawn': change,
  'consent.paused': change,
  'consent.resumed': change,
  'consent.renewed': { ...change, expires: 'text?' },
  'consent.confirmed': { consentId: 'text', of: 'text?' },
  'consent.requested': { ...consentScope, until: 'text' },
  'notice.acknowledged': { noticeId: 'text', on: 'text', action: 'text' },
  'objection.raised': statement,
  'objection.decided': { ...statement, outcome: 'text', grounds: 'text?' },
  'restriction.requested': statement,
  'restriction.lifted': statement,
  'referral.made': { referralId: 'text', to: 'text', office: 'text?', route: 'text', reason: 'text?', assessments: 'list?' },
  'referral.accepted': answer,
  'referral.declined': answer,
  'referral.withdrawn': { referralId: 'text', reason: 'text?' },
  'assessment.recorded': {
    assessmentId: 'text',
    framework: 'text',
    domain: 'text',
    instrument: 'text',
    assessedOn: 'text',
    validUntil: 'text?',
    assessor: 'object',
    outcome: 'object',
    factors: 'list?',
    supersedes: 'object?',
  },
  'assessment.disputed': { assessmentId: 'text', reason: 'text', of: 'text?' },
  'assessment.rectified': {
    assessmentId: 'text',
    reason: 'text',
    instrument: 'text?',
    assessedOn: 'text?',
    validUntil: 'text?',
    assessor: 'object?',
    outcome: 'object?',
    factors: 'list?',
  },
  'endorsement.given': { endorsementId: 'text', programmeKind: 'text', expectedLevel: 'text', supportNeeds: 'list?', basedOn: 'list?' },
  'endorsement.queried': { endorsementId: 'text', reason: 'text', of: 'text?' },
  'endorsement.answered': { endorsementId: 'text', outcome: 'text', expectedLevel: 'text?', reason: 'text', of: 'text?' },
  'circumstance.noted': { kind: 'text', note: 'text', since: 'text?' },
  'offence.noted': { incident: 'text', outcome: 'text?', order: 'text?', until: 'text?' },
  'case-conference.held': { on: 'text', attendees: 'list', decisions: 'list' },
  'release.planned': { from: 'text', on: 'text' },
  'quota.agreed': { provider: 'text', programmeKind: 'text', places: 'number', year: 'label', cohortSize: 'number?' },
  'programme.started': {
    programmeId: 'text',
    kind: 'text',
    title: 'text',
    startedOn: 'text',
    plannedEnd: 'text',
    strand: 'text?',
    fundedBy: 'text?',
    deliveredAt: 'text?',
  },
  'programme.agreed': { programmeId: 'text', version: 'label', objectives: 'list', support: 'list?', strands: 'list?', of: 'text?' },
  'programme.queried': { programmeId: 'text', reason: 'text', of: 'text?' },
  'programme.signed-off': {
    programmeId: 'text',
    signedBy: 'object',
    onBehalfOf: 'text?',
    signedOn: 'text',
    version: 'label?',
    of: 'text?',
  },
  'review.scheduled': { reviewId: 'text', programmeId: 'text', on: 'text', attendanceRequested: 'list?', reason: 'text?', of: 'text?' },
  'review.held': {
    reviewId: 'text',
    programmeId: 'text',
    heldOn: 'text',
    attendees: 'list',
    summary: 'text',
    actions: 'list?',
    nextReviewDue: 'text?',
    of: 'text?',
  },
  'attendance.concern': { programmeId: 'text', on: 'text', kind: 'text', note: 'text?', of: 'text?' },
  'placement.sought': { occupation: 'text', area: 'text', programmeId: 'text?', of: 'text?' },
  'workplace.risk-assessed': {
    employer: 'text',
    employerId: 'text?',
    area: 'text?',
    on: 'text',
    result: 'text',
    outcome: 'text?',
    validUntil: 'text?',
  },
  'placement.started': placement,
  'placement.ended': placement,
  'achievement.recorded': {
    achievementId: 'text',
    kind: 'text',
    title: 'text',
    level: 'text?',
    awardedOn: 'text',
    programmeId: 'text?',
    of: 'text?',
  },
  'programme.left-early': { programmeId: 'text', leftOn: 'text', reason: 'text', note: 'text?' },
  'moving-on.planned': { programmeId: 'text', aim: 'text', support: 'list?', on: 'text', of: 'text?' },
  'programme.moved-on': { programmeId: 'text', on: 'text', destination: 'text', plan: 'text?' },
  'offer.made': { ...offer, applicationId: 'text?' },
  'offer.accepted': offer,
  'offer.declined': { ...offer, reason: 'text?' },
  'application.submitted': application,
  'application.placed': { ...application, of: 'text?' },
  'destination.recorded': { activity: 'text', from: 'text', verifiedOn: 'text', until: 'text?' },
  'intention.recorded': { year: 'label', intended: 'text', occupation: 'text?' },
  'feedback.given': { about: 'text', theme: 'text', rating: 'number?', comment: 'text?' },
  'feedback.answered': { about: 'text', theme: 'text', period: 'label', action: 'text' },
  'question.asked': { questionId: 'text', ...asked },
  'question.answered': { questionId: 'text', ...replied },
  'complaint.made': { complaintId: 'text', ...asked },
  'complaint.acknowledged': { complaintId: 'text', ...replied },
  'complaint.answered': { complaintId: 'text', ...replied },
  'provision.listed': {
    provisionId: 'text',
    title: 'text',
    kind: 'text',
    level: 'text?',
    places: 'number',
    startsOn: 'text?',
    area: 'text',
  },
  'provision.gap-raised': { gapId: 'text?', area: 'text', occupation: 'text?', level: 'text?', reason: 'text' },
  'provision.gap-answered': { gapId: 'text', decision: 'text', note: 'text', of: 'text?' },
  'undertaking.discharged': { protocol: 'text', duty: 'text', on: 'text', note: 'text?' },
  'quality.procedure-published': { procedureId: 'text', title: 'text', text: 'text' },
  'quality.finding-recorded': {
    findingId: 'text',
    procedureId: 'text',
    agency: 'text',
    finding: 'text',
    action: 'text',
    due: 'text',
    of: 'text?',
  },
  'quality.finding-closed': { findingId: 'text', on: 'text', of: 'text?' },
  'labour-need.published': { area: 'text', occupation: 'text', level: 'text?', count: 'number?', period: 'label' },
  'benchmark.published': figure,
  'target.set': figure,
  'partnership.declared': { name: 'text', members: 'list', districts: 'list', planningCloses: 'text?' },
  'vacancy.listed': vacancy,
  'vacancy.filled': vacancy,
};

const notice: Shape<ConsentStated['notice']> = { id: 'text', version: 'text', language: 'text' };
const scope: Shape<StatementScope> = { categories: 'list?', purposes: 'list?', recipients: 'list?' };
const person: Shape<Person> = { name: 'text', role: 'text' };
const outcome: Shape<AssessmentOutcome> = { level: 'text?', score: 'number?', summary: 'text' };
const factor: Shape<AssessmentFactor> = { code: 'text', level: 'number' };
const choice: Shape<ApplicationChoice> = { agency: 'text', provision: 'text', startsOn: 'text?' };
const supersedes: Shape<Required<CatalogueData['assessment.recorded']>['supersedes']> = { assessmentId: 'text', reason: 'text' };

describe('types of data', () => {
  it('cover the catalogue', () => expect(Object.keys(shapes).sort()).toEqual(shippedCatalogue().types.map((type) => type.short)));

  it.each(Object.keys(shapes) as ShortType[])('%s agrees with its schema', (short) =>
    expect(shapeOf(schemaOf(short))).toEqual(shapes[short]),
  );

  it.each([
    ['consent.given', 'notice', notice],
    ['consent.refused', 'notice', notice],
    ['objection.raised', 'scope', scope],
    ['programme.signed-off', 'signedBy', person],
    ['assessment.recorded', 'assessor', person],
    ['assessment.recorded', 'outcome', outcome],
    ['assessment.recorded', 'factors', factor],
    ['assessment.recorded', 'supersedes', supersedes],
    ['application.submitted', 'choices', choice],
  ] as const)('%s: %s agrees', (short, name, shape) => {
    const node = schemaOf(short).properties?.[name];
    expect(shapeOf(node?.items ?? node ?? {})).toEqual(shape);
  });
});
