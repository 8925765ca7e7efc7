// What agencies send, as schemas: the envelope, and each type of the event catalogue with its data.
import { type Catalogue, type EventType, ID_PATTERN, type Schema } from '#catalogue';
import { ref, type Schemas } from './openapi.ts';

/** `assessment.recorded`, version 1: `AssessmentRecordedV1`. */
export const schemaName = ({ short, version }: Pick<EventType, 'short' | 'version'>): string =>
  `${short
    .split(/[.-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}V${version}`;

const TIME = '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-5][0-9](?:\\.[0-9]{1,12})?(?:Z|[+-][0-9]{2}:[0-9]{2})$';

const ENVELOPE: Schema = {
  type: 'object',
  description: 'CloudEvents 1.0, JSON format. Further attributes with lower-case names are kept as they are; a null one counts as absent.',
  required: ['specversion', 'id', 'source', 'type', 'time', 'data'],
  properties: {
    specversion: { const: '1.0' },
    id: {
      type: 'string',
      maxLength: 255,
      pattern: ID_PATTERN,
      description: "The agency's own message id, unique per source: the same id is never recorded twice.",
    },
    source: {
      type: 'string',
      pattern: '^urn:concordat:agency:[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$',
      description: 'The agency that owns the signing key.',
    },
    type: { type: 'string', description: 'A type of the event catalogue.' },
    subject: {
      type: ['string', 'null'],
      maxLength: 106,
      pattern: `^(?:uln:[0-9]{10}|local:${ID_PATTERN.slice(1, -1)}|psn:[A-Za-z0-9_-]{22})$`,
      description:
        "The learner: by Unique Learner Number, or by the agency's own id for the learner; on the learner's own page by the pseudonym that " +
        'the token of whoever is signed in names.',
    },
    time: {
      type: 'string',
      format: 'date-time',
      pattern: TIME,
      description: 'When it happened: RFC 3339 with offset, no leap second; from 2000 on, at most 5 minutes ahead.',
    },
    datacontenttype: {
      type: ['string', 'null'],
      pattern: '^application/json(?:; *charset=utf-8)?$',
      description: 'application/json, where given.',
    },
    dataschema: { type: ['string', 'null'], maxLength: 2048, pattern: '^\\P{Cc}+$' },
    data: { type: 'object' },
  },
};

const SUBJECT_RULES = {
  required: { required: ['subject'], properties: { subject: { type: 'string' } } },
  optional: {},
  none: { properties: { subject: { type: 'null', description: 'Events of this type are about no learner.' } } },
} as const;

/** The catalogue's schema without its own name and dialect: within the document they are the document's. */
const dataSchema = ({ schema: { $schema: _dialect, $id: _name, ...schema } }: EventType): Schema => schema;

const eventSchema = (type: EventType): Schema => {
  const rule = SUBJECT_RULES[type.subject] as { readonly required?: readonly string[]; readonly properties?: Schema };
  return {
    title: type.title,
    description: type.description,
    allOf: [ref('EventEnvelope')],
    type: 'object',
    required: ['type', 'data', ...(rule.required ?? [])],
    properties: { type: { const: type.name }, data: ref(`${schemaName(type)}Data`), ...rule.properties },
  };
};

/** All events: `Event` is any of them, `AssessmentRecordedV1` one, `AssessmentRecordedV1Data` its data. */
export const eventSchemas = ({ types }: Catalogue): Schemas => ({
  Event: {
    description: 'One learner event.',
    oneOf: types.map((type) => ref(schemaName(type))),
    discriminator: {
      propertyName: 'type',
      mapping: Object.fromEntries(types.map((type) => [type.name, `#/components/schemas/${schemaName(type)}`])),
    },
  },
  EventBatch: { type: 'array', description: 'Judged one by one, in order.', minItems: 0, maxItems: 500, items: ref('Event') },
  EventType: { type: 'string', enum: types.map(({ name }) => name), description: 'The event catalogue.' },
  EventEnvelope: ENVELOPE,
  ...Object.fromEntries(
    types.flatMap((type) => [
      [schemaName(type), eventSchema(type)],
      [`${schemaName(type)}Data`, dataSchema(type)],
    ]),
  ),
});
