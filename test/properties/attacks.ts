// What attackers may send, and when: up to five events of any catalogued type, before, between and after the steps of a story.
import * as fc from 'fast-check';
import { type ShortType, shippedCatalogue } from '#catalogue';
import type { AgencySlug } from '#kernel';
import { aimedData, type Data, TYPES } from './aimed-data.ts';
import { ATTACKERS, memberOf } from './cast.ts';
import { ACCOMPLICE, type Move, type Ploy, PLOYS } from './ploys.ts';
import { ULN } from './stories.ts';

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
  if (shippedCatalogue().byShort(type).subject === 'none') return fc.constant(undefined);
  return fc.constantFrom(`uln:${ULN}`, `uln:${ULN}`, 'local:x-a', 'local:x-b', 'local:cx-1');
};

/** A registration's subject and data name one learner. */
const consistent = (
  type: ShortType,
  subject: string | undefined,
  data: Data,
): { readonly subject: string | undefined; readonly data: Data } => {
  if (type !== 'learner.registered' || subject === undefined) return { subject, data };
  return subject.startsWith('uln:')
    ? { subject, data: { ...data, uln: subject.slice(4) } }
    : { subject: `local:${String(data['localId'])}`, data };
};

/**
 * Whoever registers a learner before anybody else does, and tells the truth, is the founder and stands (W1); an attacker that does not
 * stand knows, before the story begins, a number and a name, but not the day of birth.
 */
const notFounding = (slot: number, data: Data): Data =>
  slot === 0 && 'dateOfBirth' in data ? { ...data, dateOfBirth: '2009-01-01' } : data;

const strikeOf = (by: AgencySlug, type: ShortType, { steps }: AttackTerms): fc.Arbitrary<Omit<Strike, 'id'>> =>
  fc
    .record({
      slot: fc.nat({ max: steps }),
      subject: subjectOf(type),
      data: aimedData(type),
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
  return fc.oneof(
    { weight: 4, arbitrary: fc.array(registration, { minLength: 1, maxLength: 2 }) },
    { weight: 1, arbitrary: fc.constant([]) },
  );
};

const LONGEST = 5;
const SLUGS = ATTACKERS.map((one) => one.slug);

type Strikes = fc.Arbitrary<readonly Omit<Strike, 'id'>[]>;

const anything = (terms: AttackTerms): Strikes =>
  fc
    .uniqueArray(fc.constantFrom(...SLUGS), { minLength: 1, maxLength: 2 })
    .chain((attackers) => fc.tuple(opening(attackers, terms), fc.array(strike(attackers, terms), { maxLength: LONGEST - 1 })))
    .map(([first, then]) => [...first, ...then]);

const strikeIn = (
  { by, type, data, together = false }: Move,
  attackers: readonly AgencySlug[],
  terms: AttackTerms,
): fc.Arbitrary<Omit<Strike, 'id'>> => {
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
    .chain((slugs) =>
      fc.tuple(fc.tuple(...moves.map((one) => strikeIn(one, slugs, terms))), fc.array(strike(slugs, terms), { maxLength: 1 })),
    )
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
    .oneof(
      anything(terms),
      fc.constantFrom(...PLOYS).chain((ploy) => ployed(ploy, terms)),
    )
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
