// What a learner does: of the destinations that one may see the one that stands (views.md, V10).
import type { IsoDate } from '#kernel';
import { compareDays, isBy, type SeenItem, type SeenItems } from '../lists/index.ts';

export type Destination = SeenItem<'destination.recorded'>;

/** The latest `from`, then the latest `verifiedOn`, then the one recorded last; of a day to come not yet, nor one verified on such. */
export const destinationOn = (seen: SeenItems, on: IsoDate): Destination | undefined =>
  seen
    .of('destination.recorded')
    .filter(({ data: { from, verifiedOn = from } }) => isBy(from, on) && isBy(verifiedOn, on))
    .toSorted(
      (one, other) =>
        compareDays(one.data.from ?? null, other.data.from ?? null) ||
        compareDays(one.data.verifiedOn ?? null, other.data.verifiedOn ?? null) ||
        one.place - other.place,
    )
    .at(-1);
