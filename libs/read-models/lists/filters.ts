// Parameters by which rows of a list are chosen. They are asked of the row that is shown, never of what the view knows (views.md, V6).
import { err, type IsoDate, ok, type Result } from '#kernel';

export { daysBetween } from '#kernel';

/** Whether a day that may not be seen has come by the end of another. */
export const isBy = (day: IsoDate | undefined, on: IsoDate): boolean => day !== undefined && day <= on;

/** Whether a day has come by the end of another, or may not be seen. */
export const isNotAfter = (day: IsoDate | undefined, on: IsoDate): boolean => day === undefined || day <= on;

const MONTHS_OF_QUARTER = 3;

/** Of the calendar, as `2026-Q3`. */
export const quarterOf = (day: IsoDate): string => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / MONTHS_OF_QUARTER)}`;

/** Of a quarter of the calendar. */
export const lastDayOf = (quarter: string): IsoDate => {
  const [year, month] = [Number(quarter.slice(0, 4)), Number(quarter.slice(-1)) * MONTHS_OF_QUARTER];
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 'YYYY-MM-DD'.length);
};

/** Periods as views.md V18 writes them, and days. */
export type Period = 'day' | 'month' | 'year';

/** No day comes last. */
export const compareDays = (one: IsoDate | null, other: IsoDate | null): number => {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? 1 : -1;
  return one < other ? -1 : 1;
};

/** A last day that has passed; what has none is not overdue. */
export const isPast = (due: IsoDate | null, on: IsoDate): boolean => due !== null && due < on;

/** Told by the end of that day. */
export const saidBy =
  (on: IsoDate) =>
  ({ toldOn = on }: { readonly toldOn: IsoDate | undefined }): boolean =>
    toldOn <= on;

export interface Filter {
  readonly says: string;
  /** Values that it takes; without them and `period`: any text of 1 to 100 characters. */
  readonly codes?: readonly string[];
  readonly period?: Period;
  /** Taken where it is not given. */
  readonly usual?: string;
}

export type Filters = Readonly<Record<string, Filter>>;
/** How many there are of each. */
export const countedBy = <Item>(items: readonly Item[], kindOf: (item: Item) => string): Readonly<Record<string, number>> =>
  Object.fromEntries([...Map.groupBy(items, kindOf)].map(([kind, same]) => [kind, same.length] as const).sort());

/** Names of filters with the values that are asked for. */
export type Chosen = Readonly<Record<string, string>>;

/** Whether a row is one that the filters choose, each by its own question; what has none, the view has seen to. */
export const chosenBy =
  <Row>(questions: Readonly<Record<string, (row: Row, value: string) => boolean>>) =>
  (row: Row, chosen: Chosen): boolean =>
    Object.entries(chosen).every(([name, value]) => questions[name]?.(row, value) ?? true);

export const LONGEST_FILTER = 100;

export interface FilterFault {
  readonly code: 'filter-unknown' | 'filter-invalid';
  readonly parameter: string;
  readonly says: string;
}

/** Names come from whoever asks: they are repeated only where they can be parameters at all. */
const nameable = (name: string): string => (/^[a-z0-9-]{1,40}$/i.test(name) ? name : 'a parameter');

const fault = (code: FilterFault['code'], parameter: string, says: string): Result<never, FilterFault> => err({ code, parameter, says });

const PERIODS: Readonly<Record<Period, { readonly says: string; readonly first: (text: string) => string }>> = {
  day: { says: 'a day from 2000 to 2099, as 2026-09-07', first: (text) => text },
  month: { says: 'a month from 2000 to 2099, as 2026-09', first: (text) => `${text}-01` },
  year: { says: 'a year from 2000 to 2099, as 2026', first: (text) => `${text}-01-01` },
};

const takesAlone = (names: readonly string[]): string =>
  names.length === 0 ? 'It takes no parameters.' : `It takes ${names.join(', ')} alone.`;

const takes = ({ codes, period }: Filter): string => {
  if (period) return PERIODS[period].says;
  return codes ? `one of ${codes.join(', ')}` : `a text of 1 to ${LONGEST_FILTER} characters`;
};

const fits = ({ codes, period }: Filter, value: string): boolean => {
  if (period) return dayIn(PERIODS[period].first(value)) !== undefined;
  return codes?.includes(value) ?? (value !== '' && [...value].length <= LONGEST_FILTER);
};

/** `given` without what is taken beside filters, as `also` names it. */
export const chosenIn = (
  filters: Filters,
  given: Readonly<Record<string, string>>,
  also: readonly string[],
): Result<Chosen, FilterFault> => {
  for (const [name, value] of Object.entries(given)) {
    const filter = Object.hasOwn(filters, name) ? filters[name] : undefined;
    if (!filter) return fault('filter-unknown', nameable(name), takesAlone([...Object.keys(filters), ...also]));
    if (!fits(filter, value)) return fault('filter-invalid', name, `${name} takes ${takes(filter)}.`);
  }
  const usual = Object.entries(filters).flatMap(([name, filter]) => (filter.usual === undefined ? [] : [[name, filter.usual] as const]));
  return ok({ ...Object.fromEntries(usual), ...given });
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Undefined where it is no day of the calendar from 2000 to 2099. */
export const dayIn = (text: string): IsoDate | undefined => {
  const at = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  const real = !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
  return real && text >= '2000-01-01' && text <= '2099-12-31' ? text : undefined;
};
