// What JSON must be beyond its grammar so that it has one canonical form and can be stored anywhere (RFC 7493, RFC 8785).

const DEEPEST = 12;
const NOT_PLAIN = /[\p{Cc}\p{Cs}]/u;
const FORMAT = /\p{Cf}/u;

/** Neither control characters nor lone surrogates: fit for an attribute, a header, a key. */
export const isPlainText = (text: string): boolean => !NOT_PLAIN.test(text);

/** Nor format characters and blanks at the edges, which make two ids look alike. */
export const isPlainId = (text: string): boolean => isPlainText(text) && !FORMAT.test(text) && text.trim() === text;

const faultOfText = (text: string): string | undefined => {
  if (text.includes('\0')) return 'Remove NUL characters.';
  return text.isWellFormed() ? undefined : 'Give well-formed Unicode: a surrogate stands alone.';
};

/** Beyond 2^53 - 1 two integers share a double. */
export const isPlainNumber = (value: number): boolean => Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));

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
