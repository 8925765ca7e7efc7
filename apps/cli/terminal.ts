// Where a command writes: results to standard output, everything about them to standard error. Nothing gets past it that is not visible.
import { visible, visibleLines, widthOf } from './visible-text.ts';

/** The part of a stream that is needed. */
export interface Sink {
  write(text: string): unknown;
}

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

  complain(sentence: string): void {
    this.note(`concordat: ${sentence}`);
  }
}
