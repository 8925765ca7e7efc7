import { type ApiDocument, codeFieldsIn } from './api-description.ts';

const KINDS = { e2e: 'Entry to Employment' };
const document: ApiDocument = {
  paths: {},
  components: {
    schemas: {
      Page: { properties: { rows: { items: { $ref: '#/components/schemas/Row' } }, on: {} } },
      Row: {
        properties: {
          kind: { 'x-labels': KINDS },
          state: { enum: ['open', null] },
          left: { anyOf: [{}, { properties: { reason: { 'x-labels': { health: 'Health' } } } }] },
          givenName: {},
        },
      },
    },
  },
};

it('finds which fields hold codes, within others and behind references, and what these are called', () => {
  const fields = codeFieldsIn(document, { $ref: '#/components/schemas/Page' });
  expect([...fields]).toEqual([
    ['kind', KINDS],
    ['state', {}],
    ['left_reason', { health: 'Health' }],
  ]);
});
