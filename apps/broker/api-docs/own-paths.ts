// A learner's own record in the document (ADR 54).
import { CATEGORIES, type Schema } from '#catalogue';
import { exampleRow, type OwnClause, type OwnItem, type OwnKind, ownPages, type OwnPage, objectSchema, sharingFields } from '#read-models';
import { NOT_FOR_YOU } from './audit-paths.ts';
import { learnerRefused, POSITION } from './learners-paths.ts';
import { FILTER_FAULTS } from './lists-paths.ts';
import { pascal } from './lists-schemas.ts';
import { json, objectOf, type Operation, type Parameter, type Paths, plainObject, ref, type Schemas } from './openapi.ts';
import { problem } from './problem-responses.ts';

const HEAD = { on: '2026-10-06', position: '1042', learner: 'psn:u2Yq8T0bq0y0u7rZb8yq3w' };
const DAY: Schema = { type: 'string', format: 'date' };
const TEXTS: Schema = { type: 'array', items: { type: 'string' } };

const headed = (view: string, properties: Schemas, says: string): Schema =>
  plainObject(
    {
      view: { const: view },
      on: { ...DAY, description: 'Today, in London.' },
      position: { ...ref('Position'), description: 'Of the decision in the log.' },
      learner: {
        type: 'string',
        description: "As the learner's own page names the learner: the subject of what the learner says there.",
      },
      ...properties,
    },
    ['view', 'on', 'position', 'learner', ...Object.keys(properties).filter((name) => name !== 'next')],
    says,
  );

const ITEM: OwnItem = {
  id: 'Zb8yq3wu2Yq8T0bq0y0u7r',
  type: 'assessment.recorded',
  category: 'assessment',
  source: 'connexions-north',
  on: '2026-09-01',
  held: 'e2e-passport@1',
  shared: ['e2e-passport@1#EP3', 'e2e-passport@1#EP4'],
  data: { assessmentId: 'a-17', framework: 'initial', domain: 'literacy' },
};

const CLAUSE: OwnClause = {
  clause: 'e2e-passport@1#EP3',
  says: 'Whoever trains a young person may read their assessments, if they agree.',
  purposes: ['plan-learning'],
  basis: '6(1)(e)',
  consent: 'required',
  to: ['college', 'connexions', 'provider'],
  keptFor: 'P2Y',
  objectable: true,
};

const RECORD_SCHEMAS: Schemas = {
  OwnItem: objectOf<OwnItem>(
    {
      id: { type: 'string', description: 'For this learner alone.' },
      type: { type: 'string', description: 'Short, as `assessment.recorded`.' },
      category: { enum: CATEGORIES },
      source: { type: 'string', description: 'Slug of the agency that recorded it.' },
      on: { ...DAY, description: 'On which it happened, as its source says.' },
      status: { enum: ['superseded', 'rectified', 'disputed', 'retracted'], description: 'Present where it is no longer the current one.' },
      confirmed: { const: false, description: 'Present where its source does not stand with the learner: it has no effect on anybody.' },
      notShownBefore: { const: true, description: 'Its source kept it from the learner until now.' },
      held: { type: 'string', description: 'The agreement that lets its source record it, as `e2e-passport@1`.' },
      shared: { ...TEXTS, description: 'Clauses by which agencies may be shown such a thing; `clauses` tells what they say.' },
      data: { type: 'object', description: 'What it says, whole.' },
    },
    ['type', 'category', 'shared', 'data'],
    'An item of the record as the learner is shown it.',
  ),
  OwnKind: objectOf<OwnKind>(
    {
      category: { enum: CATEGORIES },
      sentence: plainObject({ en: { type: 'string' }, cy: { type: 'string' } }, ['en', 'cy'], 'What it is, as it is said to a learner.'),
      items: { type: 'integer', minimum: 1 },
      sources: { ...TEXTS, description: 'Slugs of the agencies that told it.' },
      lastOn: { ...DAY, description: 'The latest day of one of them.' },
    },
    ['category', 'sentence', 'items', 'sources'],
  ),
  OwnClause: objectOf<OwnClause>(
    {
      clause: { type: 'string', description: '`protocol@version#clause`.' },
      says: { type: 'string', description: 'In the words of the agreement.' },
      purposes: TEXTS,
      basis: { type: 'string', description: 'Lawful basis, as `6(1)(e)`.' },
      consent: { enum: ['required', 'explicit'], description: 'Absent: it asks for none.' },
      to: { ...TEXTS, description: 'Roles of those who may be shown it.' },
      keptFor: { type: 'string', pattern: '^P', description: 'How long they may keep it: an ISO 8601 duration, as `P2Y`.' },
      objectable: { type: 'boolean', description: 'Whether the learner may object (UK GDPR Art 21).' },
    },
    ['clause', 'says', 'purposes', 'basis', 'to', 'keptFor', 'objectable'],
  ),
  OwnRecord: headed(
    'own-record',
    {
      kinds: { type: 'array', items: ref('OwnKind'), description: 'Of all pages.' },
      items: { type: 'array', items: ref('OwnItem'), description: 'The last recorded first.' },
      clauses: { type: 'array', items: ref('OwnClause'), description: 'Those that the items of this page name.' },
      next: { type: 'string', description: 'Present where there are more: the `cursor` of the next page.' },
    },
    'What is held about the learner. What is withheld leaves no trace.',
  ),
};

const fieldsSchema = (fields: OwnPage['fields']): Schemas => (objectSchema(fields) as { readonly properties: Schemas }).properties;
const schemaName = ({ name }: Pick<OwnPage, 'name'>): string => pascal(name);

export const ownSchemas: Schemas = {
  ...RECORD_SCHEMAS,
  OwnSharing: headed('own-sharing', fieldsSchema(sharingFields), 'What the learner shares.'),
  ...Object.fromEntries(ownPages.map((page) => [schemaName(page), headed(page.name, fieldsSchema(page.fields), page.says)])),
};

const RECORD_PARAMETERS: readonly Parameter[] = [
  { name: 'category', in: 'query', description: 'Items of this category alone.', schema: { type: 'string', enum: CATEGORIES } },
  { name: 'cursor', in: 'query', description: 'The `next` of an earlier answer to the same question.', schema: { type: 'string' } },
  { name: 'limit', in: 'query', description: 'Items on a page.', schema: { type: 'integer', minimum: 1, maximum: 500, default: 200 } },
];

interface Described {
  readonly operationId: string;
  readonly summary: string;
  readonly schema: string;
  readonly example: unknown;
  readonly parameters?: readonly Parameter[];
  readonly faults?: Parameters<typeof problem>[0];
}

const operation = ({ operationId, summary, schema, example, parameters = [], faults = [] }: Described): { readonly get: Operation } => ({
  get: {
    operationId,
    tags: ['own record'],
    summary,
    description:
      'Of whoever the token names, a learner. The decision is recorded before the answer leaves, and the learner can see it. No purpose is ' +
      'named: the clause has one.',
    security: [{ bearer: [] }],
    parameters,
    responses: {
      200: { description: 'What the learner may know.', headers: POSITION, content: json(schema, { answer: example }) },
      ...learnerRefused,
      400: problem(['position-malformed', 'filter-unknown', ...faults, 'bad-request'], {
        description: 'A header or parameter is not well formed. Nothing was looked at.',
        someMembers: FILTER_FAULTS,
      }),
      403: NOT_FOR_YOU,
    },
  },
});

const pageOperation = (page: OwnPage): { readonly get: Operation } =>
  operation({
    operationId: page.name,
    summary: page.says,
    schema: schemaName(page),
    example: { view: page.name, ...HEAD, ...exampleRow(page.fields) },
  });

export const ownPaths: Paths = {
  '/v1/me/record': operation({
    operationId: 'ownRecord',
    summary: 'What is held about the learner: whose it is, why it may be held, and where it may go.',
    schema: 'OwnRecord',
    example: {
      view: 'own-record',
      ...HEAD,
      kinds: [
        {
          category: 'assessment',
          sentence: { en: 'Your assessments.', cy: 'Eich asesiadau.' },
          items: 1,
          sources: ['connexions-north'],
          lastOn: '2026-09-01',
        },
      ],
      items: [ITEM],
      clauses: [CLAUSE],
    },
    parameters: RECORD_PARAMETERS,
    faults: ['filter-invalid', 'limit-malformed', 'cursor-malformed'],
  }),
  '/v1/me/sharing': operation({
    operationId: 'ownSharing',
    summary: 'What the learner agreed to share, what goes on without, and what came of stopping.',
    schema: 'OwnSharing',
    example: { view: 'own-sharing', ...HEAD, ...exampleRow(sharingFields) },
  }),
  ...Object.fromEntries(ownPages.map((page) => [`/v1/me/${page.path}`, pageOperation(page)])),
};
