// How complete records are is kept up as facts come and go: on each day it is what counting all facts anew comes to (ADR 0071).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { RowQuery, TableShape, ViewReader, ViewShape, ViewStore } from '../engine/index.ts';
import { MemoryViewStore } from '../memory/index.ts';
import { SqliteViewStore } from '../sqlite/index.ts';
import { completenessOf, type CompletenessRow, MEASURES } from './completeness.ts';
import { type FactRow, factTable } from './fact-table.ts';
import { GIVES_POSTCODE, GIVES_ULN } from './facts.ts';
import { tellFacts, toldDay, toldSteps } from '../fixtures/told-facts.ts';
import { issuesView } from './issues.view.ts';

type Counted = readonly [have: number, of: number];

const said = (own: readonly FactRow[], isSaid: (fact: FactRow) => boolean): Counted => {
  const identities = own.filter(({ type }) => type.startsWith('learner.'));
  return [Number(identities.some(isSaid)), Number(identities.length > 0)];
};

/** Of one learner, as one agency told it. */
const countedOf = (own: readonly FactRow[], on: string): Readonly<Record<string, Counted>> => {
  const gives = (word: string | undefined): Counted => said(own, ({ code }) => (code ?? '').split(' ').includes(word ?? ''));
  const programmes = [...new Set(own.filter(({ type }) => type === 'programme.started').map(({ thing }) => thing))];
  const isHeld = (programme: string | null): boolean => own.some(({ type, thing }) => type === 'review.held' && thing === programme);
  const begun = own.filter(({ type, day }) => type === 'destination.recorded' && day !== null && day <= on);
  const [latest] = begun
    .map(({ day, verified }) => `${day} ${verified ?? ''}`)
    .sort()
    .reverse();
  const standing = begun.filter(({ day, verified }) => `${day} ${verified ?? ''}` === latest).at(-1);
  const holds = standing !== undefined && (standing.until === null || on < standing.until);
  return {
    uln: gives(GIVES_ULN),
    postcode: gives(GIVES_POSTCODE),
    'date-of-birth': said(own, ({ day }) => day !== null),
    review: [programmes.filter(isHeld).length, programmes.length],
    destination: [Number(holds), Number(standing !== undefined)],
  };
};

/** All facts read, and counted one learner after the other; without agencies of whom nothing counts. */
const countedAnew = async (views: ViewReader, on: string): Promise<readonly CompletenessRow[]> => {
  const { rows } = await views.rows(issuesView, factTable, { order: ['learner', 'revision'], limit: 1000 });
  return [...Map.groupBy(rows, ({ source }) => source)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([agency, facts]) => {
      const each = [...Map.groupBy(facts, ({ learner }) => learner).values()].map((own) => countedOf(own, on));
      return MEASURES.map((measure) => ({
        agency,
        measure,
        have: each.reduce((sum, counted) => sum + (counted[measure]?.[0] ?? 0), 0),
        of: each.reduce((sum, counted) => sum + (counted[measure]?.[1] ?? 0), 0),
      }));
    });
};

const isSomething = ({ of }: CompletenessRow): boolean => of > 0;

/** So much was counted by the way. */
const holds = async (store: ViewStore, views: ViewReader = store): Promise<number> => {
  let counted = 0;
  const story = fc.record({ steps: toldSteps, batch: fc.integer({ min: 1, max: 9 }) });
  await fc.assert(
    fc.asyncProperty(story, toldDay, async ({ steps, batch }, on) => {
      await tellFacts(store, steps, batch);
      const anew = await countedAnew(store, on);
      const { rows } = await completenessOf(views, { on });
      expect(rows.filter(isSomething)).toEqual(anew.filter(isSomething));
      const own = await completenessOf(views, { source: 'hts', on });
      expect(own.rows).toEqual(rows.filter(({ agency }) => agency === 'hts'));
      counted += rows.reduce((sum, { have }) => sum + have, 0);
    }),
    { numRuns: 300, seed: 71 },
  );
  return counted;
};

const folder = mkdtempSync(join(tmpdir(), 'completeness-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([
  ['memory', (): ViewStore => new MemoryViewStore()],
  ['SQLite', (): ViewStore => new SqliteViewStore({ file: join(folder, 'views.sqlite') })],
])('how complete records are, by views in %s', (_, open) => {
  it('is what all facts come to on each day, whatever came and was taken back', async () => {
    const store = open();
    expect(await holds(store)).toBeGreaterThan(500);
    await store.close();
  });
});

type Asks = RowQuery<TableShape>;

it('the property fails where nobody looks at the day', async () => {
  const store = new MemoryViewStore();
  const withoutDays = ({ between: _, ...query }: Asks): Asks => query;
  const rows = (view: ViewShape, table: TableShape, query: Asks): unknown => store.rows(view, table, withoutDays(query));
  const views: ViewReader = { count: store.count.bind(store), rows: rows as ViewReader['rows'] };
  await expect(holds(store, views)).rejects.toThrow();
  await store.close();
});

it('says nothing of whom nobody told anything', async () => {
  const store = new MemoryViewStore();
  await store.open([issuesView]);
  expect(await completenessOf(store, { on: '2026-10-05' })).toEqual({ position: 0, rows: [] });
  await store.close();
});
