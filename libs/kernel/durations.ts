// ISO 8601 durations, counted on the calendar: clock changes cannot move the day on which a term ends.
import { addDays, type IsoDate } from './clock.ts';

const DURATION =
  /^P(?:(?<years>\d+)Y)?(?:(?<months>\d+)M)?(?:(?<weeks>\d+)W)?(?:(?<days>\d+)D)?(?:T(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+)S)?)?$/;

/**
 * The day when an ISO 8601 duration from that day is over; hours begun count as a day. A month later than the 31st is the last of that
 * month.
 */
export const dayAfter = (from: IsoDate, duration: string): IsoDate => moved(from, duration, 1);

/** The day from which the duration leads to that day, or, where months differ in length, the last from which it does not go beyond. */
export const dayBefore = (day: IsoDate, duration: string): IsoDate => moved(day, duration, -1);

/** The day after so many durations: of months each is counted from the first day, so that the 31st comes again. */
export const dayAfterTimes = (from: IsoDate, duration: string, times: number): IsoDate => moved(from, duration, times);

const DAY_MS = 86_400_000;

/** How many days later the second is; below 0 where it is earlier. */
export const daysBetween = (from: IsoDate, to: IsoDate): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

interface Lasting {
  readonly months: number;
  readonly days: number;
}

/** As many as protocols and requests name; more are forgotten. */
const read = new Map<string, Lasting>();
const MOST_READ = 1000;

const lasting = (duration: string): Lasting => {
  const known = read.get(duration);
  if (known) return known;
  const { years, months, weeks, days, hours, minutes, seconds } = DURATION.exec(duration)?.groups ?? {};
  const time = count(hours) * 3600 + count(minutes) * 60 + count(seconds);
  const made = { months: 12 * count(years) + count(months), days: 7 * count(weeks) + count(days) + Math.ceil(time / 86_400) };
  if (read.size === MOST_READ) read.clear();
  read.set(duration, made);
  return made;
};

const moved = (from: IsoDate, duration: string, way: number): IsoDate => {
  const { months, days } = lasting(duration);
  return addDays(monthsAfter(from, way * months), way * days);
};

const count = (digits: string | undefined): number => Number(digits ?? 0);

const monthsAfter = (from: IsoDate, months: number): IsoDate => {
  if (months === 0) return from;
  const [year = 0, month = 1, day = 1] = from.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastOfMonth))).toISOString().slice(0, 10);
};
