// Of how few looks and in which order anything is read: what is found is what anybody finds who goes through all looks that are left.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { AccessHit } from '#disclosure';
import { addDays, type IsoDate, londonDate } from '#kernel';
import { type RowChange, RowChanges, type RowOf, type ViewStore } from '../engine/index.ts';
import { MemoryViewStore } from '../memory/index.ts';
import { SqliteViewStore } from '../sqlite/index.ts';
import { burstsOf, manyWithoutChange } from './access-rules.ts';
import { findUnusualAccess } from './unusual-access.query.ts';
import { changes, looks, pairs, unusualAccess } from './unusual-access.view.ts';

type Look = RowOf<typeof looks>;

const [BEGAN, MINUTE, DAY] = [Date.UTC(2026, 0, 5), 60_000, 86_400_000];
const learner = fc.constantFrom('a', 'b', 'c');
const spree = fc.record({
  what: fc.constant('looks' as const),
  ...{ recipient: fc.constantFrom('northside', 'operator:data-manager'), person: fc.constantFrom('p', 'q'), learner },
  ...{ day: fc.nat(40), hour: fc.constantFrom(2, 12, 12, 23), times: fc.constantFrom(1, 1, 2, 7, 12, 21) },
  ...{ apart: fc.constantFrom(1, 3), refused: fc.constantFrom(0, 0, 1) },
  /** On so many days one after the other, of more than one once a day. */
  days: fc.constantFrom(1, 1, 8),
});
const other = fc.record({ what: fc.constantFrom('changed' as const, 'erased' as const), learner, day: fc.nat(40), hour: fc.nat(23) });
type Spree = typeof spree extends fc.Arbitrary<infer Drawn> ? Drawn : never;
type Other = typeof other extends fc.Arbitrary<infer Drawn> ? Drawn : never;
type Told = Spree | Other;
type Step = (Omit<Look, 'position'> & Pick<Spree, 'what'>) | (Pick<Other, 'what' | 'learner'> & { readonly at: number });

const looksOfSpree = (told: Spree): readonly Omit<Look, 'position'>[] =>
  Array.from({ length: told.days > 1 ? told.days : told.times }, (_, n) => {
    const later = told.days > 1 ? n * DAY : n * told.apart * MINUTE;
    const at = BEGAN + told.day * DAY + told.hour * 60 * MINUTE + later;
    const { recipient, person, learner: about, refused } = told;
    const hour = new Date(at).getUTCHours();
    return {
      recipient,
      person,
      day: londonDate(at),
      learner: about,
      at,
      outside: Number(hour < 6 || hour >= 22),
      refused,
      direct: 1 - refused,
    };
  });

interface Left {
  readonly looks: readonly Look[];
  readonly changes: readonly RowOf<typeof changes>[];
}

/** In the order of time, as the view takes it in, and what is left of it at last. */
const takenIn = (all: readonly Told[]): { readonly rows: readonly RowChange[]; readonly left: Left } => {
  const steps = all.flatMap((told): readonly Step[] =>
    told.what === 'looks'
      ? looksOfSpree(told).map((look) => ({ ...look, what: told.what }))
      : [{ ...told, at: BEGAN + told.day * DAY + told.hour * 60 * MINUTE }],
  );
  const rows: RowChange[] = [];
  let left: Left = { looks: [], changes: [] };
  for (const [index, step] of steps.toSorted((one, two) => one.at - two.at).entries()) {
    const position = index + 1;
    if (step.what === 'looks') {
      const { what: _, ...look } = step;
      rows.push({ verb: 'put', table: looks, row: { ...look, position } });
      const { recipient, person, learner: about, at } = look;
      if (look.direct === 1) rows.push({ verb: 'merge', table: pairs, row: { learner: about, recipient, person, times: 1, last: at } });
      left = { ...left, looks: [...left.looks, { ...look, position }] };
    } else if (step.what === 'changed') {
      rows.push({ verb: 'put', table: changes, row: { learner: step.learner, position } });
      left = { ...left, changes: [...left.changes, { learner: step.learner, position }] };
    } else {
      for (const table of [looks, pairs, changes]) rows.push({ verb: 'remove', table, where: { learner: step.learner } });
      const isLeft = (row: { readonly learner: string }): boolean => row.learner !== step.learner;
      left = { looks: left.looks.filter(isLeft), changes: left.changes.filter(isLeft) };
    }
  }
  return { rows, left };
};

type Hit = Omit<AccessHit, 'at'>;
const hit = (rule: AccessHit['rule'], run: readonly Look[], made: number, more: Partial<Hit> = {}): readonly Hit[] =>
  run.slice(made, made + 1).map(({ recipient, person, position }) => ({
    ...{ rule, recipient, person, position, looks: run.length },
    ...{ positions: run.slice(0, 20).map((look) => look.position), ...more },
  }));

const medianOf = (counts: readonly number[]): number => {
  const sorted = counts.toSorted((one, two) => one - two);
  return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.floor(sorted.length / 2)] ?? 0)) / 2;
};

const farAbove = (days: ReadonlyMap<IsoDate, readonly Look[]>, day: IsoDate): readonly Hit[] => {
  const since = (many: number) => [...days].filter(([one]) => one < day && one >= addDays(day, -many)).map(([, all]) => all.length);
  const [lately, longer] = [since(28), since(84).slice(-5)];
  const before = lately.length >= 5 ? lately : longer;
  const [usual, run] = [medianOf(before), days.get(day) ?? []];
  return before.length >= 5 && run.length > 5 * usual ? hit('far-above-usual', run, 0, { usual }) : [];
};

const reckoned = ({ looks: all, changes: changed }: Left, from: IsoDate, to: IsoDate): readonly Hit[] => {
  const isIn = (look: Look | undefined): boolean => look !== undefined && look.day >= from && look.day <= to;
  const people = Map.groupBy(all, ({ recipient, person }) => `${recipient} ${person}`).values();
  return [...people].flatMap((own) => {
    const days = Map.groupBy(own, ({ day }) => day);
    const asked = [...days].filter(([, [first]]) => isIn(first));
    const nights = asked.map(([, run]) => run.filter(({ outside }) => outside === 1));
    const ofOne = [
      ...Map.groupBy(
        own.filter(({ direct }) => direct === 1),
        (look) => look.learner,
      ),
    ].flatMap(([about, run]) =>
      manyWithoutChange(
        run,
        changed.filter((one) => one.learner === about).map(({ position }) => position),
      ),
    );
    const bursts = burstsOf(own.filter(({ refused }) => refused === 1));
    return [
      ...nights.flatMap((run) => hit('outside-hours', run, 0)),
      ...asked.flatMap(([day]) => farAbove(days, day)),
      ...ofOne.filter((run) => isIn(run[9])).flatMap((run) => hit('same-learner', run, 9, { learner: run[9]?.learner ?? '' })),
      ...bursts.filter((run) => isIn(run.at(-1))).flatMap((run) => hit('many-refusals', run, 19)),
    ];
  });
};

const inOrder = (hits: readonly Hit[]): readonly Hit[] =>
  hits.toSorted((one, two) => two.position - one.position || one.rule.localeCompare(two.rule));

const found = async (store: ViewStore, rows: readonly RowChange[], days: { readonly from: IsoDate; readonly to: IsoDate }) => {
  await store.restart([unusualAccess]);
  const generation = (await store.current(unusualAccess))?.generation ?? 0;
  await store.commit([{ view: unusualAccess, generation, from: 0, to: 1, changes: RowChanges.of(unusualAccess, rows) }]);
  return inOrder((await findUnusualAccess(store, days)).hits.map(({ at: _, ...told }) => told));
};

describe('hits of rules about looks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hits-'));
  const stores = [new MemoryViewStore(), new SqliteViewStore({ file: join(folder, 'views.sqlite') })];
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    rmSync(folder, { recursive: true });
  });

  it('are what goes through all looks finds, whatever was erased and whichever days are asked about', async () => {
    const met = new Set<string>();
    const told = fc.array(fc.oneof({ weight: 12, arbitrary: spree }, { weight: 1, arbitrary: other }), { minLength: 10, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(told, fc.nat(40), fc.nat(20), async (all, first, many) => {
        const { rows, left } = takenIn(all);
        const from = londonDate(BEGAN + first * DAY);
        const days = { from, to: addDays(from, many) };
        const expected = inOrder(reckoned(left, days.from, days.to));
        for (const { rule } of expected) met.add(rule);
        for (const store of stores) expect(await found(store, rows, days)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
    expect([...met].toSorted()).toEqual(['far-above-usual', 'many-refusals', 'outside-hours', 'same-learner']);
  });
});
