// When the list of a month closes, and in which month's list something stands (views.md, S11, V13). Pure.
import { addDays, type Instant, type IsoDate, londonDate, londonDayStart } from '#kernel';

/** `YYYY-MM`. */
export type Month = string;

export const monthOf = (day: IsoDate): Month => day.slice(0, 7);
export const nextMonth = (month: Month): Month => monthOf(addDays(`${month}-28`, 4));
export const monthBefore = (month: Month): Month => monthOf(addDays(`${month}-01`, -1));
export const lastDayOf = (month: Month): IsoDate => addDays(`${nextMonth(month)}-01`, -1);

/** Of each month. A later month's list closes later. */
export type Closing = (month: Month) => Instant;

const MINUTE_MS = 60_000;

/** No clock is put forward or back on these days: only on the last Sundays of March and October. */
export const CLOSING_FORM = /^(0[1-9]|1\d|20)T([01]\d|2[0-3]):([0-5]\d)$/;

export const USUAL_CLOSING = '05T06:00';

/** Of a text such as `05T06:00`: on that day of the next month, at that time in London. Throws `RangeError` where it is of another form. */
export const closingBy = (text: string): Closing => {
  const [, day, hours, minutes] = CLOSING_FORM.exec(text) ?? [];
  if (day === undefined) throw new RangeError('Lists close on a day and at a time such as 05T06:00.');
  const intoDay = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  return (month) => londonDayStart(`${nextMonth(month)}-${day}`) + intoDay;
};

/** The earliest list that was still open at that moment. */
export const openAt = (at: Instant, closes: Closing): Month => {
  const month = monthOf(londonDate(at));
  const before = monthBefore(month);
  return at < closes(before) ? before : month;
};

/** Of what happened on that day and was recorded then: its own month's where that was still open. */
export const listOf = (day: IsoDate, knownAt: Instant, closes: Closing): Month => {
  const [month, open] = [monthOf(day), openAt(knownAt, closes)];
  return open > month ? open : month;
};
