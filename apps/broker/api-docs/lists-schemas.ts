// What lists answer, as schemas of the document, made of their descriptions (ADR 0027).
import type { Schema } from '#catalogue';
import { MOST_ROWS } from '#egress';
import { everyList, isWorkedOut, type Listing, namesNobody, objectSchema } from '#read-models';
import { periodIn } from './closing-lists.ts';
import { plainObject, ref, type Schemas } from './openapi.ts';

export const pascal = (name: string): string => name.replaceAll(/(?:^|[-/])([a-z])/g, (_, letter: string) => letter.toUpperCase());
const rowName = ({ name }: Listing): string => `${pascal(name)}Row`;
export const pageName = ({ name }: Listing): string => `${pascal(name)}Page`;

const VIA: Schema = plainObject(
  {
    item: { type: 'string', description: 'Short type of the item.' },
    clause: { type: 'string', description: 'What permits it: `protocol@version#clause`, or `own`.' },
    basis: { type: 'string', description: 'Lawful basis.' },
    level: { type: 'string', description: 'How much of it is shown.' },
    purpose: { type: ['string', 'null'], description: 'Which of the purposes asked for permitted it.' },
    position: { type: ['string', 'null'], description: "Of the asking agency's own items alone." },
  },
  ['item', 'clause', 'basis', 'level', 'purpose', 'position'],
  'An item that a row rests on.',
);

const learnerIn = (list: Listing): Schemas =>
  namesNobody(list)
    ? {}
    : {
        learner: {
          type: 'isUnnamed' in list ? ['string', 'null'] : 'string',
          description: "The asking agency's own pseudonym for the learner.",
        },
        localId: { type: 'string', description: "The asking agency's own id for the learner, where it linked one." },
      };

const rowSchema = (list: Listing): Schema => {
  const { properties } = objectSchema(list.fields) as { readonly properties: Schemas };
  return plainObject(
    {
      ...learnerIn(list),
      ...properties,
      via: { type: 'array', items: ref('Via') },
    },
    [...(namesNobody(list) ? [] : ['learner']), ...Object.keys(list.fields), 'via'],
    list.says,
  );
};

const NEXT: Schema = {
  type: 'string',
  description: 'Present where there may be more: the `cursor` of the next page. Filters may leave a page short, or empty.',
};

/** Where the order of a list rests on what its rows show. */
export const ORDERS: Schema = {
  enum: ['whole', 'page'],
  description: 'Whether rows are in order over all pages (`whole`), or within each page, since too many may be on the list (`page`).',
};

export const isRanked = (list: Listing): boolean => 'rank' in list;

const pageSchema = (list: Listing): Schema =>
  plainObject(
    {
      view: { const: list.name },
      on: { type: 'string', format: 'date', description: 'The day of which states and terms are told.' },
      position: { ...ref('Position'), description: 'Of the decision in the log.' },
      purposes: { type: 'array', items: { type: 'string' } },
      ...(isRanked(list) && { order: ORDERS }),
      ...periodIn(list),
      rows: { type: 'array', ...(!isWorkedOut(list) && { maxItems: MOST_ROWS }), items: ref(rowName(list)) },
      ...(!isWorkedOut(list) && { next: NEXT }),
    },
    ['view', 'on', 'position', 'purposes', ...(isRanked(list) ? ['order'] : []), 'rows', ...Object.keys(periodIn(list))],
  );

const described: Schema = plainObject(
  {
    name: { type: 'string' },
    says: { type: 'string' },
    about: { enum: ['learners', 'things', 'counts'] },
    path: { type: 'string' },
    purposes: { type: 'array', items: { type: 'string' } },
    paged: { type: 'boolean', description: 'Whether it comes in pages, by `limit` and `cursor`; else whole.' },
    filters: {
      type: 'array',
      items: plainObject(
        {
          name: { type: 'string' },
          says: { type: 'string' },
          codes: { type: 'array', items: { type: 'string' } },
          period: { enum: ['day', 'month', 'year'] },
          usual: { type: 'string' },
        },
        ['name', 'says'],
      ),
    },
    columns: {
      type: 'array',
      items: { type: 'string' },
      description: 'Of the CSV: behind `localId`, where it is about learners, and before `clauses`.',
    },
    table: { type: 'array', items: { type: 'string' }, description: 'Those of the columns that a table on a page has room for.' },
  },
  ['name', 'says', 'about', 'path', 'purposes', 'paged', 'filters', 'columns', 'table'],
);

export const listSchemas: Schemas = {
  Via: VIA,
  Lists: plainObject({ lists: { type: 'array', items: described } }, ['lists']),
  ...Object.fromEntries(
    everyList.flatMap((list) => [[rowName(list), rowSchema(list)] as const, [pageName(list), pageSchema(list)] as const]),
  ),
};
