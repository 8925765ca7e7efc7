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
