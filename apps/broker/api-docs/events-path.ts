// POST /v1/events in the document.
import { type Existing, type Receipt, rejectionProblem } from '#admission';
import { MESSAGE_FAULTS } from '#ingress';
import { NO_SUCH_LEARNER } from '#learners';
import { examplesOf, json, type Paths, ref } from './openapi.ts';
import { ACCEPT_ENCODING, internal, NO_STORE, problem, type ProblemCode, tooManyRequests, unavailable } from './problem-responses.ts';

const source = 'urn:concordat:agency:black-country-training';
const learner = 'psn:u2Yq8T0bq0y0u7rZb8yq3w';

const existing: Existing = {
  assessmentId: 'a-17',
  framework: 'initial',
  domain: 'literacy',
  assessedOn: '2026-09-01',
  validUntil: '2027-02-28',
  link: `/v1/learners/${learner}/assessments`,
};

const example = (...receipts: readonly Receipt[]): { readonly receipts: readonly Receipt[] } => ({ receipts });

const RECEIPTS = {
  accepted: example({ id: 'm-1', source, outcome: 'accepted', position: '4711', learner }),
  duplicate: example({ id: 'm-1', source, outcome: 'duplicate', position: '4711', learner }),
  'without a token': example({ id: 'm-1', source, outcome: 'accepted', position: '4711' }),
  'already-captured': example({ id: 'm-2', source, outcome: 'already-captured', position: '4712', learner, existing }),
  conflict: example({ id: 'm-1', source, outcome: 'conflict' }),
  rejected: example({
    id: 'm-3',
    source,
    outcome: 'rejected',
    problem: rejectionProblem('schema', '/assessedOn: Give a day that exists, as YYYY-MM-DD.'),
  }),
  batch: example(
    { id: 'm-4', source, outcome: 'accepted', position: '4713', learner },
    { id: 'm-5', source, outcome: 'rejected', problem: rejectionProblem('no-such-learner', NO_SUCH_LEARNER.rejection.says) },
  ),
};

const JWS = {
  type: 'string',
  contentMediaType: 'application/jose',
  pattern: '^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*$',
} as const;

const MESSAGE = `One JWS in compact form (RFC 7515), at most 1 MiB. Protected header: \`alg\` EdDSA (Ed25519) or ES256; \`kid\`, the RFC 7638 thumbprint
of a signing key that the agency registered; \`cty\`, cloudevents+json for one event, or cloudevents-batch+json for an array of up to 500.
The payload is an \`Event\` or an \`EventBatch\` as JSON; an event has at most 256 KiB. The signature is the authentication: no token is needed.
Since anybody can send a signed message again, \`learner\` and \`existing\` of its receipts are told to a bearer token of its sender alone.`;

const faultsOf = (status: number): readonly ProblemCode[] =>
  (Object.keys(MESSAGE_FAULTS) as (keyof typeof MESSAGE_FAULTS)[]).filter((code) => MESSAGE_FAULTS[code][0] === status);

export const eventsPath: Paths = {
  '/v1/events': {
    post: {
      operationId: 'sendEvents',
      tags: ['events'],
      summary: 'Send one signed message of learner events; get a receipt for each event.',
      description:
        'Answers once everything that the receipts say is on disk. Sending the same message again is safe: what was recorded gets the receipt `duplicate`.',
      security: [{}, { bearer: [] }],
      requestBody: {
        required: true,
        description: MESSAGE,
        content: { 'application/jose': { schema: { ...JWS, 'x-jws-payload': { oneOf: [ref('Event'), ref('EventBatch')] } } } },
      },
      responses: {
        200: {
          description:
            'A receipt for each event, in order; as JSON, or with `Accept: application/jose` as a JWS that the broker signed over the same JSON (`alg` EdDSA, `kid` of /.well-known/jwks.json, `typ` concordat-receipts+jws).',
          headers: NO_STORE,
          content: {
            ...json('Receipts', RECEIPTS),
            'application/jose': {
              schema: { ...JWS, 'x-jws-payload': ref('Receipts') },
              ...examplesOf({ signed: 'eyJhbGciOiJFZERTQSJ9.eyJyZWNlaXB0cyI6W119.c2lnbmF0dXJl' }),
            },
          },
        },
        400: problem([...faultsOf(400), 'bad-request'], {
          description: 'The message cannot be read. It is kept in the operator’s quarantine, within an allowance for each address.',
        }),
        401: problem([...faultsOf(401), 'no-token', 'invalid-token'], {
          description:
            'The message cannot be attributed to a registered agency: it is kept in the operator’s quarantine, within an allowance for each address. Or there is an `Authorization` header without a token in force: then nothing was looked at. Nothing is recorded.',
          headers: { 'WWW-Authenticate': { description: 'RFC 6750; where the token is at fault.', schema: { type: 'string' } } },
        }),
        403: problem(['not-an-agency'], { description: 'The token names an office or a learner. Nothing was looked at.' }),
        413: problem(['too-large', ...faultsOf(413)], {
          description:
            'The message is larger than 1 MiB. One event over 256 KiB is not this, but a receipt `rejected` with the code too-large; so is an event about a learner of whom the sender told as much today as one agency may.',
        }),
        415: problem(['unsupported-media-type'], {
          description: 'The content type is not application/jose, or the body is compressed.',
          headers: ACCEPT_ENCODING,
        }),
        429: tooManyRequests,
        500: internal,
        503: unavailable(
          ['busy', 'unavailable'],
          'Not now: send the same message again, it counts once. `detail` says whether nothing was recorded, or that is not certain.',
        ),
      },
    },
  },
};
