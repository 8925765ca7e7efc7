// Data of every catalogued type, aimed: whoever makes it up knows the ULN, birth date, names and every id of the story.
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { type EventType, findProtocols, type ShortType, shippedCatalogue } from '#catalogue';
import { ATTACKERS, HONEST } from './cast.ts';
import { IDS, OTHER_ULN, PERSON, ULN } from './stories.ts';

export type Data = Readonly<Record<string, unknown>>;
type Draw = fc.Arbitrary<unknown>;

const from = (...values: readonly unknown[]): Draw => fc.constantFrom(...values);
const slugs = [...HONEST, ...ATTACKERS].map(({ slug }) => slug);
const slug = fc.constantFrom(...slugs);
const agencyOrRole = fc.oneof(slug, from('connexions', 'provider', 'college', 'school', 'local-authority'));
const ownOr = (id: string, ...others: readonly string[]): Draw => from(id, id, 'x-1', 'x-2', ...others);
const SCOPES: readonly Data[] = [
  {},
  { purposes: ['prevent-reoffending'] },
  { categories: ['circumstance'] },
  { purposes: ['plan-learning'] },
  { recipients: ['careers'] },
  { recipients: ['provider'] },
];
const CONSENTED: readonly Data[] = [
  {
    protocol: 'e2e-passport',
    purposes: ['plan-learning', 'support-learner'],
    categories: ['assessment', 'programme', 'circumstance', 'circumstance-special'],
  },
  { protocol: 'youth-justice', purposes: ['support-learner'], categories: ['offence'] },
  { protocol: 'initial-assessment-reuse', purposes: ['plan-learning'], categories: ['apir'] },
];

/** By name of the property, whatever the type. */
const FIELDS: Readonly<Record<string, Draw>> = {
  programmeId: ownOr(IDS.programme, 'p-2'),
  referralId: ownOr(IDS.referral, 'r-0', 'r-2'),
  consentId: ownOr(IDS.consent, 'c-2'),
  assessmentId: ownOr(IDS.assessment),
  applicationId: ownOr(IDS.application),
  offerId: ownOr(IDS.offer),
  reviewId: ownOr(IDS.review),
  endorsementId: ownOr(IDS.endorsement),
  placementId: ownOr(IDS.placement),
  achievementId: ownOr('ac-1'),
  noticeId: from('n-1'),
  to: slug,
  about: slug,
  agency: slug,
  provider: slug,
  by: slug,
  recipients: fc.array(agencyOrRole, { minLength: 1, maxLength: 2 }),
  choices: slug.map((agency) => [{ agency, provision: 'Engineering' }]),
  relationship: from(
    'referred-to',
    'referrer-of',
    'enrolled-with',
    'home-institution',
    'adviser-for',
    'applied-to',
    'resident-area',
    undefined,
  ),
  role: from('personal-adviser', 'link-adviser', 'dedicated-adviser', 'key-worker'),
  route: from('self', 'self', 'connexions', 'out-of-area', 'yot'),
  framework: from('initial', 'initial', 'apir', 'risk-of-failing', 'risk-of-reoffending'),
  domain: from('literacy', 'literacy', 'numeracy', 'all', 'asset'),
  assessedOn: from('2026-01-31', '2026-01-15', '2025-06-01'),
  supersedes: from(
    undefined,
    undefined,
    { assessmentId: IDS.assessment, reason: 'changed-circumstances' },
    { assessmentId: 'x-1', reason: 'expired' },
  ),
  kind: from('housing', 'health', 'pregnancy'),
  scope: from(...SCOPES),
  outcome: from('upheld', 'overridden'),
  method: from('signed-form', 'verbal-witnessed'),
  evidence: from('form-1', undefined),
  withheld: from(true, undefined),
  localId: from('x-a', 'x-a', 'x-b'),
  uln: from(ULN, ULN, ULN, OTHER_ULN, undefined),
  givenName: from(PERSON.givenName, 'Zed'),
  familyName: from(PERSON.familyName, 'Nobody'),
  dateOfBirth: from(PERSON.dateOfBirth, PERSON.dateOfBirth, '2009-01-01'),
  postcode: from('CV1 1AA', 'LE1 1AA', 'NG1 1AA', 'B1 9ZZ', 'WV1 9ZZ', undefined),
  of: fc.oneof(from(undefined), slug),
};

/** Where a property of that name means something else. */
const OF_TYPE: Readonly<Partial<Record<ShortType, Readonly<Record<string, Draw>>>>> = {
  'programme.started': {
    kind: from('e2e', 'school-course', 'fe-course'),
    fundedBy: from(undefined, 'lsc'),
    deliveredAt: fc.oneof(from(undefined), slug),
  },
  'consent.given': { by: from(undefined) },
  'learner.corrected': {
    givenName: from(PERSON.givenName, undefined),
    familyName: from(PERSON.familyName, undefined),
    dateOfBirth: from(PERSON.dateOfBirth, undefined),
  },
  'record.retracted': { of: from('x-m0', 'x-m1', 'x-m2', 'm-1') },
  'withholding.stated': { of: from('x-m0', 'x-m1', 'm-1'), until: from('2026-03-15') },
  'withholding.ended': { of: from('x-m0', 'x-m1', 'm-1') },
  'assessment.recorded': { outcome: from({ summary: 'As seen' }) },
  'endorsement.answered': { outcome: from('upheld', 'revised') },
  'achievement.recorded': { kind: from('accredited') },
  'attendance.concern': { kind: from('absent') },
  'provision.listed': { kind: from('fe-course') },
  'workplace.risk-assessed': { outcome: from('suitable') },
  'learner.adviser-ended': { on: from('2026-01-31') },
};

/** Fixed words that no rule asks about. */
const AS_EXEMPLIFIED: readonly ShortType[] = ['partnership.declared', 'office.declared'];

const catalogue = shippedCatalogue();
const exampleOf = (type: ShortType): Data =>
  JSON.parse(readFileSync(`${findProtocols()}/catalogue/examples/${type}.v1.json`, 'utf8')) as Data;

/** Days by which what is said to have happened happened, since no story begins before February. */
const past = (data: Data): Data =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      typeof value === 'string' && /^2026-\d\d-\d\d$/.test(value) && value > '2026-01-31' && name !== 'plannedEnd' && name !== 'until'
        ? '2026-01-31'
        : value,
    ]),
  );

const propertiesOf = ({ schema }: EventType): readonly string[] =>
  Object.keys((schema as { readonly properties?: object }).properties ?? {});

const dataOf = (type: ShortType): fc.Arbitrary<Data> => {
  const example = past(exampleOf(type));
  if (AS_EXEMPLIFIED.includes(type)) return fc.constant(example);
  const fields = propertiesOf(catalogue.byShort(type)).flatMap((name) => {
    const draw = OF_TYPE[type]?.[name] ?? FIELDS[name];
    return draw ? [[name, draw] as const] : [];
  });
  const consented = type === 'consent.given' || type === 'consent.refused' ? from(...CONSENTED) : fc.constant({});
  return fc.tuple(fc.record(Object.fromEntries(fields)), consented).map(([drawn, scope]) => {
    const all = { ...example, ...drawn, ...(scope as Data) };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  });
};

/** `by` of these is a person, and no slug. */
const PERSONS: readonly ShortType[] = ['consent.withdrawn', 'consent.paused', 'consent.resumed', 'consent.renewed', 'follow-up.made'];
const withPerson = (type: ShortType, data: Data): Data => (PERSONS.includes(type) ? { ...data, by: 'learner' } : data);

export const TYPES: readonly ShortType[] = catalogue.types.map(({ short }) => short);

const byType = new Map(TYPES.map((type) => [type, dataOf(type).map((data) => withPerson(type, data))]));

export const aimedData = (type: ShortType): fc.Arbitrary<Data> => byType.get(type) ?? fc.constant({});
