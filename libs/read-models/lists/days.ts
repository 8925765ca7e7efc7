import type { IsoDate } from '#kernel';

const DAY_MS = 86_400_000;

/** Calendar days from one to the other, which clock changes cannot move (views.md, V9). */
export const daysBetween = (from: IsoDate, to: IsoDate): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

/** Whether a day that may not be seen has come by the end of another. */
export const isBy = (day: IsoDate | undefined, on: IsoDate): boolean => day !== undefined && day <= on;
