// Where the next page of a list begins, sealed to whoever asked and to all that was asked; good for a day (views.md, V5).
import type { PageCursors } from '#disclosure';
import type { Instant } from '#kernel';
import type { Place } from '#read-models';
import type { ListQuestion } from './list-queries.ts';

const GOOD_FOR_MS = 24 * 60 * 60 * 1000;

interface Sealed {
  readonly until: Instant;
  readonly place: Place;
}

const questionOf = ({ list, asker: { agency }, asked: { on, purposes, chosen } }: ListQuestion): { agency: string; asked: string } => ({
  agency,
  asked: JSON.stringify([list.name, on, [...purposes].sort(), Object.entries(chosen).sort()]),
});

export const cursorFor = (cursors: PageCursors, query: ListQuestion, place: Place): Promise<string> => {
  const sealed: Sealed = { until: query.asked.now + GOOD_FOR_MS, place };
  return cursors.ofList(questionOf(query), JSON.stringify(sealed));
};

/** Undefined where the cursor is none of this question, or too old. */
export const placeIn = (cursors: PageCursors, query: ListQuestion, cursor: string): Place | undefined => {
  const text = cursors.listPlaceOf(questionOf(query), cursor);
  const sealed = text === undefined ? undefined : (JSON.parse(text) as Sealed);
  return sealed && sealed.until > query.asked.now ? sealed.place : undefined;
};
