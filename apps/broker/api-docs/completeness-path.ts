// How complete agencies' records are, in the document.
import { type CompletenessRow, MEASURES } from '#read-models';
import { operation, refusals } from './data-quality-paths.ts';
import { json, objectOf, type Paths, ref, type Schemas } from './openapi.ts';
import { NO_STORE, problem } from './problem-responses.ts';

export const completenessSchemas: Schemas = {
  CompletenessRow: objectOf<CompletenessRow>(
    {
      agency: { type: 'string', description: 'Whose records they are.' },
      measure: {
        enum: [...MEASURES],
        description:
          'uln, postcode, date-of-birth: learners whom it registered, and whose it said; review: its programmes, and those of which a review was held; destination: learners with a destination by it that has begun, and those whose latest has not lapsed.',
      },
      have: { type: 'integer', minimum: 0, description: 'How many have it.' },
      of: { type: 'integer', minimum: 0, description: 'Of how many.' },
    },
    ['agency', 'measure', 'have', 'of'],
  ),
  Completeness: objectOf<{
    readonly view: string;
    readonly on: string;
    readonly position: string;
    readonly rows: readonly CompletenessRow[];
  }>(
    {
      view: { const: 'data-quality/completeness' },
      on: { type: 'string', format: 'date' },
      position: ref('Position'),
      rows: { type: 'array', items: ref('CompletenessRow') },
    },
    ['view', 'on', 'position', 'rows'],
  ),
};

export const completenessPath: Paths = {
  '/v1/data-quality/completeness': {
    get: operation({
      operationId: 'completeness',
      summary: 'How complete agencies’ records are: to an agency of its own, to the data manager of all. Numbers alone.',
      parameters: [
        { name: 'agency', in: 'query', description: 'Of this agency alone.', schema: { type: 'string', minLength: 1, maxLength: 100 } },
        {
          name: 'on',
          in: 'query',
          description: 'The day at whose end it is asked; today without.',
          schema: { type: 'string', format: 'date', pattern: '^20' },
        },
        {
          name: 'Concordat-Min-Position',
          in: 'header',
          description: 'A position, such as a receipt gives: the log was then gone through up to there at least, or the answer is 503.',
          schema: ref('Position'),
        },
      ],
      responses: {
        200: {
          description: 'By agency. Of nobody’s own words but the agency’s. With `Accept: text/csv` as a table.',
          headers: {
            ...NO_STORE,
            'Concordat-Position': { description: 'Of the look in the log.', required: true, schema: ref('Position') },
            'Concordat-View-Position': { description: 'Up to which the log was gone through.', required: true, schema: ref('Position') },
            'Content-Disposition': {
              description: 'Of CSV alone: `data-quality-completeness-<on>-<position>.csv`.',
              schema: { type: 'string' },
            },
          },
          content: { ...json('Completeness'), 'text/csv': { schema: { type: 'string' } } },
        },
        ...refusals,
        400: problem(['position-malformed', 'filter-unknown', 'filter-invalid', 'bad-request'], {
          description: 'A header or parameter is none, or not well formed.',
          someMembers: { parameter: { type: 'string', description: 'Which parameter is at fault.' } },
        }),
        403: problem(['not-permitted'], {
          description: 'An agency is told of its own records, the data manager of all.',
          someMembers: { clauses: { type: 'array', items: { type: 'string' }, description: 'None would do.' } },
        }),
      },
    }),
  },
};
