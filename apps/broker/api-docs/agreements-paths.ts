// Agreements in the document.
import type { Schema } from '#catalogue';
import { ROLES } from '#catalogue';
import { AGREEMENT_STATUSES } from '#sharing-protocols';
import { json, type Operation, type Parameter, type Paths, plainObject, ref, type Schemas } from './openapi.ts';
import { internal, problem, type ProblemCode, tooManyRequests, unavailable } from './problem-responses.ts';

const TEXT: Schema = { type: 'string' };
const DAY: Schema = { type: 'string', format: 'date' };
const TEXTS: Schema = { type: 'array', items: TEXT };

const PARTY: Schemas = {
  agency: TEXT,
  roles: TEXTS,
  signedOn: DAY,
  position: { ...TEXT, description: 'Of the signature in the log.' },
  keyId: TEXT,
  boundUntil: { ...DAY, description: 'When it is to review the text. It is a party until the days of grace after that are over.' },
  leftOn: { type: ['string', 'null'], format: 'date' },
};

const SUMMARY: Schemas = {
  id: TEXT,
  version: { type: 'integer', minimum: 1 },
  title: TEXT,
  status: { enum: [...AGREEMENT_STATUSES], description: 'Today: data flows while it is in-force or review-due.' },
  inForceFrom: DAY,
  reviewDue: DAY,
  graceUntil: { ...DAY, description: 'The last day on which data flows where nobody reviews it.' },
  daysToReview: { type: 'integer', description: 'Below 0 where it is past.' },
  parties: {
    type: 'array',
    items: plainObject(PARTY, Object.keys(PARTY), 'Who signed; who left is listed until the review is due.'),
  },
  missing: {
    type: 'array',
    items: plainObject({ role: TEXT, agencies: TEXTS }, ['role', 'agencies'], 'Of whom somebody must sign and nobody did.'),
  },
  digest: { type: 'string', description: '`sha256:…` of the canonical form that is signed.' },
  headingsMissing: { ...TEXTS, description: 'Of the agreement. A version that lacks one is not drafted.' },
  duties: { type: 'array', items: plainObject({ id: TEXT, who: TEXTS, within: TEXT }, ['id', 'who', 'within']) },
  positions: plainObject(
    { drafted: TEXT, inForce: { type: ['string', 'null'], description: 'Where the last party signed who must.' } },
    ['drafted', 'inForce'],
    'Places in the log.',
  ),
};
const REVIEW: Schemas = {
  nextReviewDue: DAY,
  on: DAY,
  keyId: TEXT,
  signature: { type: 'string', description: 'JWS over {digest, nextReviewDue, protocol, version}.' },
};
const NAMES = Object.keys(SUMMARY);

export const agreementSchemas: Schemas = {
  AgreementSummary: plainObject(SUMMARY, NAMES, 'One version of a sharing protocol.'),
  Agreements: plainObject({ protocols: { type: 'array', items: ref('AgreementSummary') } }, ['protocols']),
  AgreementVersions: plainObject({ id: TEXT, versions: { type: 'array', items: ref('AgreementSummary') } }, ['id', 'versions']),
  AgreementVersion: plainObject({ ...SUMMARY, document: { type: 'object', description: 'The protocol as data.' } }, [...NAMES, 'document']),
  AgreementDiff: plainObject({ id: TEXT, version: { type: 'integer' }, against: { type: 'integer' }, sentences: TEXTS }, [
    'id',
    'version',
    'against',
    'sentences',
  ]),
  AgreementRecorded: plainObject({ positions: TEXTS }, ['positions'], 'Where the log has it.'),
  AgreementSignatures: plainObject(
    {
      digest: TEXT,
      signatures: {
        type: 'array',
        items: plainObject(
          {
            ...{ agency: TEXT, keyId: TEXT, signature: { type: 'string', description: 'JWS over {digest, protocol, version}.' } },
            signedOn: DAY,
            reviews: { type: 'array', items: plainObject(REVIEW, Object.keys(REVIEW), 'How it re-affirmed the text, and until when.') },
          },
          ['agency', 'keyId', 'signature', 'signedOn', 'reviews'],
        ),
      },
    },
    ['digest', 'signatures'],
  ),
};

const inPath = (name: string, schema: Schema): Parameter => ({
  name,
  in: 'path',
  required: true,
  description: `The ${name} of a protocol.`,
  schema,
});
const ID = inPath('id', { type: 'string', pattern: '^[a-z][a-z0-9-]*$' });
const VERSION = inPath('version', { type: 'string', pattern: '^[1-9][0-9]*$' });

const FILTERS: readonly Parameter[] = [
  { name: 'status', in: 'query', description: 'Those that stand so today.', schema: { type: 'string', enum: [...AGREEMENT_STATUSES] } },
  { name: 'role', in: 'query', description: 'Those that have a party of this role.', schema: { type: 'string', enum: ROLES } },
  { name: 'review-due-before', in: 'query', description: 'Those whose review is due before this day.', schema: { ...DAY, pattern: '^20' } },
];

const operation = (
  operationId: string,
  summary: string,
  more: Pick<Operation, 'parameters' | 'responses' | 'requestBody' | 'security'>,
): Operation => ({
  operationId,
  tags: ['service'],
  summary,
  ...more,
  responses: { ...more.responses, 500: internal },
});

const unknown = problem(['no-such-protocol'], { description: 'No such protocol, or no such version of it, was drafted.' });
const malformed = problem(['bad-request'], { description: 'The request is not well formed.' });

interface Signed {
  readonly operationId: string;
  readonly summary: string;
  /** What is signed, as members of a JSON object. */
  readonly form: string;
  readonly refused: readonly ProblemCode[];
}

const signing = ({ operationId, summary, form, refused }: Signed): Operation => ({
  ...operation(operationId, summary, {
    parameters: [ID, VERSION],
    responses: {
      200: { description: 'Recorded. No positions: it was recorded before.', content: json('AgreementRecorded') },
      400: problem(['names-another', 'bad-request'], { description: 'It is not well formed, or signed for another version.' }),
      401: problem(['signature-invalid'], { description: 'It is nobody’s who is known. Nothing is kept of it.' }),
      403: problem(refused, { description: 'It is not for this agency to sign.' }),
      404: unknown,
      409: problem(CONFLICTS[operationId] ?? [], { description: 'It does not fit what is recorded.' }),
      413: problem(['too-large'], { description: 'It is larger than 1 MiB.' }),
      415: problem(['unsupported-media-type'], { description: 'The content type is not application/jose, or the body is compressed.' }),
      429: tooManyRequests,
      503: unavailable(['unavailable'], 'Not now: send the same again, it counts once.'),
    },
  }),
  security: [],
  requestBody: {
    required: true,
    description: `One JWS in compact form over the RFC 8785 form of \`${form}\`; \`alg\` EdDSA or ES256, \`kid\` of a registered signing key. The signature is the authentication.`,
    content: { 'application/jose': { schema: { type: 'string', contentMediaType: 'application/jose' } } },
  },
});

const CONFLICTS: Readonly<Record<string, readonly ProblemCode[]>> = {
  'protocol-sign': ['digest-differs', 'protocol-ended', 'signature-used'],
  'protocol-leave': ['digest-differs', 'signature-used'],
  'protocol-review': ['digest-differs', 'protocol-ended', 'signature-used', 'review-not-later', 'review-too-far'],
};

export const agreementsPaths: Paths = {
  '/v1/protocols': {
    get: operation('protocols', 'The agreements under which data flows, and where each version of them stands.', {
      parameters: FILTERS,
      responses: {
        200: { description: 'By id, the latest version first.', content: json('Agreements') },
        400: problem(['filter-unknown', 'filter-invalid', 'bad-request'], {
          description: 'A parameter is none, or not well formed.',
          someMembers: { parameter: { type: 'string', description: 'Which parameter is at fault.' } },
        }),
      },
    }),
  },
  '/v1/protocols/{id}': {
    get: operation('protocol', 'All versions of an agreement.', {
      parameters: [ID],
      responses: { 200: { description: 'The latest first.', content: json('AgreementVersions') }, 400: malformed, 404: unknown },
    }),
  },
  '/v1/protocols/{id}/{version}': {
    get: operation('protocol-version', 'A version of an agreement, as data or as the text that people sign.', {
      parameters: [ID, VERSION],
      responses: {
        200: {
          description: 'With `Accept: text/markdown` the readable agreement; with `application/ld+json` a policy in ODRL 2.2.',
          content: {
            ...json('AgreementVersion'),
            'text/markdown': { schema: { type: 'string' } },
            'application/ld+json': { schema: { type: 'object' } },
          },
        },
        400: malformed,
        404: unknown,
      },
    }),
  },
  '/v1/protocols/{id}/{version}/diff': {
    get: operation('protocol-diff', 'What a version changes against another, in sentences about people.', {
      parameters: [
        ID,
        VERSION,
        {
          name: 'against',
          in: 'query',
          required: true,
          description: 'The version to compare with.',
          schema: { type: 'string', pattern: '^[1-9][0-9]*$' },
        },
      ],
      responses: {
        200: { description: 'Who gains or loses which data, for which purpose; then what else changes.', content: json('AgreementDiff') },
        400: problem(['filter-unknown', 'filter-invalid', 'bad-request'], {
          description: 'A parameter is none, or not well formed.',
          someMembers: { parameter: { type: 'string', description: 'Which parameter is at fault.' } },
        }),
        404: unknown,
      },
    }),
  },
  '/v1/protocols/{id}/{version}/signatures': {
    get: operation('protocol-signatures', 'Who signed a version, with the signatures, so that anybody can check them.', {
      parameters: [ID, VERSION],
      responses: {
        200: { description: 'Of those who have not left.', content: json('AgreementSignatures') },
        400: malformed,
        404: unknown,
      },
    }),
    post: signing({
      operationId: 'protocol-sign',
      summary: 'Sign a version: its agency becomes a party.',
      form: '{digest, protocol, version}',
      refused: ['fills-no-role'],
    }),
  },
  '/v1/protocols/{id}/{version}/review': {
    post: signing({
      operationId: 'protocol-review',
      summary: 'Re-affirm a version until another day, at most 366 days ahead: the text stands, the date moves.',
      form: '{digest, nextReviewDue, protocol, version}',
      refused: ['not-a-party'],
    }),
  },
  '/v1/protocols/{id}/{version}/leave': {
    post: signing({
      operationId: 'protocol-leave',
      summary: 'Leave the agreement, whatever its version: nothing flows to or from the agency under it any more.',
      form: '{digest, leaves: true, protocol, version}',
      refused: ['not-a-party'],
    }),
  },
};
