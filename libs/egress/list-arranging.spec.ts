// Across pages: in the order of what rows show where few may be on a list, page by page above that (views.md, S6, Order; ADR 78).
import type { ListCandidate, ListInquiry, ListRow } from '#disclosure';
import { allLists, type List, type Place, type Proposing, type RowAt } from '#read-models';
import { MOST_ARRANGED } from './list-arranging.ts';
import { gather } from './list-gathering.ts';
import { LongLists } from './long-lists.ts';
import type { Asking, Gathered, GatheringQuestion } from './list-rows.ts';

const declared = allLists.find(({ name }) => name === 'caseload');

interface Case {
  readonly n: number;
}

/** Candidates come by number; their rows go the other way round. `isChosen`: by a filter. */
const listOf = (all: () => number, isChosen: (n: number) => boolean = () => true): List =>
  ({
    ...declared,
    propose: (_: unknown, { after, limit }: Proposing) => {
      const first = Number(after?.[0] ?? 0) + 1;
      const candidates = Array.from({ length: Math.max(0, Math.min(limit + 1, all() - first + 1)) }, (__, n) => ({
        learner: String(first + n),
        place: [first + n],
      }));
      return Promise.resolve({ position: 7, candidates });
    },
    row: (_: unknown, { anchor }: RowAt) => ({ n: anchor }),
    matches: ({ n }: Case) => isChosen(n),
    rank: ({ n }: Case): Place => [-n],
    order: (one: Case, other: Case) => other.n - one.n,
  }) as unknown as List;

const questionOf = (list: List): GatheringQuestion =>
  ({
    list,
    asker: { agency: 'careers' },
    reader: { slug: 'careers', roles: ['connexions'], districts: [] },
    asked: { purposes: ['support-learner'], on: '2026-10-01', chosen: {}, limit: 100, now: 0 },
  }) as unknown as GatheringQuestion;

const rowOf = ({ learner }: ListCandidate, candidate: number): ListRow => ({
  ...{ candidate, learner, anchor: Number(learner) },
  ...{ items: new Map(), displaced: new Map() },
});

/** Lets everybody through but whom it hides, and notes how many it was asked about. */
const asking = (looked: number[] = [], isHidden: (n: number) => boolean = () => false, long = new LongLists()): Asking => ({
  views: {} as never,
  long,
  gate: {
    list: ({ candidates, limit, arrangement }: ListInquiry) => {
      looked.push(candidates.length);
      const all = candidates.map(rowOf).filter(({ learner }) => !isHidden(Number(learner)));
      const isArranged = arrangement !== undefined && all.length <= arrangement.most.learners;
      const asProposed = { candidates: all.slice(0, limit).map(({ candidate }) => candidate), more: all.length > limit };
      const page = isArranged ? arrangement.pageOf(all) : asProposed;
      const rows = page.candidates.flatMap((place) => all.find(({ candidate }) => candidate === place) ?? []);
      const further = all[limit]?.candidate ?? candidates.length;
      return Promise.resolve({
        outcome: 'answered',
        rows,
        looked: isArranged ? candidates.length : further,
        more: page.more,
        isArranged,
        position: 9,
      });
    },
  },
});

const numbers = ({ rows }: Gathered): readonly number[] => rows.map(({ row }) => Number(row['n']));
/** Beside those whom it may not see. */
const HIDDEN = 1000;

const walked = async (list: List, parts = asking()): Promise<readonly Gathered[]> => {
  const pages = [await gather(parts, questionOf(list), {})];
  for (let from = pages[0]; from?.after !== undefined; from = pages.at(-1))
    pages.push(await gather(parts, questionOf(list), { after: from.after, ...(from.isRanked && { isRanked: true }) }));
  return pages;
};
const down = (from: number, to: number): readonly number[] => Array.from({ length: from - to + 1 }, (_, n) => from - n);

it('goes on across pages, each of which looks at all', async () => {
  const looked: number[] = [];
  const pages = await walked(
    listOf(() => MOST_ARRANGED),
    asking(looked),
  );
  expect(pages.flatMap(numbers)).toEqual(down(250, 1));
  expect(pages.map(({ rows, isOrdered }) => [rows.length, isOrdered])).toEqual([
    [100, true],
    [100, true],
    [50, true],
  ]);
  expect(looked).toEqual([250, 250, 250]);
});

it('fills its pages with what the filters choose', async () => {
  const pages = await walked(
    listOf(
      () => MOST_ARRANGED,
      (n) => n % 2 === 0,
    ),
  );
  expect(pages.map(({ rows }) => rows.length)).toEqual([100, 25]);
  expect(pages.flatMap(numbers)).toEqual(down(250, 1).filter((n) => n % 2 === 0));
});

it('is that of the page alone where more may be on the list, and says so', async () => {
  const pages = await walked(listOf(() => MOST_ARRANGED + 1));
  expect(pages.map(({ isOrdered }) => isOrdered)).toEqual([false, false, false]);
  expect(pages.flatMap(numbers).toSorted((one, other) => other - one)).toEqual(down(MOST_ARRANGED + 1, 1));
});

it('makes each row once, and anew where what leaves is not what it was made of', async () => {
  const list = listOf(() => MOST_ARRANGED);
  let made = 0;
  const counting = { ...list, row: (...of: Parameters<List['row']>) => [made++, list.row(...of)][1] };
  await gather(asking(), questionOf(counting as List), {});
  expect(made).toBe(MOST_ARRANGED);
  const parts = asking();
  const linkedSince: Asking['gate']['list'] = async (inquiry) => {
    const answer = await parts.gate.list(inquiry);
    if (answer.outcome !== 'answered') return answer;
    return { ...answer, rows: answer.rows.map((row, place) => (place === 0 ? { ...row, localId: 'l-1' } : row)) };
  };
  const { rows } = await gather({ ...parts, gate: { list: linkedSince } }, questionOf(counting as List), {});
  expect(made).toBe(2 * MOST_ARRANGED + 1);
  expect(rows.filter(({ localId }) => localId !== undefined)).toMatchObject([{ localId: 'l-1', row: { n: MOST_ARRANGED } }]);
});

it.each([
  ['level', { level: 'existence', data: {} }],
  ['ground', { clause: 'early-leaving@1#EL2' }],
  ['standing', { status: 'retracted' }],
  ['content', { data: { givenName: 'Bea' } }],
])('makes a row anew of the same events where another %s of them leaves', async (_, since) => {
  const item = { type: 'learner.identity', level: 'full', clause: 'early-leaving@1#EL1', status: 'valid', data: { givenName: 'Ann' } };
  const of = (one: object): ListRow['items'] => new Map([[-1, one]]) as never;
  const list = listOf(() => 150);
  const asked: unknown[] = [];
  const noting = {
    ...list,
    row: (seen: { of: (type: string) => readonly unknown[] }, at: RowAt) => [asked.push(at), list.row(seen as never, at)][1],
  };
  const parts = asking();
  const opening: Asking['gate']['list'] = async ({ arrangement, ...inquiry }) => {
    const opened = arrangement && {
      ...arrangement,
      pageOf: (rows: readonly ListRow[]) => arrangement.pageOf(rows.map((row) => ({ ...row, items: of(item) }))),
    };
    const answer = await parts.gate.list({ ...inquiry, ...(opened && { arrangement: { most: arrangement.most, pageOf: opened.pageOf } }) });
    if (answer.outcome !== 'answered') return answer;
    return { ...answer, rows: answer.rows.map((row, place) => ({ ...row, items: of(place === 0 ? { ...item, ...since } : item) })) };
  };
  await gather({ ...parts, gate: { list: opening } }, questionOf(noting as never), {});
  expect(asked.length).toBe(150 + 1);
});

it('is not looked for as a whole again, for ten minutes, where it was too long', async () => {
  const proposed: number[] = [];
  const list = listOf(() => MOST_ARRANGED + 1);
  const noting = {
    ...list,
    propose: (...asked: Parameters<List['propose']>) => {
      proposed.push(asked[1].limit);
      return list.propose(...asked);
    },
  };
  let now = 1000;
  const parts = asking([], () => false, new LongLists(() => now));
  const first = async (): Promise<readonly number[]> => {
    proposed.length = 0;
    await gather(parts, questionOf(noting), {});
    return [...proposed];
  };
  const [page, all] = [101, MOST_ARRANGED];
  expect(await first()).toEqual([all, page]);
  expect(await first()).toEqual([page]);
  now += 10 * 60_000 + 1;
  expect(await first()).toEqual([all, page]);
});

it('asks once about those who fit on one page, in order whatever comes', async () => {
  const looked: number[] = [];
  const pages = await walked(
    listOf(() => 100),
    asking(looked),
  );
  expect([looked, pages.map(({ isOrdered }) => isOrdered)]).toEqual([[100], [true]]);
});

it('goes on where others have come meanwhile, and begins anew, page by page, where too many have', async () => {
  let all = MOST_ARRANGED;
  const list = listOf(() => all);
  const first = await gather(asking(), questionOf(list), {});
  const next = { ...(first.after && { after: first.after }), isRanked: true as const };
  all = 2 * MOST_ARRANGED;
  expect(numbers(await gather(asking(), questionOf(list), next))).toEqual(down(MOST_ARRANGED - 100, MOST_ARRANGED - 199));
  all += 1;
  const anew = await gather(asking(), questionOf(list), next);
  expect([anew.isOrdered, numbers(anew)]).toEqual([false, down(100, 1).toReversed()]);
});

it('shows in nothing how many may not be seen', async () => {
  const isHidden = (n: number): boolean => n > MOST_ARRANGED && n <= MOST_ARRANGED + HIDDEN;
  const beside = await walked({ ...listOf(() => MOST_ARRANGED + HIDDEN), proposesOwn: undefined } as never, asking([], isHidden));
  const alone = await walked({ ...listOf(() => MOST_ARRANGED), proposesOwn: undefined } as never);
  expect(beside).toEqual(alone);
  const more = await walked({ ...listOf(() => MOST_ARRANGED + HIDDEN + 1), proposesOwn: undefined } as never, asking([], isHidden));
  expect(more.map(({ isOrdered }) => isOrdered)).toEqual([false, false, false]);
  expect(more.flatMap(numbers)).toHaveLength(MOST_ARRANGED + 1);
});
