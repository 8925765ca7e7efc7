// Text from outside as a terminal may be given it: what would command it, reorder it or hide in it is written out.
// Unicode: UAX #9 (bidirectional controls), UTR #36 3 (invisible characters), UAX #11 (width).

/** Controls, format characters (bidirectional ones and tags among them), line and paragraph separators, lone surrogates. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const UNSEEN_IN_LINES = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** As JSON escapes it, so that JSON stays what it says. */
const writtenOut = (character: string): string =>
  Array.from({ length: character.length }, (_, place) => `\\u${character.charCodeAt(place).toString(16).padStart(4, '0')}`).join('');

/** For one place in a line: line breaks and tabs are written out, too. */
export const visible = (text: string): string => text.replaceAll(UNSEEN, writtenOut);

/** For text of several lines. */
export const visibleLines = (text: string): string => text.replaceAll(UNSEEN_IN_LINES, writtenOut);

const NONE = /^[\p{Mn}\p{Me}]$/u;
const HALF = /^[\uff61-\uffdc\uffe8-\uffee]$/u;
const DOUBLE =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]$/u;

const columnsOf = (character: string): number => {
  if (NONE.test(character)) return 0;
  return DOUBLE.test(character) && !HALF.test(character) ? 2 : 1;
};

/** Columns that a terminal gives it, where all of it is visible. */
export const widthOf = (text: string): number => [...text].reduce((width, character) => width + columnsOf(character), 0);
