// For how long it counts that somebody does something, after it was verified (views.md, S13).
import { groupByCode, shippedCodes } from '#catalogue';
import type { IsoDate } from '#kernel';

let months: ReadonlyMap<string, number> | undefined;

const monthsOf = (activity: string): number | undefined => {
  if (!months) {
    const { codes } = shippedCodes().currency;
    const kinds = groupByCode({ title: '', description: '', field: '', codes });
    const byKind = new Map(codes.map(({ code: kind, months: many }) => [kind, many]));
    months = new Map([...kinds].map(([covered, kind]) => [covered, byKind.get(kind) ?? 0]));
  }
  return months.get(activity);
};

/** The same day so many months on; the last day of a month that has no such day. */
export const addMonths = (from: IsoDate, many: number): IsoDate => {
  const [year = 0, month = 0, dayOfMonth = 0] = from.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + many, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + many, Math.min(dayOfMonth, last))).toISOString().slice(0, 10);
};

/** Until when it counts; null where nobody has said how long. */
export const lapseOf = (activity: string, verifiedOn: IsoDate): IsoDate | null => {
  const many = monthsOf(activity);
  return many === undefined ? null : addMonths(verifiedOn, many);
};
