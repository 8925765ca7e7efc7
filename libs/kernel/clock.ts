// Time is an input. Days are those of Europe/London, since expiry dates are inclusive there (contracts.md, event catalogue).

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A calendar day `YYYY-MM-DD`; such strings compare in the order of time. */
export type IsoDate = string;

export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock for tests: it stands still until it is set. */
export const fixedClock = (at: Instant): Clock & { set(at: Instant): void } => {
  let current = at;
  return { now: () => current, set: (next) => void (current = next) };
};

let format: Intl.DateTimeFormat | undefined;
/** Made when first asked for: that takes milliseconds, which a command can do without. */
const inLondon = (at: Instant): IsoDate =>
  (format ??= new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', dateStyle: 'short' })).format(at);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Made by the one below from a number, and kept: formatting is slow, and the same few years come again and again. */
const kept = (made: (of: number) => IsoDate): ((of: number) => IsoDate) => {
  const known = new Map<number, IsoDate>();
  return (of) => {
    const found = known.get(of);
    if (found !== undefined) return found;
    if (known.size === MOST_KEPT) known.clear();
    const day = made(of);
    known.set(of, day);
    return day;
  };
};
const MOST_KEPT = 8192;

/** Days are counted from 1970. */
const dayNumbered = kept((count) => new Date(count * DAY).toISOString().slice(0, 10));
/** Of a day in UTC its last hour, which in summer is tomorrow's in London. */
const lastHourOf = kept((count) => inLondon(count * DAY + 23 * HOUR));

/** The day in London at an instant. London is at UTC or one hour ahead, and changes at one in the morning. */
export const londonDate = (at: Instant): IsoDate => {
  const count = Math.floor(at / DAY);
  return at - count * DAY < 23 * HOUR ? dayNumbered(count) : lastHourOf(count);
};

/** When a day begins in London: an hour earlier than in UTC in summer. */
export const londonDayStart = (date: IsoDate): Instant => {
  const utc = Date.parse(`${date}T00:00:00Z`);
  return londonDate(utc - HOUR) === date ? utc - HOUR : utc;
};

/** The calendar day `days` after `date`. */
export const addDays = (date: IsoDate, days: number): IsoDate => dayNumbered(Date.parse(`${date}T00:00:00Z`) / DAY + days);

// Whoever failed tries again after a pause that grows; chance keeps those who met from meeting again.

/** Milliseconds. */
export interface Pauses {
  readonly first: number;
  readonly longest: number;
}

/** Of those who lost a race, and want to run again at once. */
const RACES: Pauses = { first: 2, longest: 100 };

/**
 * Milliseconds to pause after so many failed attempts, from 1 on: twice as long each time, up to `longest`, or up to half shorter, as
 * `chance` between 0 and 1 has it.
 */
export const backOff = (attempts: number, chance: number, { first, longest }: Pauses = RACES): number =>
  Math.min(longest, first * 2 ** (attempts - 1)) * (0.5 + chance / 2);

// ISO 8601 durations, counted on the calendar: clock changes cannot move the day on which a term ends.

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
