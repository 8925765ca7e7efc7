// Receipts and problems as schemas. The members are held against the types that the broker answers with.
import { type Existing, type Receipt, REJECTION_CODES } from '#admission';
import { HTTP_PROBLEMS } from '#http';
import { MESSAGE_FAULTS } from '#ingress';
import type { Schema } from '#catalogue';
import type { LinkingIdentifier } from '#contribution';
import { objectOf, ref, type Schemas } from './openapi.ts';

const POSITION: Schema = { type: 'string', pattern: '^[0-9]{1,15}$' };
const DATE: Schema = { type: 'string', format: 'date' };

interface BaseProblem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

interface RejectionProblem extends BaseProblem {
  readonly candidates?: readonly string[];
  readonly identifier?: LinkingIdentifier;
}

const CANDIDATES: Schema = {
  type: 'array',
  items: { type: 'string' },
  minItems: 2,
  description:
    'With `ambiguous-reference`: slugs of the agencies whose thing it may be, as far as the sender may know of them; name one of them in `of`.',
};

const CONFLICTING: Schema = {
  type: 'string',
  enum: ['localId', 'uln'] satisfies readonly LinkingIdentifier[],
  description: "With `link-conflict`: which identifier of the sender's own contradicts what the sender itself told before.",
};

type ProblemMembers = { readonly [Member in keyof BaseProblem]-?: Schema };

const problemMembers = (codes: readonly string[]): ProblemMembers => ({
  type: { type: 'string', enum: codes.map((code) => `urn:concordat:problem:${code}`), description: 'The code as a URN; stable.' },
  title: { type: 'string', description: 'The status in words.' },
  status: { type: 'integer', minimum: 400, maximum: 599 },
  code: { type: 'string', enum: codes, description: 'Stable; docs/guides/problems.md says what to do about each.' },
  detail: {
    type: 'string',
    description: 'What is wrong and what to do, in a sentence for people. It may be reworded, and never holds personal data.',
  },
});

const ALWAYS = ['type', 'title', 'status', 'code', 'detail'] as const;

export const HTTP_CODES: readonly string[] = [...new Set([...Object.keys(HTTP_PROBLEMS), ...Object.keys(MESSAGE_FAULTS)])];

export const receiptSchemas: Schemas = {
  Position: {
    ...POSITION,
    description: 'Of an event in the log: decimal digits, as it may outgrow 53 bits. Later events have greater positions.',
  },
  Problem: objectOf<BaseProblem>(problemMembers(HTTP_CODES), ALWAYS, 'RFC 9457 problem details. Some codes bring further members.'),
  Rejection: objectOf<RejectionProblem>(
    { ...problemMembers(REJECTION_CODES), candidates: CANDIDATES, identifier: CONFLICTING },
    ALWAYS,
    'RFC 9457 problem details: why an event of a well-signed message was not recorded. The id is not consumed: the corrected event may use it again.',
  ),
  Existing: objectOf<Existing>(
    {
      assessmentId: { type: 'string' },
      framework: { type: 'string' },
      domain: { type: 'string' },
      assessedOn: DATE,
      validUntil: { ...DATE, description: 'The last day on which it is valid.' },
      link: { type: 'string', format: 'uri-reference', description: 'Where its content may be read; present for a sender who may.' },
    },
    ['assessmentId', 'framework', 'domain', 'assessedOn', 'validUntil'],
    'The assessment that exists already, as far as the sender may know of it. Told to the sender alone, as `learner` is.',
  ),
  Receipt: {
    ...objectOf<Receipt>(
      {
        id: { type: ['string', 'null'], description: 'As the sender gave it; null where the event has none that can be read.' },
        source: { type: 'string' },
        outcome: {
          type: 'string',
          enum: ['accepted', 'duplicate', 'already-captured', 'conflict', 'rejected'] satisfies readonly Receipt['outcome'][],
          description:
            'accepted: recorded and on disk. duplicate: the same id with the same content was recorded before; nothing new is. already-captured: an assessment that is still valid exists; `existing` says which. conflict: the id was recorded with other content; send a correction under a new id. rejected: see `problem`.',
        },
        position: ref('Position'),
        learner: {
          type: 'string',
          description:
            "The sender's own pseudonym for the learner; it may be used as `ref` in queries. Told to the sender alone: over Kafka, or to its own bearer token.",
        },
        existing: ref('Existing'),
        problem: ref('Rejection'),
      },
      ['id', 'source', 'outcome'],
      'What became of one event.',
    ),
    allOf: [
      { if: { properties: { outcome: { const: 'rejected' } } }, then: { required: ['problem'] }, else: { properties: { problem: false } } },
      { if: { required: ['existing'] }, then: { properties: { outcome: { enum: ['already-captured', 'duplicate'] } } } },
      {
        if: { properties: { outcome: { enum: ['accepted', 'duplicate', 'already-captured'] } } },
        then: { required: ['position'] },
        else: { properties: { position: false } },
      },
    ],
  },
  Receipts: objectOf<{ readonly receipts: unknown }>(
    { receipts: { type: 'array', items: ref('Receipt'), maxItems: 500 } },
    ['receipts'],
    'One receipt for each event, in the order of the message.',
  ),
};
