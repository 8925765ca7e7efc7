// Lexical forms of dates: ISO 8601 full-date and RFC 3339 date-time. Both must also exist in the calendar.

const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const TIME =
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,12})?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const twoDigits = (text: string, at: number): number => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;

const isLeap = (text: string): boolean => {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
};

const beginsWithDay = (text: string): boolean => {
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  return day >= 1 && day <= (month === 2 && isLeap(text) ? 29 : (DAYS[month - 1] ?? 0));
};

/** A day of the calendar as `YYYY-MM-DD`. */
export const isDate = (text: string): boolean => DATE.test(text) && beginsWithDay(text);

/** RFC 3339 with an offset. A leap second (`:60`) is refused, since no instant of POSIX time stands for it. */
export const isTimestamp = (text: string): boolean => TIME.test(text) && beginsWithDay(text);
