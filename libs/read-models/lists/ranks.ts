// The order of rows as values that are compared one by one, so that a page can begin behind a row (ADR 78).
import type { IsoDate } from '#kernel';
import { comparePlaces } from './anchors.ts';
import type { ListOf, Place } from './list.ts';

/** Behind every day. */
const NO_DAY = '9999-12-31';

/** What has no day comes last. */
export const daysFirst = (...days: readonly (IsoDate | null)[]): Place => days.map((day) => day ?? NO_DAY);

export const rankedBy = <Row extends object>(rank: (row: Row) => Place): Required<Pick<ListOf<Row>, 'rank' | 'order'>> => ({
  rank,
  order: (one, other) => comparePlaces(rank(one), rank(other)),
});
