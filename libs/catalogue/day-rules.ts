// Where the days that data names may lie: against today, and against each other.
import { addDays, type IsoDate } from '#kernel';

/** Days in London. */
export interface Days {
  readonly today: IsoDate;
  /** Of the event's `time`. */
  readonly toldOn: IsoDate;
}

interface Limit {
  readonly day: (days: Days) => IsoDate;
  readonly says: string;
}

/** Both limits may be met. */
export interface Span {
  readonly from: Limit;
  readonly to: Limit;
}

/** Days compare as text, also one that no calendar has. */
const inYears = (today: IsoDate, years: number): IsoDate => `${Number(today.slice(0, 4)) + years}${today.slice(4)}`;

const ahead = (days: number, says: string): Limit => ({ day: ({ today }) => addDays(today, days), says });
const yearsAhead = (years: number, says: string): Limit => ({ day: ({ today }) => inYears(today, years), says });

/** Nothing older is told (contracts.md, Envelope): earlier days are what a system writes where it knows none. */
const SINCE_2000: Limit = { day: () => '2000-01-01', says: 'Give a day of the year 2000 or later, or leave it out.' };
const since2000 = (to: Limit): Span => ({ from: SINCE_2000, to });

/** Learners are young people; 1900-01-01 and 1970-01-01 are what a system writes where it knows no birth date. */
const OLDEST = 50;
const bornSince: Limit = {
  day: ({ today }) => inYears(today, -OLDEST),
  says: `Give the date of birth: nobody here was born more than ${OLDEST} years ago.`,
};
const sinceBirth: Limit = { ...bornSince, says: `Give a day of the last ${OLDEST} years, or leave it out.` };

/** It may have been told late, but not when it was over. */
const notOver: Limit = { day: ({ toldOn }) => toldOn, says: 'Give a day that was not over at the time of the event.' };
const planAhead = yearsAhead(20, 'Give a day at most 20 years ahead.');
const happenedAlready = ahead(1, 'Give the day on which it happened: it lies in the future.');

export const born: Span = { from: bornSince, to: ahead(0, 'Give a date of birth that is not in the future.') };
export const known: Span = since2000(ahead(0, 'Give a day that is not in the future.'));
/** What happened may be told from where it is a day later. */
export const happened: Span = since2000(happenedAlready);
/** It may hold since birth. */
export const holdsSince: Span = { from: sinceBirth, to: happenedAlready };
export const livesThereFrom: Span = { from: sinceBirth, to: planAhead };
export const begins: Span = since2000(ahead(31, 'Give a day at most 31 days ahead: tell it when it begins.'));
export const ends: Span = since2000(ahead(31, 'Give a day at most 31 days ahead.'));
export const planned: Span = since2000(planAhead);
/** The last day of what may hold for long. */
export const lasts: Span = since2000(yearsAhead(100, 'Give a day at most 100 years ahead, or leave it out where there is no end.'));
export const asked: Span = { from: notOver, to: planAhead };
export const withholds: Span = { from: notOver, to: ahead(90, 'Give a day at most 90 days ahead: state it anew when it ends.') };

/** What is to be done about a day; undefined: it lies in the span. */
export const outside = ({ from, to }: Span, day: IsoDate, days: Days): string | undefined => {
  if (day < from.day(days)) return from.says;
  return day > days.today && day > to.day(days) ? to.says : undefined;
};

const FIGURES = /^[0-9]{4}$/;

/** The same of a year that is told in figures; a school year such as 2026/27 is a word of the sender's. */
export const yearOutside = (year: string | number, { today }: Days): string | undefined => {
  if (typeof year === 'string' && !FIGURES.test(year)) return undefined;
  const latest = Number(inYears(today, 20).slice(0, 4));
  return Number(year) < 2000 || Number(year) > latest ? 'Give a year from 2000 on, at most 20 years ahead.' : undefined;
};
