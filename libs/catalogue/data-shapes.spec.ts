// Keeps data/*.ts and the schemas in agreement: the compiler holds this table against the types, the test against the schemas.
import type { ApplicationChoice, AssessmentFactor, AssessmentOutcome, CatalogueData, ConsentStated, Person, ShortType, StatementScope } from './index.ts';
import { shippedCatalogue } from './index.ts';

type Kind<V> = [V] extends [readonly unknown[]]
  ? 'list'
  : [V] extends [string]
    ? 'text'
    : [V] extends [number]
      ? 'number'
      : [V] extends [string | number]
        ? 'label'
        : 'object';
type Shape<T> = {
  readonly [K in keyof T]-?: object extends Pick<T, K> ? `${Kind<Required<T>[K]>}?` : Kind<T[K]>;
};

const identity = { localId: 'text', uln: 'text?', givenName: 'text', familyName: 'text', dateOfBirth: 'text', postcode: 'text?', sex: 'text?', contact: 'text?' } as const;
const consent = {
  consentId: 'text', protocol: 'text', purposes: 'list', categories: 'list', recipients: 'list', givenBy: 'text', method: 'text', notice: 'object',
  evidence: 'text?', validFrom: 'text', expires: 'text?',
} as const;
const change = { consentId: 'text', by: 'text', reason: 'text?' } as const;
const statement = { scope: 'object', reason: 'text' } as const;
const answer = { referralId: 'text', reason: 'text?' } as const;
const placement = { placementId: 'text', programmeId: 'text?', employer: 'text', on: 'text', reason: 'text?' } as const;
const offer = { offerId: 'text', cohort: 'text', provision: 'text', startsOn: 'text?' } as const;
const application = { applicationId: 'text', choices: 'list' } as const;
const figure = { measure: 'text', period: 'label', value: 'number', scope: 'text' } as const;
const vacancy = { vacancyId: 'text', employer: 'text', title: 'text', area: 'text', confidentialTo: 'text?' } as const;

const shapes: { readonly [T in ShortType]: Shape<CatalogueData[T]> } = {
  'learner.registered': identity,
  'learner.corrected': { ...identity, localId: 'text?', givenName: 'text?', familyName: 'text?', dateOfBirth: 'text?', reason: 'text' },
  'learner.adviser-assigned': { name: 'text', role: 'text', contact: 'text?', reason: 'text?' },
  'link-adviser.assigned': { provider: 'text', name: 'text', contact: 'text?' },
  'adviser.informed': { programmeId: 'text', on: 'text' },
  'follow-up.made': { programmeId: 'text', on: 'text', by: 'text', outcome: 'text' },
  'consent.given': consent,
  'consent.refused': consent,
  'consent.withdrawn': change,
  'consent.paused': change,
  'consent.resumed': change,
  'consent.renewed': { ...change, expires: 'text?' },
  'notice.acknowledged': { noticeId: 'text', on: 'text', action: 'text' },
  'objection.raised': statement,
  'objection.decided': { ...statement, outcome: 'text', grounds: 'text?' },
  'restriction.requested': statement,
  'restriction.lifted': statement,
  'referral.made': { referralId: 'text', to: 'text', office: 'text?', route: 'text', reason: 'text?', assessments: 'list?' },
  'referral.accepted': answer,
  'referral.declined': answer,
  'assessment.recorded': {
    assessmentId: 'text', framework: 'text', domain: 'text', instrument: 'text', assessedOn: 'text', validUntil: 'text?', assessor: 'object',
    outcome: 'object', factors: 'list?', supersedes: 'object?',
  },
  'assessment.disputed': { assessmentId: 'text', reason: 'text' },
  'assessment.rectified': {
    assessmentId: 'text', reason: 'text', instrument: 'text?', assessedOn: 'text?', validUntil: 'text?', assessor: 'object?', outcome: 'object?',
    factors: 'list?',
  },
  'endorsement.given': { endorsementId: 'text', programmeKind: 'text', expectedLevel: 'text', supportNeeds: 'list?', basedOn: 'list?' },
  'endorsement.queried': { endorsementId: 'text', reason: 'text' },
  'circumstance.noted': { kind: 'text', note: 'text', since: 'text?' },
  'offence.noted': { incident: 'text', outcome: 'text?', order: 'text?', until: 'text?' },
  'case-conference.held': { on: 'text', attendees: 'list', decisions: 'list' },
  'release.planned': { from: 'text', on: 'text' },
  'quota.agreed': { provider: 'text', programmeKind: 'text', places: 'number', year: 'label' },
  'programme.started': { programmeId: 'text', kind: 'text', title: 'text', startedOn: 'text', plannedEnd: 'text', strand: 'text?' },
  'programme.agreed': { programmeId: 'text', version: 'label', objectives: 'list', support: 'list?', strands: 'list?' },
  'programme.queried': { programmeId: 'text', reason: 'text' },
  'programme.signed-off': { programmeId: 'text', signedBy: 'object', onBehalfOf: 'text?', signedOn: 'text' },
  'review.scheduled': { reviewId: 'text', programmeId: 'text', on: 'text', attendanceRequested: 'list?', reason: 'text?' },
  'review.held': { reviewId: 'text', programmeId: 'text', heldOn: 'text', attendees: 'list', summary: 'text', actions: 'list?', nextReviewDue: 'text?' },
  'attendance.concern': { programmeId: 'text', on: 'text', kind: 'text', note: 'text?' },
  'placement.sought': { occupation: 'text', area: 'text', programmeId: 'text?' },
  'workplace.risk-assessed': { employer: 'text', on: 'text', result: 'text' },
  'placement.started': placement,
  'placement.ended': placement,
  'achievement.recorded': { achievementId: 'text', kind: 'text', title: 'text', level: 'text?', awardedOn: 'text' },
  'programme.left-early': { programmeId: 'text', leftOn: 'text', reason: 'text', note: 'text?' },
  'moving-on.planned': { programmeId: 'text', aim: 'text', support: 'list?', on: 'text' },
  'programme.moved-on': { programmeId: 'text', on: 'text', destination: 'text', plan: 'text?' },
  'offer.made': offer,
  'offer.accepted': offer,
  'offer.declined': offer,
  'application.submitted': application,
  'application.placed': application,
  'destination.recorded': { activity: 'text', from: 'text', verifiedOn: 'text' },
  'intention.recorded': { year: 'label', intended: 'text', occupation: 'text?' },
  'feedback.given': { about: 'text', theme: 'text', rating: 'number?', comment: 'text?' },
  'provision.listed': { provisionId: 'text', title: 'text', kind: 'text', level: 'text?', places: 'number', startsOn: 'text?', area: 'text' },
  'provision.gap-raised': { area: 'text', occupation: 'text?', level: 'text?', reason: 'text' },
  'labour-need.published': { area: 'text', occupation: 'text', level: 'text?', count: 'number?', period: 'label' },
  'benchmark.published': figure,
  'target.set': figure,
  'partnership.declared': { name: 'text', members: 'list', districts: 'list' },
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

interface Node {
  readonly type?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
}
const KINDS: Readonly<Record<string, string>> = { array: 'list', object: 'object', integer: 'number', number: 'number', string: 'text', 'string,integer': 'label' };
const kindOf = (node: Node): string | undefined => (node.enum ? (typeof node.enum[0] === 'number' ? 'number' : 'text') : KINDS[String(node.type)]);
const shapeOf = ({ properties = {}, required = [] }: Node): unknown =>
  Object.fromEntries(Object.entries(properties).map(([name, node]) => [name, `${kindOf(node)}${required.includes(name) ? '' : '?'}`]));
const schemaOf = (short: ShortType): Node => shippedCatalogue().byShort(short).schema;

describe('types of data', () => {
  it('cover the catalogue', () => expect(Object.keys(shapes).sort()).toEqual(shippedCatalogue().types.map((type) => type.short)));

  it.each(Object.keys(shapes) as ShortType[])('%s agrees with its schema', (short) => expect(shapeOf(schemaOf(short))).toEqual(shapes[short]));

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
