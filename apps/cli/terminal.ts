// Where a command writes: results to standard output, everything about them to standard error. Nothing gets past it that is not visible.

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

/** The part of a stream that is needed. */
export interface Sink {
  write(text: string): unknown;
  /** Whether somebody watches: then what is shown may be drawn over. */
  readonly isTTY?: boolean;
}

const BAR = 30;

const GAP = '  ';

/** Columns aligned, the last one ragged; one line a row. */
export const alignedLines = (rows: readonly (readonly string[])[]): readonly string[] => {
  const cleaned = rows.map((row) => row.map(visible));
  const widths = cleaned.reduce<readonly number[]>((widest, row) => {
    const columns = Math.max(widest.length, row.length);
    return Array.from({ length: columns }, (_, place) => Math.max(widest[place] ?? 0, widthOf(row[place] ?? '')));
  }, []);
  const padded = (cell: string, place: number): string => cell + ' '.repeat((widths[place] ?? 0) - widthOf(cell));
  return cleaned.map((row) => row.map(padded).join(GAP).trimEnd());
};

export class Terminal {
  readonly #out: Sink;
  readonly #err: Sink;

  constructor(out: Sink, err: Sink) {
    this.#out = out;
    this.#err = err;
  }

  line(text = ''): void {
    this.#out.write(`${visibleLines(text)}\n`);
  }

  lines(texts: readonly string[]): void {
    for (const text of texts) this.line(text);
  }

  json(value: unknown): void {
    this.line(JSON.stringify(value, null, 2));
  }

  /** `none` is said where there is no row. */
  table(head: readonly string[], rows: readonly (readonly string[])[], none: string): void {
    if (rows.length === 0) this.note(none);
    else this.lines(alignedLines([head.map((word) => word.toUpperCase()), ...rows]));
  }

  /** Beside the result: progress, and what to know about it. */
  note(text: string): void {
    this.#err.write(`${visibleLines(text)}\n`);
  }

  /** One line that is drawn over, where somebody watches; it goes once all is done. */
  progress(done: number, of: number): void {
    if (this.#err.isTTY !== true) return;
    const part = of === 0 ? 1 : Math.min(1, done / of);
    const bar = '#'.repeat(Math.round(part * BAR)).padEnd(BAR, '.');
    this.#err.write(part === 1 ? `\r${' '.repeat(BAR + 7)}\r` : `\r[${bar}] ${String(Math.floor(part * 100)).padStart(3)}%`);
  }

  complain(sentence: string): void {
    this.note(`concordat: ${sentence}`);
  }
}
