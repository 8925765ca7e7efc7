// An answer of oversight as a file: all its pages as CSV, each recorded before its rows leave (views.md, V7).
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { prefers } from '#http';
import type { Position } from '#kernel';
import { csvLine } from '#strict-text';

const CSV = 'text/csv';
const MOST_EXPORTED = 50_000;

export const isFileWanted = (accept: string | undefined): boolean => prefers(accept ?? '', CSV, 'application/json');

export interface Columns<Row> {
  /** A cell of each column; lists are joined by `; `. */
  readonly columns: Readonly<Record<string, (row: Row) => string | number | boolean | undefined>>;
}

interface PageOfRows<Row> {
  readonly rows: readonly Row[];
  readonly next?: string;
}

export interface FileOfRows<Row> extends Columns<Row> {
  readonly name: string;
  readonly first: PageOfRows<Row> & { readonly position: Position };
  readonly after: (cursor: string) => Promise<PageOfRows<Row>>;
}

/** Its name says at which position the look at its first page stands, which names whoever took it away. */
export const fileOf = <Row>(file: FileOfRows<Row>, reply: FastifyReply): Readable => {
  const filename = `${file.name}-${file.first.position}.csv`;
  void reply.headers({ 'content-type': `${CSV}; charset=utf-8`, 'content-disposition': `attachment; filename="${filename}"` });
  return Readable.from(linesOf(file));
};

/** Throws where there are too many rows: the answer breaks off, so that its reader knows. */
async function* linesOf<Row>({ columns, first, after }: FileOfRows<Row>): AsyncGenerator<string> {
  yield csvLine(Object.keys(columns));
  let rows = 0;
  for (let page: PageOfRows<Row> = first; ;) {
    rows += page.rows.length;
    if (rows > MOST_EXPORTED) throw new Error(`An export holds at most ${MOST_EXPORTED} rows: ask by filters, in parts.`);
    yield page.rows.map((row) => csvLine(Object.values(columns).map((cell) => String(cell(row) ?? '')))).join('');
    if (page.next === undefined) return;
    page = await after(page.next);
  }
}
