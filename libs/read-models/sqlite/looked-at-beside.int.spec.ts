// What an event costs views that draw conclusions does not grow with the learner's record (ADR 80): what comes or goes is looked at beside
// few others, which come to what all would, and which are found by their key.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { followedWith } from '#learner-file';
import { allProjectors } from '../all-views.ts';
import { caseloadView } from '../caseload/caseload.view.ts';
import { duplicatesView } from '../duplicates/duplicates.view.ts';
import { type Beside, type Concluded, concluded, type Projector, type Row, RowChanges, type TableShape } from '../engine/index.ts';
import { LEARNER, TestLog } from '../fixtures/index.ts';
import { toldFact } from '../fixtures/told-facts.ts';
import { issuesView, rowOfFact } from '../issues/index.ts';
import { SqliteViewStore } from './index.ts';
import { findRows, physicalName } from './table-sql.ts';

const day = fc.constantFrom('2026-01-05', '2026-01-09', '2026-02-20', '2026-04-01');
const agency = fc.constantFrom('bct', 'hts');
const fact = toldFact.map(
  (told) =>
    (revision: number): Row =>
      rowOfFact({ ...told, place: revision }, { learner: LEARNER, position: revision + 1, known_at: revision, category: 'x' }),
);
const said = fc
  .record({
    ...{ agency, role: fc.constantFrom('personal-adviser', 'link-adviser'), called: fc.constantFrom('sam', 'kit', 'office') },
    ...{ says: fc.constantFrom('assigned', 'ended', 'informed', 'followed', 'verified'), day: fc.oneof(fc.constant(''), day) },
  })
  .map(({ called, ...told }) => (revision: number): Row => {
    // Words are an agency's own.
    const words = told.says === 'assigned' ? `${told.agency}-${called} ${told.agency}-town` : '';
    return { learner: LEARNER, category: 'x', revision, ...told, words };
  });
const award = fc
  .record({ source: agency, award: fc.constantFrom('first-aid', 'swimming'), day })
  .map((told) => (revision: number): Row => ({
    learner: LEARNER,
    category: 'x',
    revision,
    position: revision,
    known_at: revision,
    ...told,
  }));

type MakeRow = (revision: number) => Row;
const MADE: readonly (readonly [Projector, fc.Arbitrary<MakeRow>])[] = [
  [issuesView, fact],
  [caseloadView, said],
  [duplicatesView, award],
];
const CASES = MADE.flatMap(([view, made]) => concluded(view).map((one) => [one.shape.name, view, one, made] as const));

it('is so of every view that draws conclusions', () => {
  const drawing = allProjectors.filter(({ tables }) => tables.some(({ conclusions }) => conclusions));
  expect(drawing.map(({ name }) => name).sort()).toEqual(MADE.map(([{ name }]) => name).sort());
});

const among = (rows: readonly Row[], { where, last }: Beside): readonly Row[] => {
  const found = rows.filter((row) => Object.entries(where).every(([name, value]) => row[name] === value));
  if (last === undefined) return found;
  return found.toSorted((one, other) => ((one[last] ?? '') < (other[last] ?? '') ? -1 : 1)).slice(-1);
};

/** What comes, and what goes, with one row more. */
const changeOf = (draw: Concluded['draw'], rows: readonly Row[], more: Row) => {
  const [before, now] = [rows, [...rows, more]].map((of) => new Set(draw(of).map((row) => JSON.stringify(row))));
  return {
    comes: [...(now ?? [])].filter((row) => !before?.has(row)).sort(),
    goes: [...(before ?? [])].filter((row) => !now?.has(row)).sort(),
  };
};

const holds = ({ draw, beside }: Pick<Concluded, 'draw' | 'beside'>, made: fc.Arbitrary<MakeRow>): number => {
  let changes = 0;
  const story = fc.array(fc.record({ made, isThere: fc.boolean() }), { minLength: 1, maxLength: 16 });
  fc.assert(
    fc.property(story, fc.nat(), (told, at) => {
      const all = told.map((one, revision) => one.made(revision));
      const place = at % all.length;
      const [row, others] = [all[place] as Row, all.filter((_, one) => one !== place)];
      const wanted = new Set(beside(row).flatMap((one) => among(others, one)));
      const some = others.filter((one) => wanted.has(one) || told[Number(one['revision'])]?.isThere);
      const change = changeOf(draw, others, row);
      expect(changeOf(draw, some, row)).toEqual(change);
      expect(changeOf(draw, [...wanted], row)).toEqual(change);
      changes += change.comes.length + change.goes.length;
    }),
    { numRuns: 1500, seed: 80 },
  );
  return changes;
};

describe.each(CASES)('%s', (_, view, one, made) => {
  it('changes with one row more beside few as it does beside all', () => {
    expect(holds(one, made)).toBeGreaterThan(300);
    expect(() => holds({ ...one, beside: () => [] }, made)).toThrow();
  });

  it('has what it is looked at beside found by its key', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'beside-'));
    const file = join(folder, 'views.sqlite');
    const store = new SqliteViewStore({ file });
    const [{ generation } = { generation: 0 }] = await store.open([view]);
    const db = new DatabaseSync(file, { readOnly: true });
    const asked = fc.sample(made, { numRuns: 300, seed: 3 }).flatMap((make) => one.beside(make(1)));
    const plans = asked.map(({ where, last }) => {
      const names = [one.by, ...Object.keys(where)];
      const sql = findRows(one.base, physicalName(view.name, generation, one.base.name), names, last);
      const [plan] = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...names.map(() => 'x'), ...(last === undefined ? [] : [1]));
      const detail = String(plan?.['detail']);
      return detail.startsWith('SEARCH') && names.every((name) => detail.includes(`${name}=?`)) ? [] : [detail];
    });
    db.close();
    await store.close();
    rmSync(folder, { recursive: true });
    expect(asked.length).toBeGreaterThan(100);
    expect(plans.flat()).toEqual([]);
  });
});

/** Rows that are looked at for each event, by the view with all its conclusions. */
const lookedAt = async (projector: Projector, types: readonly string[], many: number): Promise<readonly number[]> => {
  const log = new TestLog();
  const store = new SqliteViewStore({ file: log.viewsFile });
  let looked = 0;
  const counting = (shape: TableShape): TableShape => {
    if (!shape.conclusions) return shape;
    const { draw, ...rest } = shape.conclusions;
    const counted = (rows: readonly Row[]): readonly Row[] => {
      looked += rows.length;
      return draw(rows);
    };
    return { ...shape, conclusions: { ...rest, draw: counted } };
  };
  const view = { ...projector, tables: projector.tables.map(counting) };
  const told = (type: string, n: number) =>
    log.contribution(type, {
      data: {
        ...{ programmeId: 'p', kind: 'e2e', startedOn: '2026-01-02', heldOn: '2026-01-20', leftOn: '2026-06-30', on: '2026-01-20' },
        ...{ assessedOn: '2026-01-20', title: `Award ${n}`, awardedOn: '2026-01-20', to: 'bct', name: 'Sam', role: 'personal-adviser' },
      },
    });
  await log.append(told('learner.registered', 0), told('programme.started', 0), told('learner.adviser-assigned', 0));
  for (let n = 0; n < many; n++) await log.append(told(types[n % types.length] as string, n));
  const { decode, prepare } = followedWith(log.vault);
  const { types: taken } = projector;
  const followed = (await log.store.readAll({ limit: 10_000 }))
    .map(decode)
    .filter(({ recorded: { type } }) => taken === 'every' || taken.has(type));
  await prepare(followed);
  const [{ generation } = { generation: 0 }] = await store.open([view]);
  const each: number[] = [];
  for (const event of followed) {
    const changes = new RowChanges(view);
    const never = (): never => {
      throw new Error('Nothing of the kind is told.');
    };
    looked = 0;
    projector.apply(event, { put: (table, row) => changes.put(table, row), merge: never, change: never, remove: never });
    await store.commit([{ view, generation, from: each.length, to: each.length + 1, changes }]);
    each.push(looked);
  }
  await store.close();
  await log.close();
  return each.slice(-many);
};

const TOLD: readonly (readonly [string, Projector, readonly string[]])[] = [
  ['reviews', issuesView, ['review.held']],
  ['what rules look at by itself', issuesView, ['assessment.recorded', 'referral.made', 'achievement.recorded', 'endorsement.given']],
  ['follow-ups', caseloadView, ['adviser.informed', 'follow-up.made']],
  ['awards', duplicatesView, ['achievement.recorded']],
];

it.each(TOLD)('of the last of 200 %s as many rows are looked at as of the 10th', async (_, view, types) => {
  const each = await lookedAt(view, types, 200);
  expect(Math.min(...each)).toBeGreaterThan(0);
  expect(each.slice(-types.length)).toEqual(each.slice(8, 8 + types.length));
});
