// For how long it counts that somebody does something, after it was verified (views.md, S13).
import { groupByCode, shippedCodes } from '#catalogue';
import type { IsoDate } from '#kernel';

type Kind = ReturnType<typeof shippedCodes>['currency']['codes'][number];

let kinds: ReadonlyMap<string, Kind | undefined> | undefined;

const kindOf = (activity: string): Kind | undefined => {
  if (!kinds) {
    const { codes } = shippedCodes().currency;
    const byCode = new Map(codes.map((kind) => [kind.code, kind]));
    const groups = groupByCode({ title: '', description: '', field: '', codes });
    kinds = new Map([...groups].map(([covered, kind]) => [covered, byCode.get(kind)]));
  }
  return kinds.get(activity);
};

/** Whose end the end of a course is. */
export const isLearning = (activity: string): boolean => kindOf(activity)?.code === 'learning';

/** The same day so many months on; the last day of a month that has no such day. */
export const addMonths = (from: IsoDate, many: number): IsoDate => {
  const [year = 0, month = 0, dayOfMonth = 0] = from.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + many, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + many, Math.min(dayOfMonth, last))).toISOString().slice(0, 10);
};

interface Verified {
  readonly verifiedOn: IsoDate;
  /** From when on it is so no more, where that is known. */
  readonly until?: IsoDate | undefined;
}

/** From when on it counts no more; null where nobody has said how long. */
export const lapseOf = (activity: string, { verifiedOn, until }: Verified): IsoDate | null => {
  const kind = kindOf(activity);
  if (kind === undefined) return null;
  const usual = addMonths(verifiedOn, kind.months);
  return until === undefined || (kind.until === 'sooner' && usual < until) ? usual : until;
};
