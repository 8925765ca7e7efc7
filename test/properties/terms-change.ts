// A property of feeds: whoever's change with the terms is looked at when the terms have changed, whatever was told before.
import * as fc from 'fast-check';
import { type FeedDisclosure, Gate, type InForce, type Registers, type SentFeeds, touchedBetween } from '#disclosure';
import { type AgencySlug, type IsoDate, type LearnerId, londonDate } from '#kernel';
import { compileDecisionTable, type ProtocolInForce } from '#sharing-protocols';
import { CAST, HONEST } from './cast.ts';
import { dry } from './feeds-as-whole.ts';
import { BEGIN } from './nobodys-word.ts';
import type { World } from './world.ts';

/** Protocols that end, parties that leave them, agencies whose last key ends. */
export interface TermsWithout {
  readonly protocols: readonly string[];
  readonly parties: readonly AgencySlug[];
  readonly partiesOf: string;
  readonly keys: readonly AgencySlug[];
}

type Terms = Pick<Registers, 'inForce' | 'require'>;

const without = (registers: Registers, { protocols, parties, partiesOf }: TermsWithout): Terms => {
  const left = ({ document, parties: all }: ProtocolInForce): ProtocolInForce => ({
    document,
    parties: document.id === partiesOf ? all.filter((party) => !parties.includes(party)) : all,
  });
  const days = new Map<IsoDate, InForce>();
  const inForce = (today: IsoDate): InForce => {
    const whole = registers.inForce(today);
    const remaining = whole.decisions.inForce.filter(({ document }) => !protocols.includes(document.id)).map(left);
    const duties = whole.duties.filter(({ protocol }) =>
      remaining.some(({ document }) => protocol === `${document.id}@${document.version}`),
    );
    const known = days.get(today) ?? { ...whole, duties, decisions: compileDecisionTable(remaining, whole.agencies) };
    days.set(today, known);
    return known;
  };
  return { inForce, require: () => undefined };
};

const sentIn = ({ changes }: FeedDisclosure): SentFeeds =>
  new Map(
    changes.map(({ recipient, items, notices, overdue }) => [
      recipient,
      {
        items: new Map(items.map(({ revision, token }) => [revision, { token }])),
        notices: new Map(notices.map(({ notice }) => [notice.noticeId, { token: 'sent' }])),
        duties: new Map(overdue.map(({ duty, token }) => [duty.name, { token }])),
      },
    ]),
  );

const changesAnything = ({ changes }: FeedDisclosure): boolean =>
  changes.some(({ items, withdraw, notices, settled, overdue, done }) =>
    [items, withdraw, notices, settled, overdue, done].some(({ length }) => length > 0),
  );

export interface Swept {
  /** Learners whose feeds change, and those who are not looked at. */
  changed: number;
  passed: number;
}

/** Throws where the feeds of one who is passed change, whether the terms end or begin. */
export const sweep = async (world: World, learners: readonly LearnerId[], registers: Registers, change: TermsWithout): Promise<Swept> => {
  const parts = { ...world.gateParts, writer: dry };
  const everybody = new Set(CAST.map(({ slug }) => slug));
  const sides = [
    { gate: new Gate(parts), reachable: everybody },
    {
      gate: new Gate({ ...parts, registers: without(registers, change) as Registers }),
      reachable: new Set([...everybody].filter((slug) => !change.keys.includes(slug))),
    },
  ];
  const swept = { changed: 0, passed: 0 };
  for (const [before, after] of [sides, sides.toReversed()] as [(typeof sides)[0], (typeof sides)[0]][]) {
    const touches = touchedBetween(await before.gate.feedTerms(before.reachable), await after.gate.feedTerms(after.reachable));
    for (const learner of learners) {
      const then = await before.gate.feed({ learner, reachable: before.reachable, sent: async () => new Map() });
      const now = await after.gate.feed({ learner, reachable: after.reachable, sent: async () => sentIn(then) });
      const [isChanged, isTouched] = [changesAnything(now), touches(then.sketch)];
      if (isChanged && !isTouched) throw new Error(`The feeds of one who is passed change: ${JSON.stringify(now.changes)}`);
      swept.changed += Number(isChanged);
      swept.passed += Number(!isTouched);
    }
  }
  return swept;
};

export const termsWithout = (registers: Registers): fc.Arbitrary<TermsWithout> => {
  const ids = registers.inForce(londonDate(BEGIN)).decisions.inForce.map(({ document }) => document.id);
  const slugs = HONEST.map(({ slug }) => slug);
  const seldom = <T>(some: fc.Arbitrary<readonly T[]>): fc.Arbitrary<readonly T[]> =>
    fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: some });
  return fc.record({
    protocols: seldom(fc.subarray(ids, { minLength: 1, maxLength: 2 })),
    parties: seldom(fc.subarray(slugs, { minLength: 1, maxLength: 3 })),
    partiesOf: fc.constantFrom(...ids),
    keys: seldom(fc.subarray(slugs, { minLength: 1, maxLength: 2 })),
  });
};
