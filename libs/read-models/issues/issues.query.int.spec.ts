// Issues are proposed as if all facts were read for each page: the same, in the same order, whatever came and went in whichever order.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { RowQuery, TableShape, ViewReader, ViewShape, ViewStore } from '../engine/index.ts';
import { askerOf, showing, TestLog, USUAL_PARTNERSHIP, USUAL_PERIODS } from '../fixtures/index.ts';
import type { ListAsker, Place, Proposal, Proposing } from '../lists/index.ts';
import { MemoryViewStore } from '../memory/index.ts';
import { SqliteViewStore } from '../sqlite/index.ts';
import type { Fact } from './facts.ts';
import { LISTED, tellFacts, toldDay, toldFact, toldSteps } from '../fixtures/told-facts.ts';
import { circumstancesOf, proposeIssues } from './issues.query.ts';
import { factIn, type FactRow, factTable } from './fact-table.ts';
import { foundTable, issuesView } from './issues.view.ts';
import { holdsOf, lastingFindings } from './lasting-findings.ts';
import { FOR_ITS_SOURCE, findingsIn, RULE_CODES, severityOf } from './rules.ts';

const AGENCIES = ['bct', 'hts', 'gone'];
const facts = fc.array(toldFact, { minLength: 1, maxLength: 14 }).map((all) => all.map((fact, place): Fact => ({ ...fact, place })));
const mayAnswer = (agency: string): boolean => agency !== 'gone';
const isListed = (word: string): boolean => word === LISTED;
const isMet = holdsOf({ mayAnswer, isListed });

/** One finding may rest on several conditions. */
const onceEach = <One>(all: readonly One[]): readonly One[] => [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];

describe('what rules find for as long as it holds', () => {
  it('is on each day what they find on it', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(facts, toldDay, (of, on) => {
        const now = findingsIn(of, { on, mayAnswer, isListed });
        for (const { rule } of now) met.add(rule);
        const lasting = lastingFindings(of)
          .filter(({ from, to }) => from <= on && on <= to)
          .filter(({ unless }) => unless === undefined || !isMet(unless))
          .map(({ rule, at, beside }) => ({ rule, at, beside }));
        expect(onceEach(lasting)).toEqual(now);
      }),
      { numRuns: 3000 },
    );
    expect([...met].sort()).toEqual([...RULE_CODES].sort());
  });
});

const partnership = {
  ...USUAL_PARTNERSHIP,
  mayTell: mayAnswer,
  isWaived: ({ position }: { readonly position: number }) => position % 4 === 0,
};

type Asked = Pick<Proposing, 'asker' | 'on' | 'chosen'>;

/** As it was before findings were kept: all facts are read, and all of them asked. */
const proposedOfAll = async (views: ViewReader, asked: Asked): Promise<readonly Proposal[]> => {
  const { asker } = asked;
  const { rows } = await views.rows(issuesView, factTable, { order: ['learner', 'revision'], limit: 1000 });
  const byLearner = [...Map.groupBy(rows, ({ learner }) => learner).values()];
  const found = byLearner.flatMap((of) => {
    if (asker.office !== undefined) return foundAmong(of, asked);
    const own = of.filter(({ source }) => source === asker.slug);
    const beside = [...new Set(of.map(({ source }) => source))].flatMap((other) => foundBeside(of, other, asked));
    const all = [...foundAmong(own, asked), ...beside];
    return all.filter(({ place }, at) => all.findIndex((one) => JSON.stringify(one.place) === JSON.stringify(place)) === at);
  });
  return found.sort((one, other) => (isBefore(one.place, other.place) ? -1 : 1));
};

/** Types of what decides whether it is so. */
const DECIDES: Readonly<Record<string, readonly string[]>> = {
  'start-before-14': ['learner.registered', 'learner.corrected'],
  'two-school-courses': ['programme.started', 'programme.left-early', 'programme.moved-on'],
  'destination-contradicts': ['programme.started', 'programme.left-early', 'programme.moved-on', 'destination.recorded'],
  'achievement-twice': ['achievement.recorded'],
};

/** What is found of the asker's words beside those of one other agency, with all that may decide it, whoever told that. */
const foundBeside = (of: readonly FactRow[], other: string, asked: Asked): readonly Proposal[] => {
  const isOwn = (place: number): boolean => of.some(({ revision, source }) => revision === place && source === asked.asker.slug);
  const both = of.filter(({ source }) => source === asked.asker.slug || source === other);
  return foundAmong(both, asked).flatMap(({ only = [], ...found }) => {
    const { anchor = 0, about = '' } = found;
    if (!isOwn(anchor) || only.every(isOwn)) return [];
    const thing = about === 'achievement-twice' ? of.find(({ revision }) => revision === anchor)?.thing : undefined;
    const decides = of.filter((one) => DECIDES[about]?.includes(one.type) && (thing === undefined || one.thing === thing));
    const places = decides.map(({ revision }) => revision).filter((place) => place !== anchor);
    return [{ ...found, only: [anchor, ...places.toSorted((one, another) => one - another)] }];
  });
};

/** What rules find of these facts of one learner. */
const foundAmong = (of: readonly FactRow[], { asker, on, chosen }: Asked): readonly Proposal[] =>
  findingsIn(of.map(factIn), { ...circumstancesOf({ on, partnership }), isListed }).flatMap(({ rule, at, beside }): Proposal[] => {
    const anchor = of.find(({ revision }) => revision === at) as FactRow;
    const { learner, known_at: knownAt, position, source } = anchor;
    const state = partnership.isWaived({ position }) ? 'waived' : 'open';
    if (asker.office !== undefined && FOR_ITS_SOURCE.includes(anchor.type as Fact['type'])) return [];
    const isChosen = Object.entries({ rule, severity: severityOf(rule), agency: source, state }).every(
      ([name, value]) => (chosen[name] ?? value) === value,
    );
    const place = [severityOf(rule) === 'blocks' ? 0 : 1, knownAt, position, rule];
    return isChosen ? [{ learner, anchor: at, only: [at, ...beside], knownAt, position, about: rule, place }] : [];
  });

const isBefore = (one: Place, other: Place): boolean => {
  const differing = one.findIndex((value, column) => value !== other[column]);
  return differing >= 0 && (one[differing] ?? '') < (other[differing] ?? '');
};

const paged = async (views: ViewReader, asked: Asked, limit: number): Promise<readonly Proposal[]> => {
  const all: Proposal[] = [];
  for (let after: Place | undefined; ;) {
    const { candidates } = await proposeIssues(views, { ...asked, partnership, periods: USUAL_PERIODS, limit, ...(after && { after }) });
    all.push(...candidates.slice(0, limit));
    if (candidates.length <= limit) return all;
    after = all.at(-1)?.place;
  }
};

const chosen = fc.record(
  {
    rule: fc.constantFrom(...RULE_CODES),
    severity: fc.constantFrom('blocks', 'warns'),
    agency: fc.constantFrom(...AGENCIES),
    state: fc.constantFrom('open', 'waived'),
  },
  { requiredKeys: [] },
);
const asker: fc.Arbitrary<ListAsker> = fc.constantFrom(
  ...[askerOf('bct'), askerOf('hts'), askerOf('stranger'), askerOf('operator:data-manager', { office: 'data-manager' })],
);

const holds = async (store: ViewStore, views: ViewReader = store): Promise<number> => {
  let proposed = 0;
  const story = fc.record({ steps: toldSteps, batch: fc.integer({ min: 1, max: 9 }) });
  const question = fc.record({ asker, on: toldDay, chosen: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, chosen) });
  await fc.assert(
    fc.asyncProperty(story, question, fc.integer({ min: 1, max: 5 }), async ({ steps, batch }, asked, limit) => {
      await tellFacts(store, steps, batch);
      const all = await paged(views, asked, limit);
      expect(all).toEqual(await proposedOfAll(store, asked));
      proposed += all.length;
    }),
    { numRuns: 350, seed: 67 },
  );
  return proposed;
};

const folder = mkdtempSync(join(tmpdir(), 'issues-'));
afterAll(() => rmSync(folder, { recursive: true }));
const sqlite = (): ViewStore => new SqliteViewStore({ file: join(folder, 'views.sqlite') });

describe.each([
  ['memory', (): ViewStore => new MemoryViewStore()],
  ['SQLite', sqlite],
])('issues proposed of views in %s', (_, open) => {
  it('are those that all facts make, page by page, for each asker and filter', async () => {
    const store = open();
    expect(await holds(store)).toBeGreaterThan(500);
    await store.close();
  });
});

it('keeps nothing that was over before it was told', async () => {
  const log = new TestLog();
  const shown = showing(log, issuesView);
  const start = (programmeId: string, startedOn: string) =>
    log.contribution('programme.started', { category: 'programme', data: { programmeId, kind: 'e2e', title: 'E2E', startedOn } });
  await log.append(start('usual', '2026-01-05'), start('far', '2028-01-05'));
  await shown.catchUp();
  const { rows } = await shown.views.rows(issuesView, foundTable, { order: ['position', 'words'], limit: 100 });
  expect(rows.map(({ rule, position }) => [rule, position])).toEqual([
    ['start-too-far-ahead', 2],
    ['start-too-far-ahead', 2],
  ]);
  await shown.close();
  await log.close();
});

type Asks = RowQuery<TableShape>;
const MUTANTS: readonly (readonly [says: string, broken: (query: Asks) => Asks])[] = [
  ['the last day of a finding', ({ between: { to_day: _, ...between } = {}, ...query }) => ({ ...query, between })],
  ['the first', ({ between: { from_day: _, ...between } = {}, ...query }) => ({ ...query, between })],
  ['whose words make it', ({ where: { words: _, ...where } = {}, ...query }) => ({ ...query, where })],
  ['who may answer', ({ where: { unless: _, ...where } = {}, ...query }) => ({ ...query, where })],
  ['the rule asked for', ({ where: { rule: _, ...where } = {}, ...query }) => ({ ...query, where })],
];

it.each(MUTANTS)('the property fails where nobody looks at %s', async (_, broken) => {
  const store = new MemoryViewStore();
  const rows = (view: ViewShape, table: TableShape, query: Asks): unknown => store.rows(view, table, broken(query));
  const views: ViewReader = { count: store.count.bind(store), rows: rows as ViewReader['rows'] };
  await expect(holds(store, views)).rejects.toThrow();
  await store.close();
});
