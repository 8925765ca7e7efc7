import fc from 'fast-check';
import type { RecordItem } from '#learner-record';
import { type AnswerPage, inPageOrder, inTurns, type PageOrder, type PagePlace } from './answer.ts';

const MONTH = 31 * 86_400_000;
const MARCH = Date.parse('2026-03-01T00:00:00Z');
const SOURCES = ['forge', 'anvil', 'north'] as const;
const READER = 'forge';

type Told = Pick<RecordItem, 'source' | 'at'>;
const told: fc.Arbitrary<Told> = fc.record({ source: fc.constantFrom(...SOURCES), at: fc.integer({ min: MARCH, max: MARCH + MONTH }) });
const stories = fc.array(told, { maxLength: 40 });
const itemsOf = (story: readonly Told[]): readonly RecordItem[] =>
  story.map((one, revision) => ({ ...one, revision, type: 'attendance.concern', category: 'attendance', facts: {}, apart: false }));

interface Page {
  readonly items: readonly RecordItem[];
  readonly last: PagePlace | undefined;
}
const pageOf = (items: readonly RecordItem[], page: AnswerPage): Page => {
  const entries = items.map((item) => ({ item }));
  const left =
    page.order === 'told' ? inPageOrder(items, page, READER) : inTurns(entries, page).map(([{ item }, place]) => [item, place] as const);
  const shown = left.slice(0, page.limit);
  return { items: shown.map(([item]) => item), last: shown.at(-1)?.[1] };
};
/** All pages, more being recorded before each further one. */
const allPages = (order: PageOrder, limit: number, growing: readonly (readonly Told[])[]): readonly RecordItem[] => {
  const seen: RecordItem[] = [];
  let page: AnswerPage = { order, after: 0, limit };
  for (let n = 0, story = growing[0] ?? []; ; n++, story = [...story, ...(growing[n] ?? [])]) {
    const { items, last } = pageOf(itemsOf(story), page);
    if (!last) return seen;
    seen.push(...items);
    page = { order, rank: last.rank, after: last.revision, limit };
  }
};
/** As a reader is told it: of others' items the day in London. */
const timeShown = ({ source, at }: RecordItem): string =>
  source === READER ? new Date(at).toISOString() : new Date(at).toLocaleDateString('en-CA', { timeZone: 'Europe/London' });

describe('the pages of an answer', () => {
  it.each(['recorded', 'told'] as const)(
    'in the order %s hold every item that was there at the beginning once, whatever is recorded meanwhile',
    (order) => {
      fc.assert(
        fc.property(fc.array(stories, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 7 }), (growing, limit) => {
          const revisions = allPages(order, limit, growing).map(({ revision }) => revision);
          expect(new Set(revisions).size).toBe(revisions.length);
          const missing = (growing[0] ?? []).map((_, revision) => revision).filter((revision) => !revisions.includes(revision));
          expect(missing).toEqual([]);
        }),
      );
    },
  );

  it('of a timeline go on in the order of the times told, then of the log', () => {
    fc.assert(
      fc.property(fc.array(stories, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 7 }), (growing, limit) => {
        const items = allPages('told', limit, growing);
        items.slice(1).forEach((item, place) => {
          const before = items[place] as RecordItem;
          const [one, other] = [Date.parse(timeShown(before)), Date.parse(timeShown(item))];
          expect(one < other || (one === other && before.revision < item.revision)).toBe(true);
        });
      }),
    );
  });

  it('of all else let each source come to its turn, and go on as the log does within it', () => {
    fc.assert(
      fc.property(stories, fc.integer({ min: 1, max: 7 }), (story, limit) => {
        const items = allPages('recorded', limit, [story]);
        const turnOf = (place: number): number => items.slice(0, place).filter(({ source }) => source === items[place]?.source).length;
        const places = items.map(({ revision }, place) => [turnOf(place), revision] as const);
        expect(places).toEqual([...places].sort(([turn, revision], [other, later]) => turn - other || revision - later));
      }),
    );
  });

  it('have room for everybody, whoever says very much before them', () => {
    const at = MARCH;
    const crowd = Array.from({ length: 500 }, () => ({ source: 'anvil' as const, at }));
    const { items } = pageOf(itemsOf([...crowd, { source: 'north', at }, { source: 'forge', at }, { source: 'forge', at }]), {
      after: 0,
      limit: 5,
    });
    expect(items.map(({ source }) => source)).toEqual(['anvil', 'north', 'forge', 'anvil', 'forge']);
  });

  it('tell nothing of when on a day others said what they did', () => {
    const at = (time: string): number => Date.parse(`2026-03-02T${time}:00Z`);
    const items = itemsOf([
      { source: 'anvil', at: at('18:00') },
      { source: 'north', at: at('07:00') },
      { source: 'forge', at: at('09:00') },
      { source: 'forge', at: at('08:00') },
    ]);
    expect(pageOf(items, { order: 'told', after: 0, limit: 9 }).items.map(({ revision }) => revision)).toEqual([0, 1, 3, 2]);
  });
});
