// Every way in which whoever has no tie may try to learn something of a list: as a page, by each filter, behind another's page, as a file.
import type { AgencySlug } from '#kernel';

export interface Told {
  readonly status: number;
  readonly text: string;
  readonly next?: string;
  readonly code?: string;
  readonly rows: readonly object[];
}

export interface Tried {
  readonly way: string;
  readonly status: number;
  /** Of what is refused; null of an answer. */
  readonly code: string | null;
  readonly rows: number;
  readonly next: boolean;
  /** Of a file, without its head. */
  readonly lines: number;
}

export interface Ways {
  /** Each behind `?`, of values that name what there is. */
  readonly filters: readonly string[];
  /** The `next` of another's page. */
  readonly cursor: string;
}

type Asks = (agency: AgencySlug, search: string, headers: Readonly<Record<string, string>>) => Promise<Told>;

const CSV = { accept: 'text/csv' };

/** What comes of each way, by its name. */
export const waysOf = async (ask: Asks, agency: AgencySlug, { filters, cursor }: Ways): Promise<readonly Tried[]> => {
  const ways: readonly (readonly [way: string, search: string, headers: Readonly<Record<string, string>>])[] = [
    ['page', 'limit=1', {}],
    ...filters.map((filter) => [filter, filter, {}] as const),
    ["another's cursor", `limit=1&cursor=${encodeURIComponent(cursor)}`, {}],
    ['file', '', CSV],
    ...filters.map((filter) => [`file, ${filter}`, filter, CSV] as const),
  ];
  const tried: Tried[] = [];
  for (const [way, search, headers] of ways) {
    const { status, text, rows, next } = await ask(agency, search, headers);
    const code = status === 200 ? null : ((JSON.parse(text) as { readonly code: string }).code ?? '');
    const lines = headers === CSV && status === 200 ? text.split('\r\n').filter((line) => line !== '').length - 1 : 0;
    tried.push({ way, status, code, rows: rows.length, next: next !== undefined, lines });
  }
  return tried;
};

const nothing = (way: string): Tried => ({ way, status: 200, code: null, rows: 0, next: false, lines: 0 });

/** As if there were nothing; the page behind another's is none. */
export const nothingBy = ({ filters }: Pick<Ways, 'filters'>): readonly Tried[] => [
  ...['page', ...filters].map(nothing),
  { ...nothing("another's cursor"), status: 400, code: 'cursor-invalid' },
  ...['file', ...filters.map((filter) => `file, ${filter}`)].map(nothing),
];

/** In each way refused: no clause is meant for it, whatever there is. */
export const refusedBy = ({ filters }: Pick<Ways, 'filters'>): readonly Tried[] =>
  nothingBy({ filters }).map((one) => (one.status === 200 ? { ...one, status: 403, code: 'not-permitted' } : one));
