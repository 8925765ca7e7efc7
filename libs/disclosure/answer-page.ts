// The pages of an answer: in one order, each strictly behind the last item of the one before it. What is recorded meanwhile moves no item
// from one page to another, so none is met twice or missed.
import type { AgencySlug, Instant, Revision } from '#kernel';
import { londonDate } from '#kernel';
import type { RecordItem } from '#learner-record';

/**
 * `recorded`: as the log holds them; where they are more than a page, each source's first before anybody's second, and so on, so that
 * whoever says very much crowds nobody out of the first page. `told`: by the time that the reader is told, then as the log holds them.
 */
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

const placeOf = (item: Placed, reader: AgencySlug): PagePlace => ({ rank: toldAt(item, reader), revision: item.revision });

export const isFirst = ({ rank }: AnswerPage): boolean => rank === undefined;

/** By the time that the reader is told, from where the page begins. */
export const inPageOrder = <Item extends Placed>(
  items: readonly Item[],
  { rank, after }: AnswerPage,
  reader: AgencySlug,
): readonly (readonly [Item, PagePlace])[] => {
  const placed = items.map((item) => [item, placeOf(item, reader)] as const);
  const left = rank === undefined ? placed : placed.filter(([, place]) => byPlace(place, { rank, revision: after }) > 0);
  return left.sort(([, one], [, other]) => byPlace(one, other));
};

/** From where the page begins: each source's first item, then each source's second, and so on. `entries` as the log holds them. */
export const inTurns = <Entry extends { readonly item: Placed }>(
  entries: readonly Entry[],
  { rank, after }: AnswerPage,
): readonly (readonly [Entry, PagePlace])[] => {
  const turns = new Map<AgencySlug, number>();
  const placed = entries.map((entry) => {
    const { source, revision } = entry.item;
    const turn = turns.get(source) ?? 0;
    turns.set(source, turn + 1);
    return [entry, { rank: turn, revision }] as const;
  });
  const left = rank === undefined ? placed : placed.filter(([, place]) => byPlace(place, { rank, revision: after }) > 0);
  return left.sort(([, one], [, other]) => byPlace(one, other));
};
