// Every list in the document, made of its description (ADR 0027).
import type { Schema } from '#catalogue';
import { MOST_ROWS, USUAL_LIMIT } from '#egress';
import { allLists, type AnyList, exampleRow, type Filter, isOfThings, LONGEST_FILTER, objectSchema, pathOf } from '#read-models';
import { examplePeriod, periodIn } from './closing-lists.ts';
import { headerParameters, KNOWN_PURPOSES } from './learners-paths.ts';
import { json, type Operation, type Parameter, type Paths, plainObject, ref, type Schemas } from './openapi.ts';
import { internal, NO_STORE, problem, tooManyRequests, unavailable } from './problem-responses.ts';

export const pascal = (name: string): string => name.replaceAll(/(?:^|[-/])([a-z])/g, (_, letter: string) => letter.toUpperCase());
const rowName = ({ name }: AnyList): string => `${pascal(name)}Row`;
const pageName = ({ name }: AnyList): string => `${pascal(name)}Page`;

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

const learnerIn = (list: AnyList): Schemas =>
  isOfThings(list)
    ? {}
    : {
        learner: {
          type: list.isUnnamed ? ['string', 'null'] : 'string',
          description: "The asking agency's own pseudonym for the learner.",
        },
        localId: { type: 'string', description: "The asking agency's own id for the learner, where it linked one." },
      };

const rowSchema = (list: AnyList): Schema => {
  const { properties } = objectSchema(list.fields) as { readonly properties: Schemas };
  return plainObject(
    {
      ...learnerIn(list),
      ...properties,
      via: { type: 'array', items: ref('Via') },
    },
    [...(isOfThings(list) ? [] : ['learner']), ...Object.keys(list.fields), 'via'],
    list.says,
  );
};

const pageSchema = (list: AnyList): Schema =>
  plainObject(
    {
      view: { const: list.name },
      on: { type: 'string', format: 'date', description: 'The day of which states and terms are told.' },
      position: { ...ref('Position'), description: 'Of the decision in the log.' },
      purposes: { type: 'array', items: { type: 'string' } },
      ...periodIn(list),
      rows: { type: 'array', maxItems: MOST_ROWS, items: ref(rowName(list)) },
      next: {
        type: 'string',
        description: 'Present where there may be more: the `cursor` of the next page. Filters may leave a page short, or empty.',
      },
    },
    ['view', 'on', 'position', 'purposes', 'rows', ...Object.keys(periodIn(list))],
  );

const exampleOf = (list: AnyList): unknown => ({
  view: list.name,
  on: '2026-10-06',
  position: '1042',
  purposes: list.purposes,
  ...examplePeriod(list),
  rows: [
    {
      ...(!isOfThings(list) && { learner: 'psn:u2Yq8T0bq0y0u7rZb8yq3w', localId: 'cx-17' }),
      ...exampleRow(list.fields),
      via: [{ item: list.items.anchor[0], clause: 'own', basis: 'own', level: 'full', purpose: null, position: '17' }],
    },
  ],
});

const PERIODS = {
  day: { format: 'date', pattern: '^20' },
  month: { pattern: '^20\\d{2}-(0[1-9]|1[0-2])$' },
  year: { pattern: '^20\\d{2}$' },
} as const;

const valuesOf = ({ codes, period }: Filter): Schema => {
  if (period) return PERIODS[period];
  return codes ? { enum: codes } : { minLength: 1, maxLength: LONGEST_FILTER };
};

export const filterParameter = ([name, filter]: readonly [string, Filter]): Parameter => ({
  name,
  in: 'query',
  description: filter.says,
  schema: {
    type: 'string',
    ...valuesOf(filter),
    ...(filter.usual === undefined ? {} : { default: filter.usual }),
  },
});

export const ON: Parameter = {
  name: 'on',
  in: 'query',
  description: 'The day (London) of which states and terms are told; today where it is left out.',
  schema: { type: 'string', format: 'date', pattern: '^20' },
};

const PAGE: readonly Parameter[] = [
  ON,
  { name: 'cursor', in: 'query', description: 'The `next` of an earlier answer to the same question.', schema: { type: 'string' } },
  {
    name: 'limit',
    in: 'query',
    description: 'Rows on a page.',
    schema: { type: 'integer', minimum: 1, maximum: MOST_ROWS, default: USUAL_LIMIT },
  },
];

const POSITION = {
  ...NO_STORE,
  'Concordat-Position': { description: 'Of the decision in the log.', required: true, schema: ref('Position') },
};

/** Members of problems about parameters. */
export const FILTER_FAULTS = { ...KNOWN_PURPOSES, parameter: { type: 'string', description: 'Which parameter is at fault.' } };

/** What is about no learner is asked for the purposes of the list, where no header says others. */
const headersOf = (list: AnyList, purposes: readonly string[]): readonly Parameter[] =>
  headerParameters(purposes).map((one) => (isOfThings(list) && one.name === 'Purpose' ? { ...one, required: false } : one));

const decidedIn = (list: AnyList): string =>
  isOfThings(list)
    ? 'Each row is decided, and the page is recorded before it leaves. Without a `Purpose` header it is asked for'
    : "Each row is decided on the learner's file as it stands, and the page is recorded before it leaves. Purposes such as";

const operation = (list: AnyList, purposes: readonly string[]): Operation => ({
  operationId: `list-${list.name.replaceAll('/', '-')}`,
  tags: ['lists'],
  summary: list.says,
  description: `${decidedIn(list)} ${list.purposes.join(', ')}.`,
  security: [{ bearer: [] }],
  parameters: [...headersOf(list, purposes), ...Object.entries(list.filters).map(filterParameter), ...PAGE],
  responses: {
    200: {
      description: 'A page; with `Accept: text/csv` the whole list, from `cursor` on.',
      headers: {
        ...POSITION,
        'Concordat-View-Position': { description: 'Up to which the log was gone through.', required: true, schema: ref('Position') },
      },
      content: {
        ...json(pageName(list), { page: exampleOf(list) }),
        'text/csv': { schema: { type: 'string', description: 'RFC 4180: names of members joined by `_`, lists by `; `.' } },
      },
    },
    400: problem(
      [
        'purpose-missing',
        'purpose-unknown',
        'position-malformed',
        'limit-malformed',
        'cursor-invalid',
        'filter-unknown',
        'filter-invalid',
        'bad-request',
      ],
      {
        description: 'A header or parameter is missing or not well formed. Nothing was looked at.',
        someMembers: FILTER_FAULTS,
      },
    ),
    401: problem(['no-token', 'invalid-token'], {
      description: 'No token, or none that is in force.',
      headers: { 'WWW-Authenticate': { description: 'RFC 6750.', required: true, schema: { type: 'string' } } },
    }),
    403: problem(['not-permitted', 'not-an-agency'], {
      description: 'No clause could serve this agency for these purposes; or the token names an office or a learner.',
      headers: { ...NO_STORE, 'Concordat-Position': { ...POSITION['Concordat-Position'], required: false } },
      someMembers: {
        clauses: { type: 'array', items: { type: 'string' }, description: 'With `not-permitted`: one of these would have to hold.' },
      },
    }),
    429: tooManyRequests,
    500: internal,
    503: unavailable(['unavailable'], 'The decision cannot be recorded now, or the view has not reached the position asked for.'),
  },
});

const described: Schema = plainObject(
  {
    name: { type: 'string' },
    says: { type: 'string' },
    about: { enum: ['learners', 'things'] },
    path: { type: 'string' },
    purposes: { type: 'array', items: { type: 'string' } },
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
  },
  ['name', 'says', 'about', 'path', 'purposes', 'filters', 'columns'],
);

export const listSchemas: Schemas = {
  Via: VIA,
  Lists: plainObject({ lists: { type: 'array', items: described } }, ['lists']),
  ...Object.fromEntries(
    allLists.flatMap((list) => [[rowName(list), rowSchema(list)] as const, [pageName(list), pageSchema(list)] as const]),
  ),
};

export const listsPaths = (purposes: readonly string[]): Paths => ({
  '/v1/lists': {
    get: {
      operationId: 'lists',
      tags: ['lists'],
      summary: 'Which lists there are, with their filters and columns.',
      responses: {
        200: { description: 'All of them.', content: json('Lists') },
        400: problem(['bad-request'], { description: 'The request is not well formed.' }),
        500: internal,
      },
    },
  },
  ...Object.fromEntries(allLists.map((list) => [pathOf(list), { get: operation(list, purposes) }])),
});
