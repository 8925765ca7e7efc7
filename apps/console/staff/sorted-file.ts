// The file of a list in the order in which its page stands. What is longer than a page can be comes as the broker sends it.
import { Readable } from 'node:stream';
import { sorted, type Sorting } from '../shell/sorting.ts';
import type { Row } from './list-rows.ts';
import { keyIn, type Keying, LEARNER } from './list-sorting.ts';

/** Bytes of a file that is read whole. */
const LONGEST = 1024 * 1024;

/** RFC 4180: a cell, and what ends it. */
const CELL = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/y;

interface Line {
  readonly text: string;
  readonly cells: readonly string[];
}

const unquoted = (cell: string): string => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);

/** Undefined where the text is no such file. */
const linesIn = (text: string): readonly Line[] | undefined => {
  const lines: Line[] = [];
  let [start, cells]: [number, string[]] = [0, []];
  for (CELL.lastIndex = 0; CELL.lastIndex < text.length;) {
    const [whole, cell = '', end] = CELL.exec(text) ?? [];
    if (whole === undefined) return undefined;
    cells.push(unquoted(cell));
    if (end === ',') continue;
    lines.push({ text: text.slice(start, CELL.lastIndex), cells });
    [start, cells] = [CELL.lastIndex, []];
  }
  return lines;
};

/** Spreadsheets are kept from taking these for a formula by a mark before them. */
const MARKED = /^'(?=[=+\-@\t\r])/;
const NUMBER = /^-?\d{1,15}(?:\.\d+)?$/;
const FLAGS: Readonly<Record<string, boolean>> = { true: true, false: false };

const valueOf = (cell: string): unknown => {
  const text = cell.replace(MARKED, '');
  if (NUMBER.test(text)) return Number(text);
  return FLAGS[text] ?? text.split('; ');
};

const PERSON: readonly string[] = ['familyName', 'givenName', 'localId'];

/** As a page has it, as far as it is compared: names of columns are those of members that lie in one another. */
const rowOf = (names: readonly string[], { cells }: Line, { by }: Sorting): Row => {
  const cellAt = (name: string): string => cells[names.indexOf(name)] ?? '';
  if (by === LEARNER) return Object.fromEntries(PERSON.map((name) => [name, cellAt(name)]));
  return by.split('_').reduceRight<unknown>((inner, name) => ({ [name]: inner }), valueOf(cellAt(by))) as Row;
};

/** The first line stays where it is. */
export const sortedText = (text: string, sorting: Sorting, keying: Keying): string => {
  const [head, ...lines] = linesIn(text) ?? [];
  if (head === undefined) return text;
  const keyOf = keyIn(keying, sorting);
  return [head, ...sorted(lines, (line) => keyOf(rowOf(head.cells, line, sorting)), sorting)].map((line) => line.text).join('');
};

async function* joined(pieces: readonly Buffer[], rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* pieces;
  yield* rest;
}

export const sortedIfShort = async (file: Readable, sort: (text: string) => string): Promise<Readable> => {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of file.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    pieces.push(piece);
    size += piece.length;
    if (size > LONGEST) return Readable.from(joined(pieces, file as AsyncIterable<Buffer>));
  }
  return Readable.from([sort(Buffer.concat(pieces).toString('utf8'))]);
};
