// Who takes part, in the document.
import { json, type Paths, plainObject, type Schemas } from './openapi.ts';
import { internal, problem } from './problem-responses.ts';

const TEXT = { type: 'string' } as const;
const AGENCY = {
  slug: { ...TEXT, description: 'As answers name it.' },
  name: { ...TEXT, description: 'As people know it.' },
  roles: { type: 'array', items: TEXT },
} as const;

export const agenciesSchemas: Schemas = {
  Agencies: plainObject({ agencies: { type: 'array', items: plainObject(AGENCY, Object.keys(AGENCY)) } }, ['agencies']),
};

export const agenciesPath: Paths = {
  '/v1/agencies': {
    get: {
      operationId: 'agencies',
      tags: ['service'],
      summary: 'Who takes part today, by name.',
      responses: {
        200: {
          description: 'By slug.',
          content: json('Agencies', {
            agencies: { agencies: [{ slug: 'connexions-north', name: 'Connexions North', roles: ['connexions'] }] },
          }),
        },
        400: problem(['bad-request'], { description: 'The request is not well formed.' }),
        500: internal,
      },
    },
  },
};
