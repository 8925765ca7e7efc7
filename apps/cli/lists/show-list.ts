// Any list of the broker, on the command line: its description says what there is to ask and to show (ADR 0027).
import type { ConcordatClient, Query } from '#client';
import { type AnyRow, cellsOf, columnsOf, csvHead, csvRow, everyList, type Listing, namesNobody, pathOf } from '#read-models';
import { connect } from '../broker-address.ts';
import { misuse } from '../complaint.ts';
import type { Context } from '../context.ts';
import { type Table, tableNamed, TABLES } from './tables.ts';

const NOTHING = 'Nothing is on this list for you.';

export interface ListOptions {
  readonly agency?: string;
  readonly key?: string;
  readonly purpose?: string;
  readonly on?: string;
  readonly where: readonly string[];
  readonly url?: string;
  readonly csv?: true;
  readonly json?: true;
}

type ShownRow = AnyRow & {
  readonly learner?: string | null;
  readonly localId?: string;
  readonly via: readonly { readonly clause: string }[];
};

interface Page {
  readonly rows: readonly ShownRow[];
  readonly next?: string;
}

export const showList = async (context: Context, name: string, options: ListOptions): Promise<void> => {
  const table = tableNamed(name);
  if (table) return showTable(context, table, options);
  const list = listNamed(name);
  show(context, list, await everyRow(await clientOf(context, options), list, options), options);
};

export const showLists = ({ terminal }: Context): void =>
  terminal.table(
    ['list', 'purposes', 'filters', 'shows'],
    [
      ...everyList.map(({ name, purposes, filters, says }) => [name, purposes.join(', '), Object.keys(filters).join(', '), says]),
      ...TABLES.map(({ name, filters, says }) => [name, '', filters.join(', '), says]),
    ],
    'There are none.',
  );

export const listNamed = (name: string): Listing => {
  const found = everyList.find((list) => list.name === name);
  if (found) return found;
  throw misuse(`There is no list of that name. There are: ${[...everyList, ...TABLES].map((list) => list.name).join(', ')}.`);
};

export const clientOf = (context: Context, { agency, key, url }: Pick<ListOptions, 'agency' | 'key' | 'url'>): Promise<ConcordatClient> => {
  if (agency === undefined || key === undefined)
    throw misuse('Say who asks: --agency with its slug, and --key with its private signing key.');
  return connect(context, { agency, keyFile: key, ...(url === undefined ? {} : { url }) });
};

export const filterIn = (text: string): readonly [string, string] => {
  const [name = '', ...value] = text.split('=');
  if (name !== '' && value.length > 0) return [name, value.join('=')];
  throw misuse('--where takes a filter and its value, as --where state=ended.');
};

type Chosen = Pick<ListOptions, 'purpose' | 'on' | 'where'>;

interface Asked {
  readonly path: string;
  readonly query: Query;
}

const searchOf = ({ on, where }: Chosen): string =>
  new URLSearchParams([...where.map(filterIn), ...(on === undefined ? [] : [['on', on] as const])].map(([...pair]) => pair)).toString();

/** What is asked of the broker. */
const askedOf = (list: Listing, chosen: Chosen): Asked => {
  const purposes = chosen.purpose?.split(',').map((one) => one.trim()) ?? list.purposes;
  return { path: `${pathOf(list)}?${searchOf(chosen)}`, query: { purposes } };
};

/** Of any name that `concordat list` tells. */
export const askedByName = (name: string, chosen: Chosen): Asked =>
  tableNamed(name) ? { path: `/v1/${name}?${searchOf(chosen)}`, query: { purposes: [] } } : askedOf(listNamed(name), chosen);

type Cell = string | number | null | readonly string[];

const showTable = async (context: Context, table: Table, options: ListOptions): Promise<void> => {
  const { terminal } = context;
  const { path, query } = askedByName(table.name, options);
  const client = await clientOf(context, options);
  if (options.csv) return terminal.lines((await textOf((await client.export(path, query)).chunks)).trimEnd().split('\r\n'));
  const { rows } = (await client.query(path, query)) as { readonly rows: readonly Readonly<Record<string, Cell>>[] };
  if (options.json) return terminal.json(rows);
  const cells = rows.map((row) => table.columns.map((column) => [row[column] ?? ''].flat().join('; ')));
  terminal.table(table.columns.map(plainly), cells, NOTHING);
};

/** A few lines. */
const textOf = async (chunks: AsyncIterable<Uint8Array>): Promise<string> => {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all).toString('utf8');
};

const everyRow = async (client: ConcordatClient, list: Listing, options: ListOptions): Promise<readonly ShownRow[]> => {
  const { path, query } = askedOf(list, options);
  const found: ShownRow[] = [];
  for (let cursor = ''; ;) {
    const { rows, next } = (await client.query(`${path}${cursor}`, query)) as Page;
    found.push(...rows);
    if (next === undefined) return found;
    cursor = `${path.endsWith('?') ? '' : '&'}${new URLSearchParams({ cursor: next }).toString()}`;
  }
};

const show = ({ terminal }: Context, list: Listing, rows: readonly ShownRow[], { csv, json }: ListOptions): void => {
  if (json) return terminal.json(rows);
  if (csv) return terminal.lines([csvHead(list), ...rows.map((row) => csvOf(list, row))].map((line) => line.trimEnd()));
  const places = list.table.map((column) => columnsOf(list.fields).indexOf(column));
  const lineOf = (row: ShownRow): readonly string[] => {
    const cells = cellsOf(list.fields, row);
    return [...ofLearner(row.localId ?? row.learner ?? ''), ...places.map((place) => cells[place] ?? '')];
  };
  const ofLearner = (cell: string): readonly string[] => (namesNobody(list) ? [] : [cell]);
  const nothing = namesNobody(list) ? NOTHING : 'Nobody is on this list for you.';
  terminal.table([...ofLearner('learner'), ...list.table.map(plainly)], rows.map(lineOf), nothing);
};

const csvOf = (list: Listing, row: ShownRow): string =>
  csvRow(list, { learner: row.learner ?? undefined, localId: row.localId, row, clauses: row.via.map(({ clause }) => clause) });

/** `followUp_due` as it reads in a table: follow up due. */
const plainly = (column: string): string => column.replaceAll(/_|(?=[A-Z])/g, ' ').toLowerCase();
