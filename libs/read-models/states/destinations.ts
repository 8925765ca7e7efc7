// What a learner does: of the destinations that one may see the one that stands (views.md, V10).
import type { IsoDate, Revision } from '#kernel';
import { compareDays, isBy, type SeenItem, type SeenItems } from '../lists/index.ts';

export type Destination = SeenItem<'destination.recorded'>;

/** What decides which of several stands. */
export interface Destined {
  readonly from: IsoDate | null;
  /** Null where it is not seen: then it counts from its first day. */
  readonly verifiedOn: IsoDate | null;
  readonly place: Revision;
}

/** The day from which on it may stand: neither before it begins nor before it was verified. */
export const countsFrom = ({ from, verifiedOn }: Destined): IsoDate | null =>
  from !== null && verifiedOn !== null && verifiedOn > from ? verifiedOn : from;

/**
 * The latest `from`, then the latest `verifiedOn`, then the one recorded last; of a day to come not yet, nor one verified on such. Where
 * what is known now is asked of, one may count from its first day, whenever it was verified.
 */
export const standingOn = <One extends Destined>(
  all: readonly One[],
  on: IsoDate,
  startOf: (one: One) => IsoDate | null = countsFrom,
): One | undefined =>
  all
    .filter((one) => isBy(startOf(one) ?? undefined, on))
    .toSorted(
      (one, other) =>
        compareDays(one.from, other.from) || compareDays(one.verifiedOn ?? '', other.verifiedOn ?? '') || one.place - other.place,
    )
    .at(-1);

export const destinationOn = (seen: SeenItems, on: IsoDate): Destination | undefined => {
  const all = seen.of('destination.recorded').map((item) => {
    const { from = null, verifiedOn = null } = item.data;
    return { from, verifiedOn, place: item.place, item };
  });
  return standingOn(all, on)?.item;
};
