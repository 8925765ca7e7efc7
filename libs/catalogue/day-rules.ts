// Rules on the days that data names: against today, and against each other.
import { addDays, type IsoDate } from '#kernel';
import type { EventDataValue } from './category-rule.ts';
import type { SchemaFault } from './schema-faults.ts';

export type DayRule = (data: EventDataValue, today: IsoDate) => readonly SchemaFault[];

// A schema has judged their form; such days compare as text.
const dayIn = (data: EventDataValue, name: string): IsoDate | undefined => data[name] as IsoDate | undefined;

const ahead = (days: number, says: string) => (name: string): DayRule => (data, today) => {
  const day = dayIn(data, name);
  return day === undefined || day <= today || day <= addDays(today, days) ? [] : [{ pointer: `/${name}`, says }];
};

export const notInTheFuture = ahead(0, 'Give a day that is not in the future.');
/** What happened may be told from where it is a day later. */
export const happened = ahead(1, 'Give the day on which it happened: it lies in the future.');
export const ends = ahead(31, 'Give a day at most 31 days ahead.');
export const withholds = ahead(90, 'Give a day at most 90 days ahead: state it anew when it ends.');

/** Both days may be the same. */
export const inOrder = (first: string, last: string): DayRule => (data) => {
  const [from, to] = [dayIn(data, first), dayIn(data, last)];
  return from === undefined || to === undefined || from <= to ? [] : [{ pointer: `/${last}`, says: `Give a day that is not before ${first}.` }];
};
