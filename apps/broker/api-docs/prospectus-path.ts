// The prospectus, in the document.
import { objectSchema, prospectus } from '#read-models';
import { type Header, json, type Operation, type Paths, plainObject, ref, type Response, type Schemas } from './openapi.ts';
import { filterParameter } from './lists-paths.ts';
import { internal, problem, unavailable } from './problem-responses.ts';

export const prospectusSchemas: Schemas = {
  Prospectus: plainObject(
    {
      view: { const: prospectus.name },
      on: { type: 'string', format: 'date', description: 'The day of which it tells.' },
      position: { ...ref('Position'), description: 'Of the decision by which it was published.' },
      rows: { type: 'array', items: objectSchema(prospectus.fields) },
    },
    ['view', 'on', 'position', 'rows'],
  ),
};

const HEADERS: Readonly<Record<string, Header>> = {
  'Cache-Control': { description: 'It may be kept for a minute.', required: true, schema: { type: 'string' } },
  'Access-Control-Allow-Origin': { description: 'Any website may ask for it.', required: true, schema: { const: '*' } },
  'Concordat-Position': { description: 'Of the decision by which it was published.', required: true, schema: ref('Position') },
};

const operation = (operationId: string, summary: string, content: NonNullable<Response['content']>): Operation => ({
  operationId,
  tags: ['lists'],
  summary,
  description: `${prospectus.says} It is decided by the clause that publishes it, and recorded when it changes. It names no learner.`,
  parameters: Object.entries(prospectus.filters).map(filterParameter),
  responses: {
    200: { description: 'All of it.', headers: HEADERS, content },
    400: problem(['filter-unknown', 'filter-invalid', 'bad-request'], {
      description: 'A parameter is not well formed.',
      someMembers: { parameter: { type: 'string', description: 'Which parameter is at fault.' } },
    }),
    500: internal,
    503: unavailable(['unavailable'], 'The decision cannot be recorded now.'),
  },
});

export const prospectusPaths: Paths = {
  '/v1/prospectus': {
    get: operation('prospectus', 'What there is to learn, for everybody.', {
      ...json('Prospectus'),
      'text/csv': { schema: { type: 'string', description: 'RFC 4180.' } },
    }),
  },
  '/v1/prospectus/feed': {
    get: operation('prospectus-feed', 'The same as an Atom feed, for websites.', {
      'application/atom+xml': { schema: { type: 'string', description: 'RFC 4287.' } },
    }),
  },
};
