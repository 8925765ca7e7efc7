// Every document about a learner in the document of the interface, made of its description (ADR 0038).
import type { Schema } from '#catalogue';
import { allDocuments, exampleRow, type LearnerDocument, objectSchema } from '#read-models';
import { headerParameters, learnerRefused, notPermitted, POSITION, REASON, refParameter } from './learners-paths.ts';
import { filterParameter, FILTER_FAULTS, ON } from './lists-paths.ts';
import { pascal } from './lists-schemas.ts';
import { json, type Operation, type Parameter, type Paths, plainObject, ref, type Schemas } from './openapi.ts';
import { problem } from './problem-responses.ts';

const schemaName = ({ name }: LearnerDocument): string => `${pascal(name)}Document`;

const isObject = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Nothing but what is described: what a document leaves out, it never tells. */
const closed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(closed);
  if (!isObject(value)) return value;
  const inside = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, closed(one)]));
  return value['type'] === 'object' ? { ...inside, additionalProperties: false } : inside;
};

const documentSchema = ({ name, fields, says, dated }: LearnerDocument): Schema => {
  const { properties } = objectSchema(fields) as { readonly properties: Schemas };
  const described = plainObject(
    {
      view: { const: name },
      ...(dated && { on: { type: 'string', format: 'date', description: 'The day of which states and terms are told.' } }),
      position: { ...ref('Position'), description: 'Of the decision in the log.' },
      purposes: { type: 'array', items: { type: 'string' } },
      learner: { type: 'string', description: "The asker's own pseudonym for the learner." },
      localId: { type: 'string', description: "The asking agency's own id for the learner, where it linked one." },
      ...properties,
      via: { type: 'array', items: ref('Via') },
    },
    ['view', ...(dated ? ['on'] : []), 'position', 'purposes', 'learner', ...Object.keys(fields), 'via'],
    says,
  );
  return closed(described) as Schema;
};

const exampleOf = ({ name, purposes, fields, dated, items }: LearnerDocument): unknown => ({
  view: name,
  ...(dated && { on: '2026-10-06' }),
  position: '1042',
  purposes,
  learner: 'psn:u2Yq8T0bq0y0u7rZb8yq3w',
  localId: 'cx-17',
  ...exampleRow(fields),
  via: [{ item: items.types[0], clause: 'own', basis: 'own', level: 'full', purpose: null, position: '17' }],
});

const parametersOf = ({ filters, dated }: LearnerDocument): readonly Parameter[] => [
  ...Object.entries(filters).map(filterParameter),
  ...(dated ? [ON] : []),
];

const csvOf = ({ noCsv }: LearnerDocument): Operation['responses'][string]['content'] =>
  noCsv === undefined
    ? {
        'text/csv': {
          schema: { type: 'string', description: 'RFC 4180: a line an entry; names of members joined by `_`, lists by `; `.' },
        },
      }
    : {};

const operation = (document: LearnerDocument, purposes: readonly string[]): Operation => ({
  operationId: `learner-${document.name}`,
  tags: ['learners'],
  summary: document.says,
  description: [
    "Made of what the asker may see of the learner's file, item by item: what is absent and what is withheld look alike.",
    `The decision is recorded before the answer leaves. Purposes such as ${document.purposes.join(', ')}.`,
    ...(document.noCsv === undefined ? [] : [document.noCsv]),
  ].join(' '),
  security: [{ bearer: [] }],
  parameters: [refParameter, ...headerParameters(purposes), REASON, ...parametersOf(document)],
  responses: {
    200: {
      description: 'The document, with the clauses on which it rests.',
      headers: POSITION,
      content: { ...json(schemaName(document), { document: exampleOf(document) }), ...csvOf(document) },
    },
    ...learnerRefused,
    400: problem(['purpose-missing', 'purpose-unknown', 'position-malformed', 'filter-unknown', 'filter-invalid', 'bad-request'], {
      description: 'A header or parameter is missing or not well formed. Nothing was looked at.',
      someMembers: FILTER_FAULTS,
    }),
    403: notPermitted,
  },
});

export const documentSchemas: Schemas = Object.fromEntries(allDocuments.map((one) => [schemaName(one), documentSchema(one)]));

export const documentsPaths = (purposes: readonly string[]): Paths =>
  Object.fromEntries(allDocuments.map((one) => [`/v1/learners/{ref}/${one.path}`, { get: operation(one, purposes) }]));
