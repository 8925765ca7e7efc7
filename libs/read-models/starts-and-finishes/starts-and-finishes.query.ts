// Of a month: what happened in it and was known when its list closed, and what became known since the list before (views.md, S11, V13).
import { addDays, type IsoDate, londonDate } from '#kernel';
import type { ViewReader } from '../engine/index.ts';
import { anchorsFor, anchorsOf, mergedPages, type Proposed, type Proposing, whomConcerns } from '../lists/index.ts';

export const startAnchors = anchorsOf('starts-and-finishes', 1, {
  'programme.started': ({ startedOn, kind }) => (kind === 'school-course' ? undefined : startedOn),
  'programme.left-early': ({ leftOn }) => leftOn,
  'programme.moved-on': ({ on }) => on,
});

/** A month's list closes at six in the morning, London, of the fifth of the next. */
const [CLOSING_DAY, CLOSING_HOURS] = ['05', 6];

const nextMonth = (month: string): string => addDays(`${month}-28`, 4).slice(0, 7);

/** The list in which something stands that was recorded at that moment, of what happened before. */
export const monthOpenAt = (at: number): string => {
  const day = londonDate(at - CLOSING_HOURS * 3_600_000);
  return day.slice(8) < CLOSING_DAY ? addDays(`${day.slice(0, 7)}-01`, -1).slice(0, 7) : day.slice(0, 7);
};

/** Of a month: its own where that was still open. */
export const listOf = (day: IsoDate, knownAt: number): string => {
  const [month, open] = [day.slice(0, 7), monthOpenAt(knownAt)];
  return open > month ? open : month;
};

/** Days around a month's list within which all of it was recorded. */
const DAY_MS = 86_400_000;
const recordedAround = (month: string): { readonly from: number; readonly to: number } => ({
  from: Date.parse(`${month}-01`) - DAY_MS,
  to: Date.parse(`${nextMonth(month)}-${CLOSING_DAY}`) + DAY_MS,
});

export const proposeStarts = async (views: ViewReader, { asker, on, chosen, after, limit }: Proposing): Promise<Proposed> => {
  const month = chosen['month'] ?? on.slice(0, 7);
  const last = addDays(`${nextMonth(month)}-01`, -1);
  const page = { limit, ...(after && { after }), ...(asker.roles.includes('funder') ? {} : { among: whomConcerns(asker) }) };
  const inMonth = { day: { from: `${month}-01`, to: last < on ? last : on } };
  const late = { day: { to: addDays(`${month}-01`, -1) }, known_at: recordedAround(month) };
  const pages = startAnchors.types.flatMap((type) =>
    [inMonth, late].map((between) => anchorsFor(views, startAnchors, { ...page, where: { type }, between })),
  );
  return mergedPages(await Promise.all(pages), { limit });
};
