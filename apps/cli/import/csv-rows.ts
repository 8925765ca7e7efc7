// Rows of a table in text: RFC 4180, and what spreadsheets make of it (semicolons, tabs, `sep=`).
import { type CsvError, parse } from 'csv-parse';
import { Readable } from 'node:stream';
import type { FileRow } from './rows.ts';
import { Complaint } from '../complaint.ts';

const DELIMITERS = [',', ';', '\t'] as const;
const SEP_LINE = /^sep=(.)\r?\n/i;

/** The one that stands in the first line most often, outside of quotes. */
export const delimiterIn = (beginning: string): string => {
  const line = (beginning.split(/\r?\n/, 1)[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
};

const SAYS: Readonly<Record<string, string>> = {
  CSV_RECORD_INCONSISTENT_COLUMNS: 'has more or fewer cells than the head has columns',
  CSV_QUOTE_NOT_CLOSED: 'begins a quoted cell that does not end',
  CSV_INVALID_CLOSING_QUOTE: 'has a letter after the quote that ends a cell: write a quote within a cell twice',
  INVALID_OPENING_QUOTE: 'has a quote within a cell that is not quoted',
};

const faultOf = (cause: unknown): unknown => {
  const { code, lines } = cause as Partial<CsvError> & { readonly lines?: number };
  if (typeof code !== 'string') return cause;
  return new Complaint(`Line ${lines ?? '?'} ${SAYS[code] ?? 'is not as CSV is written (RFC 4180)'}.`, { cause });
};

interface Head {
  readonly text: AsyncIterable<string>;
  readonly delimiter: string;
  readonly linesBefore: number;
}

/** Looks at the beginning, and gives all of the text again but for a line that only names the delimiter. */
const headOf = async (text: AsyncIterable<string>): Promise<Head> => {
  const pieces = text[Symbol.asyncIterator]();
  let beginning = '';
  let ended = false;
  while (!ended && !beginning.includes('\n')) {
    const next = await pieces.next();
    if (next.done) ended = true;
    else beginning += next.value;
  }
  const named = SEP_LINE.exec(beginning);
  const first = named ? beginning.slice(named[0].length) : beginning;
  const rest = async function* (): AsyncGenerator<string> {
    yield first;
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
  };
  return { text: rest(), delimiter: named?.[1] ?? delimiterIn(beginning), linesBefore: named ? 1 : 0 };
};

/** Cells are trimmed; empty lines are passed over. Throws `Complaint`. */
export async function* csvRows(text: AsyncIterable<string>): AsyncGenerator<FileRow> {
  const head = await headOf(text);
  const parser = Readable.from(head.text).pipe(
    parse({ delimiter: head.delimiter, bom: true, trim: true, skip_empty_lines: true, info: true, columns: columnsOf }),
  );
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: Record<string, string>; info: { lines: number } }>) {
      yield { number: info.lines + head.linesBefore, cells: new Map(Object.entries(record)) };
    }
  } catch (cause) {
    throw faultOf(cause);
  }
}

const columnsOf = (names: readonly string[]): string[] => {
  const twice = names.find((name, place) => name !== '' && names.indexOf(name) !== place);
  if (twice !== undefined) throw new Complaint('A column stands twice in the head: leave one of them.');
  return [...names];
};
