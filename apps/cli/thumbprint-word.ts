// Thumbprints on a command line: base64url, so that one in 64 begins with a hyphen, as options do.

const HYPHENATED = /^-[\w-]{42}$/;
const MARK = 'kid:';

/** No option is as long as a thumbprint: whatever looks like both is one, and marked so. */
export const withThumbprintsMarked = (words: readonly string[]): readonly string[] =>
  words.map((word) => (HYPHENATED.test(word) ? `${MARK}${word}` : word));

export const thumbprintIn = (word: string): string => (word.startsWith(MARK) ? word.slice(MARK.length) : word);
