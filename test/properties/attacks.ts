// What attackers may send: every catalogued type, with data that is aimed. They know the ULN, birth date, names and every id of the story.
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { type EventType, findProtocols, type ShortType, shippedCatalogue } from '#catalogue';
import type { AgencySlug } from '#kernel';
import { ATTACKERS, HONEST, memberOf } from './cast.ts';
import { ACCOMPLICE, type Move, type Ploy, PLOYS } from './ploys.ts';
import { IDS, OTHER_ULN, PERSON, ULN } from './stories.ts';

export interface Strike {
  readonly by: AgencySlug;
  /** Before which step of the story; how many steps the story has is for the reader to take into account. */
  readonly slot: number;
  readonly type: ShortType;
  readonly subject: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
  readonly id: string;
  /** Days by which its `time` lies back. */
  readonly daysAgo: number;
  /** Goes in one message with the one before, where both are of one sender and one slot. */
  readonly together: boolean;
}

export type Attack = readonly Strike[];

type Data = Readonly<Record<string, unknown>>;
type Draw = fc.Arbitrary<unknown>;

const from = (...values: readonly unknown[]): Draw => fc.constantFrom(...values);
const slugs = [...HONEST, ...ATTACKERS].map(({ slug }) => slug);
const slug = fc.constantFrom(...slugs);
const agencyOrRole = fc.oneof(slug, from('connexions', 'provider', 'college', 'school', 'local-authority'));
const ownOr = (id: string, ...others: readonly string[]): Draw => from(id, id, 'x-1', 'x-2', ...others);
const SCOPES: readonly Data[] = [{}, { purposes: ['prevent-reoffending'] }, { categories: ['circumstance'] }, { purposes: ['plan-learning'] }, { recipients: ['careers'] }, { recipients: ['provider'] }];
const CONSENTED: readonly Data[] = [
  { protocol: 'e2e-passport', purposes: ['plan-learning', 'support-learner'], categories: ['assessment', 'programme', 'circumstance', 'circumstance-special'] },
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
  relationship: from('referred-to', 'referrer-of', 'enrolled-with', 'home-institution', 'adviser-for', 'applied-to', 'resident-area', undefined),
  role: from('personal-adviser', 'link-adviser', 'dedicated-adviser', 'key-worker'),
  route: from('self', 'self', 'connexions', 'out-of-area', 'yot'),
  framework: from('initial', 'initial', 'apir', 'risk-of-failing', 'risk-of-reoffending'),
  domain: from('literacy', 'literacy', 'numeracy', 'all', 'asset'),
  assessedOn: from('2026-01-31', '2026-01-15', '2025-06-01'),
  supersedes: from(undefined, undefined, { assessmentId: IDS.assessment, reason: 'changed-circumstances' }, { assessmentId: 'x-1', reason: 'expired' }),
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
  'programme.started': { kind: from('e2e', 'school-course', 'fe-course'), fundedBy: from(undefined, 'lsc') },
  'consent.given': { by: from(undefined) },
  'learner.corrected': { givenName: from(PERSON.givenName, undefined), familyName: from(PERSON.familyName, undefined), dateOfBirth: from(PERSON.dateOfBirth, undefined) },
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
const exampleOf = (type: ShortType): Data => JSON.parse(readFileSync(`${findProtocols()}/catalogue/examples/${type}.v1.json`, 'utf8')) as Data;

/** Days by which what is said to have happened happened, since no story begins before February. */
const past = (data: Data): Data =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, typeof value === 'string' && /^2026-\d\d-\d\d$/.test(value) && value > '2026-01-31' && name !== 'plannedEnd' && name !== 'until' ? '2026-01-31' : value]),
  );

const propertiesOf = ({ schema }: EventType): readonly string[] => Object.keys((schema as { readonly properties?: object }).properties ?? {});

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

const TYPES = catalogue.types.map(({ short }) => short);
/** Drawn more often: on them most rests. */
const AIMED: readonly ShortType[] = [
  'learner.registered',
  'learner.corrected',
  'referral.made',
  'referral.accepted',
  'programme.started',
  'programme.signed-off',
  'learner.adviser-assigned',
  'tie.confirmed',
  'consent.given',
  'consent.withdrawn',
  'consent.confirmed',
  'assessment.recorded',
  'restriction.requested',
  'restriction.lifted',
  'objection.decided',
  'application.submitted',
];

const byType = new Map(TYPES.map((type) => [type, dataOf(type).map((data) => withPerson(type, data))]));

/** Which types an agency may contribute at all. */
export type Contributable = (agency: AgencySlug) => readonly ShortType[];

export interface AttackTerms {
  /** Of the story. */
  readonly steps: number;
  readonly contributable: Contributable;
}

/** Mostly what the agency may contribute: the rest ends at its role. */
const typeFor = (agency: AgencySlug, { contributable }: AttackTerms): fc.Arbitrary<ShortType> => {
  const own = contributable(agency);
  const aimed = AIMED.filter((type) => own.includes(type));
  return fc.oneof(
    { weight: aimed.length === 0 ? 0 : 6, arbitrary: fc.constantFrom(...aimed, 'learner.registered' as const) },
    { weight: 4, arbitrary: fc.constantFrom(...own, 'learner.registered' as const) },
    { weight: 1, arbitrary: fc.constantFrom(...TYPES) },
  );
};

const subjectOf = (type: ShortType): fc.Arbitrary<string | undefined> => {
  if (catalogue.byShort(type).subject === 'none') return fc.constant(undefined);
  return fc.constantFrom(`uln:${ULN}`, `uln:${ULN}`, 'local:x-a', 'local:x-b', 'local:cx-1');
};

/** A registration's subject and data name one learner. */
const consistent = (type: ShortType, subject: string | undefined, data: Data): { readonly subject: string | undefined; readonly data: Data } => {
  if (type !== 'learner.registered' || subject === undefined) return { subject, data };
  return subject.startsWith('uln:') ? { subject, data: { ...data, uln: subject.slice(4) } } : { subject: `local:${String(data['localId'])}`, data };
};

/**
 * Whoever registers a learner before anybody else does, and tells the truth, is the founder and stands (W1); an attacker that does not
 * stand knows, before the story begins, a number and a name, but not the day of birth.
 */
const notFounding = (slot: number, data: Data): Data => (slot === 0 && 'dateOfBirth' in data ? { ...data, dateOfBirth: '2009-01-01' } : data);

const strikeOf = (by: AgencySlug, type: ShortType, { steps }: AttackTerms): fc.Arbitrary<Omit<Strike, 'id'>> =>
  fc
    .record({
      slot: fc.nat({ max: steps }),
      subject: subjectOf(type),
      data: byType.get(type) ?? fc.constant({}),
      daysAgo: fc.constantFrom(0, 0, 0, 20, 200),
      together: fc.boolean(),
    })
    .map(({ subject, data, ...one }) => ({ ...one, by, type, ...consistent(type, subject, notFounding(one.slot, data)) }));

const strike = (attackers: readonly AgencySlug[], terms: AttackTerms): fc.Arbitrary<Omit<Strike, 'id'>> =>
  fc.constantFrom(...attackers).chain((by) => typeFor(by, terms).chain((type) => strikeOf(by, type, terms)));

/** Nearly nothing can be said of a learner whom one never registered: most attacks begin so. */
const opening = (attackers: readonly AgencySlug[], terms: AttackTerms): fc.Arbitrary<readonly Omit<Strike, 'id'>[]> => {
  const registration = fc
    .constantFrom(...attackers)
    .chain((by) => strikeOf(by, 'learner.registered', terms))
    .map((one) => ({ ...one, ...consistent('learner.registered', `uln:${ULN}`, one.data) }));
  return fc.oneof({ weight: 4, arbitrary: fc.array(registration, { minLength: 1, maxLength: 2 }) }, { weight: 1, arbitrary: fc.constant([]) });
};

const LONGEST = 5;
const SLUGS = ATTACKERS.map((one) => one.slug);

type Strikes = fc.Arbitrary<readonly Omit<Strike, 'id'>[]>;

const anything = (terms: AttackTerms): Strikes =>
  fc
    .uniqueArray(fc.constantFrom(...SLUGS), { minLength: 1, maxLength: 2 })
    .chain((attackers) => fc.tuple(opening(attackers, terms), fc.array(strike(attackers, terms), { maxLength: LONGEST - 1 })))
    .map(([first, then]) => [...first, ...then]);

const strikeIn = ({ by, type, data, together = false }: Move, attackers: readonly AgencySlug[], terms: AttackTerms): fc.Arbitrary<Omit<Strike, 'id'>> => {
  const [self = '', other] = by === 0 ? attackers : attackers.toReversed();
  const named = Object.fromEntries(Object.entries(data).map(([name, value]) => [name, value === ACCOMPLICE ? other : value]));
  return strikeOf(self, type, terms).map((one) => {
    const told = { ...one.data, ...named, ...(type === 'referral.made' && data['route'] === 'self' ? { to: self } : {}) };
    const all = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
    const subject = one.subject === undefined ? {} : { subject: `uln:${ULN}` };
    return { ...one, together, daysAgo: 0, ...subject, data: notFounding(one.slot, all) };
  });
};

/** In its own order, from some step of the story on; perhaps with something else besides. */
const ployed = ({ attackers, moves }: Ploy, terms: AttackTerms): Strikes =>
  fc
    .tuple(...attackers.map((some) => fc.constantFrom(...some)))
    .chain((slugs) => fc.tuple(fc.tuple(...moves.map((one) => strikeIn(one, slugs, terms))), fc.array(strike(slugs, terms), { maxLength: 1 })))
    .map(([played, besides]) => {
      const slots = played.map(({ slot }) => slot).toSorted((a, b) => a - b);
      const [first = 0] = slots;
      // Nobody who joins a learner was there before it.
      const after = played.map((one, place) => ({ ...one, slot: Math.max(first === 0 ? 1 : first, slots[place] ?? 0) }));
      return [...after.map((one, place) => (one.together ? { ...one, slot: after[place - 1]?.slot ?? one.slot } : one)), ...besides];
    });

/** Up to five events of one or two attackers, in the order in which they are sent; slot `steps` comes after the story. */
export const attackOn = (terms: AttackTerms): fc.Arbitrary<Attack> =>
  fc
    .oneof(anything(terms), fc.constantFrom(...PLOYS).chain((ploy) => ployed(ploy, terms)))
    .map((strikes) => strikes.slice(0, LONGEST).toSorted((a, b) => a.slot - b.slot))
    .map((strikes) => strikes.map((one, place) => ({ ...one, id: `x-m${place}` })));

const districtsOf = (agency: AgencySlug): readonly string[] => memberOf(agency).districts ?? [];

/** Whether one says something of the other: names it, or its role, or its area. */
const speaksOf = ({ by, data, type }: Strike, other: AgencySlug): boolean => {
  if (by === other) return false;
  const text = JSON.stringify(data);
  const words = [other, ...(type.startsWith('consent.') ? memberOf(other).roles : [])];
  return words.some((word) => text.includes(`"${word}"`)) || districtsOf(other).some((district) => text.includes(`"${district} `));
};

/** Two who vouch for each other, in a learner of their own making, stand there: a limit that SECURITY.md names. */
export const vouchForEachOther = (attack: Attack): boolean => {
  const attackers = new Set(attack.map(({ by }) => by));
  return [...attackers].some((other) => attack.some((one) => speaksOf(one, other)));
};
