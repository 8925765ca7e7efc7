// What is one's own is shown without a clause (views.md, V15), however far behind others' it stands.
import type { ListAnswer } from '#disclosure';
import { allLists, type List, type Proposing } from '#read-models';
import { gather } from './list-gathering.ts';
import { LongLists } from './long-lists.ts';
import type { Asking, Gathered, GatheringQuestion } from './list-rows.ts';

const OWN_PLACE = 2345;
const ALL = 2400;

const declared = allLists.find(({ name }) => name === 'starts-and-finishes');
const list = {
  ...declared,
  propose: (_: unknown, { after, limit }: Proposing) => {
    const first = Number(after?.[0] ?? 0) + 1;
    const candidates = Array.from({ length: Math.min(limit + 1, ALL - first + 1) }, (__, n) => ({ learner: `l-${n}`, place: [first + n] }));
    return Promise.resolve({ position: 7, candidates });
  },
  hasOwn: undefined,
  row: () => ({ event: 'start' }),
  matches: () => true,
} as unknown as List;

const question = {
  list,
  asker: { slug: 'forge' },
  reader: { slug: 'forge', roles: ['provider'], districts: [] },
  asked: { purposes: ['track-participation'], on: '2026-10-01', chosen: {}, limit: 100, now: 0 },
} as unknown as GatheringQuestion;

/** By no clause anything is shown; `own`: one of the candidates is the asker's own, all the same. */
const asking = (own: number | undefined): Asking => {
  let looked = 0;
  return {
    views: {} as never,
    long: new LongLists(),
    gate: {
      list: ({ candidates }) => {
        const at = own === undefined ? -1 : own - looked - 1;
        looked += candidates.length;
        const row = { candidate: at, learner: 'psn:x', items: new Map(), displaced: new Map() } as never;
        const answered: ListAnswer = {
          outcome: 'answered',
          rows: [row],
          looked: candidates.length,
          more: false,
          isArranged: false,
          position: 9,
        };
        const refused: ListAnswer = { outcome: 'not-permitted', clauses: ['e2e-passport@1#EP5'], position: 9 };
        return Promise.resolve(at >= 0 && at < candidates.length ? answered : refused);
      },
    },
  };
};

const walked = async (parts: Asking): Promise<readonly Gathered[]> => {
  const pages = [await gather(parts, question, {})];
  for (let after = pages[0]?.after; after !== undefined; after = pages.at(-1)?.after) pages.push(await gather(parts, question, { after }));
  return pages;
};

it('comes on a later page, where the first ones have nothing to show', async () => {
  const pages = await walked(asking(OWN_PLACE));
  expect(pages.map(({ rows, refused }) => [rows.length, refused])).toEqual([
    [0, undefined],
    [1, undefined],
  ]);
});

it('is refused on the first page where nothing could be shown of a list that ends there', async () => {
  const few = { ...question, list: { ...list, propose: () => Promise.resolve({ position: 7, candidates: [] }) } } as GatheringQuestion;
  expect((await gather(asking(undefined), few, {})).refused?.clauses).toEqual(['e2e-passport@1#EP5']);
});

describe('where the view knows whether anything is one’s own', () => {
  const knowing = (own: boolean, propose = list.propose): GatheringQuestion => ({
    ...question,
    list: { ...list, propose, hasOwn: () => Promise.resolve(own) },
  });
  const refusal = { refused: { outcome: 'not-permitted', clauses: ['e2e-passport@1#EP5'], position: 9 } };

  it('is refused at once where nothing is, and as it is where the list is short: how long it is shows in nothing', async () => {
    let looked = 0;
    const long = await gather(
      asking(undefined),
      knowing(false, (views, asked) => ((looked += 1), list.propose(views, asked))),
      {},
    );
    const short = await gather(
      asking(undefined),
      knowing(false, () => Promise.resolve({ position: 7, candidates: [] })),
      {},
    );
    expect([long, looked]).toEqual([short, 1]);
    expect(long).toMatchObject(refusal);
  });

  it('goes on to its page where something is', async () => {
    const first = await gather(asking(OWN_PLACE), knowing(true), {});
    expect([first.refused, Number(first.after?.[0]) < OWN_PLACE]).toEqual([undefined, true]);
  });
});

it('every list of learners knows whether anything is one’s own, or is proposed of what is', () => {
  const isKnown = (one: List): boolean => (one.hasOwn ?? one.proposesOwn ?? one.isOwn ?? one.office) !== undefined;
  const unknown = allLists.filter((one): one is List => one.about === undefined && !isKnown(one));
  expect(unknown.map(({ name }) => name)).toEqual([]);
});

it('is not refused half-way through a list of which nothing is shown', async () => {
  const pages = await walked(asking(undefined));
  expect(pages.map(({ rows, refused }) => [rows.length, refused])).toEqual([
    [0, undefined],
    [0, undefined],
  ]);
});
