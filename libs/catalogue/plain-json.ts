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
