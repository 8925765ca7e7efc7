// The pages of an answer: in one order, each strictly behind the last item of the one before it. What is recorded meanwhile moves no item
// from one page to another, so none is met twice or missed.
import type { AgencySlug, Instant, Revision } from '#kernel';
import { londonDate } from '#kernel';
import type { RecordItem } from '#learner-record';

/** `recorded`: as the log holds them. `told`: by the time that the reader is told, then as the log holds them. */
export type PageOrder = 'recorded' | 'told';

/** Of an item in its order. */
export interface PagePlace {
  readonly rank: number;
  readonly revision: Revision;
}

/** Without `rank` it is the first page. */
export interface AnswerPage {
  /** Absent: `recorded`. */
  readonly order?: PageOrder;
  /** Of the last item of the page before, and its revision. */
  readonly rank?: number;
  readonly after: Revision;
  readonly limit: number;
}

type Placed = Pick<RecordItem, 'source' | 'revision' | 'at'>;

const byPlace = (one: PagePlace, other: PagePlace): number => one.rank - other.rank || one.revision - other.revision;

/** Its own items' time as it is, of others' the day alone: their order within it would tell more. */
const toldAt = ({ source, at }: Placed, reader: AgencySlug): Instant => (source === reader ? at : Date.parse(londonDate(at)));

export const placeOf = (item: Placed, { order }: AnswerPage, reader: AgencySlug): PagePlace => ({
  rank: order === 'told' ? toldAt(item, reader) : 0,
  revision: item.revision,
});

export const isFirst = ({ rank }: AnswerPage): boolean => rank === undefined;

/** In the page's order, from where it begins. */
export const behind = <Item extends Placed>(
  items: readonly Item[],
  page: AnswerPage,
  reader: AgencySlug,
): readonly (readonly [Item, PagePlace])[] => {
  const { rank, after } = page;
  const placed = items.map((item) => [item, placeOf(item, page, reader)] as const);
  const left = rank === undefined ? placed : placed.filter(([, place]) => byPlace(place, { rank, revision: after }) > 0);
  return page.order === 'told' ? [...left].sort(([, one], [, other]) => byPlace(one, other)) : left;
};
