// Lexical forms of plain values: days and moments, learner numbers, and JSON that has one canonical form.

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

// Unique Learner Number: ten digits, the first not zero, the digits times 10…1 add up to 10 modulo 11.

const FORM = /^[1-9][0-9]{9}$/;

export const checkUln = (uln: string): boolean => {
  if (!FORM.test(uln)) return false;
  let sum = 0;
  for (let i = 0; i < 10; i++) sum += (uln.charCodeAt(i) - 48) * (10 - i);
  return sum % 11 === 10;
};

// What JSON must be beyond its grammar so that it has one canonical form and can be stored anywhere (RFC 7493, RFC 8785).

const DEEPEST = 12;
const VISIBLE = String.raw`[^\p{Z}\p{Cc}\p{Cf}\p{M}\u115F\u1160\u2800\u3164\uFFA0]`;
const NOT_PLAIN = /[\p{Cc}\p{Cs}]/u;

/** Neither control characters nor lone surrogates: fit for an attribute, a header, a key. */
export const isPlainText = (text: string): boolean => !NOT_PLAIN.test(text);

/**
 * Visible characters, and plain blanks between them: nothing by which two ids look alike, such as blanks at the edges or of another kind,
 * format characters, letters put together with marks (`é` of two), or letters that show nothing. The pattern
 * of `id` in definitions/terms.v1.json.
 */
export const ID_PATTERN = `^${VISIBLE}+( +${VISIBLE}+)*$`;
const PLAIN_ID = new RegExp(ID_PATTERN, 'u');

export const isPlainId = (text: string): boolean => isPlainText(text) && PLAIN_ID.test(text);

const faultOfText = (text: string): string | undefined => {
  if (text.includes('\0')) return 'Remove NUL characters.';
  return text.isWellFormed() ? undefined : 'Give well-formed Unicode: a surrogate stands alone.';
};

/** Beyond 2^53 - 1 two integers share a double. */
export const isPlainNumber = (value: number): boolean =>
  Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));

const faultOfContents = (value: object, depth: number): string | undefined => {
  if (depth >= DEEPEST) return `Nest objects and lists at most ${DEEPEST} deep.`;
  for (const member of Array.isArray(value) ? (value as readonly unknown[]) : Object.values(value)) {
    const fault = faultOfJson(member, depth + 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

/** The first fault of a parsed JSON value, as a sentence that repeats nothing of it. */
export const faultOfJson = (value: unknown, depth = 0): string | undefined => {
  if (typeof value === 'string') return faultOfText(value);
  if (typeof value === 'number') return isPlainNumber(value) ? undefined : 'Give finite numbers, and whole ones within 2^53 - 1.';
  return typeof value === 'object' && value !== null ? faultOfContents(value, depth) : undefined;
};
