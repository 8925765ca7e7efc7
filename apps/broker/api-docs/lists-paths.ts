// Every list in the document, made of its description (ADR 0027).
import type { Schema } from '#catalogue';
import { MOST_ROWS, USUAL_LIMIT } from '#egress';
import {
  everyList,
  exampleRow,
  type Filter,
  isOfThings,
  isWorkedOut,
  type Listing,
  LONGEST_FILTER,
  namesNobody,
  pathOf,
  restsOnThings,
} from '#read-models';
import { examplePeriod } from './closing-lists.ts';
import { isRanked, ORDERS, pageName } from './lists-schemas.ts';
import { headerParameters, KNOWN_PURPOSES } from './learners-paths.ts';
import { json, type Operation, type Parameter, type Paths, ref } from './openapi.ts';
import { internal, NO_STORE, problem, tooManyRequests, unavailable } from './problem-responses.ts';

const anchorIn = (list: Listing): string | undefined => (isWorkedOut(list) ? list.source : list).items.anchor[0];

const exampleOf = (list: Listing): unknown => ({
  view: list.name,
  on: '2026-10-06',
  position: '1042',
  purposes: list.purposes,
  ...(isRanked(list) && { order: 'whole' }),
  ...examplePeriod(list),
  rows: [
    {
      ...(!namesNobody(list) && { learner: 'psn:u2Yq8T0bq0y0u7rZb8yq3w', localId: 'cx-17' }),
      ...exampleRow(list.fields),
      via: [{ item: anchorIn(list), clause: 'own', basis: 'own', level: 'full', purpose: null, position: '17' }],
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
const headersOf = (list: Listing, purposes: readonly string[]): readonly Parameter[] =>
  headerParameters(purposes).map((one) => (restsOnThings(list) && one.name === 'Purpose' ? { ...one, required: false } : one));

const decidedIn = (list: Listing): string => {
  const askedFor = restsOnThings(list) ? 'Without a `Purpose` header it is asked for' : 'Purposes such as';
  if (isWorkedOut(list)) return `Worked out of all rows of \`${list.source.name}\`, each decided and recorded. ${askedFor}`;
  return isOfThings(list)
    ? `Each row is decided, and the page is recorded before it leaves. ${askedFor}`
    : `Each row is decided on the learner's file as it stands, and the page is recorded before it leaves. ${askedFor}`;
};

const operation = (list: Listing, purposes: readonly string[]): Operation => ({
  operationId: `list-${list.name.replaceAll('/', '-')}`,
  tags: ['lists'],
  summary: list.says,
  description: `${decidedIn(list)} ${list.purposes.join(', ')}.`,
  security: [{ bearer: [] }],
  parameters: [...headersOf(list, purposes), ...Object.entries(list.filters).map(filterParameter), ...(isWorkedOut(list) ? [ON] : PAGE)],
  responses: {
    200: {
      description: 'A page; with `Accept: text/csv` the whole list, from `cursor` on.',
      headers: {
        ...POSITION,
        'Concordat-View-Position': { description: 'Up to which the log was gone through.', required: true, schema: ref('Position') },
        ...(isRanked(list) && {
          'Concordat-Order': { description: 'As `order` of the page; of a file, too.', required: true, schema: ORDERS },
        }),
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
  ...Object.fromEntries(everyList.map((list) => [pathOf(list), { get: operation(list, purposes) }])),
});
