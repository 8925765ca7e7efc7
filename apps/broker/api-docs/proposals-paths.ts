// What parties propose for the next version of an agreement, in the document.
import { ROLES } from '#catalogue';
import { json, type Operation, type Parameter, type Paths, plainObject, ref, type Schemas } from './openapi.ts';
import { ACCEPT_ENCODING, internal, NO_STORE, problem, tooManyRequests, unavailable } from './problem-responses.ts';

const TEXT = { type: 'string' } as const;
const POSITIONS = { type: 'array', items: TEXT, description: 'Where the log has it. None: it was recorded before.' } as const;
const NAME = { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of its text.' } as const;

const SUMMARY: Schemas = {
  proposal: NAME,
  protocol: TEXT,
  version: { type: 'integer', minimum: 2 },
  title: TEXT,
  by: { type: 'string', description: 'Slug of the party that proposes it.' },
  proposedOn: { type: 'string', format: 'date' },
  position: ref('Position'),
  against: { type: 'integer', minimum: 1, description: 'The version in whose place it would come.' },
  mustSign: { type: 'array', items: { enum: [...ROLES] }, description: 'Of each of these roles somebody must sign it.' },
};
const NAMES = Object.keys(SUMMARY);
const WHY_NOT = ['no-such-protocol', 'not-a-party', 'version-not-next', 'signers-dropped', 'protocol-faulty', 'too-many-proposals'];
const pick = (...names: readonly string[]): Schemas => Object.fromEntries(names.map((name) => [name, SUMMARY[name] ?? TEXT]));
const DOCUMENT = {
  type: 'string',
  minLength: 1,
  maxLength: 500_000,
  description: 'The text, as YAML or JSON, of 256 KiB at most.',
} as const;

export const proposalSchemas: Schemas = {
  ProposalSummary: plainObject(SUMMARY, NAMES, 'A text that a party proposes for the next version. Nothing rests on it.'),
  Proposals: plainObject({ proposals: { type: 'array', items: ref('ProposalSummary') } }, ['proposals']),
  Proposal: plainObject(
    {
      ...SUMMARY,
      digest: { type: 'string', description: '`sha256:…` of the canonical form.' },
      keyId: TEXT,
      signature: { type: 'string', description: 'JWS over {digest, proposes, protocol, version}.' },
      document: { type: 'object', description: 'The text as data.' },
      sentences: {
        type: 'array',
        items: TEXT,
        description: 'Who would gain or lose which data, for which purpose; then what else changes.',
      },
    },
    [...NAMES, 'digest', 'keyId', 'signature', 'document', 'sentences'],
  ),
  ProposalChecked: plainObject(
    {
      ...pick('proposal', 'protocol', 'version', 'title', 'by', 'against', 'mustSign'),
      digest: { type: 'string', description: '`sha256:…` of the canonical form: what the statement is signed over.' },
      waits: { type: 'boolean', description: 'It is what the agency proposed last: proposing it again changes nothing.' },
      sentences: {
        type: 'array',
        items: TEXT,
        description: 'Who would gain or lose which data, for which purpose; then what else changes.',
      },
    },
    ['proposal', 'protocol', 'version', 'title', 'by', 'against', 'mustSign', 'digest', 'waits', 'sentences'],
    'What the text would be, if the agency proposed it now.',
  ),
  ProposalRefused: plainObject(
    {
      refusal: plainObject(
        { code: { enum: WHY_NOT, description: 'As `POST /v1/proposals` has it.' }, says: { type: 'string', description: 'What to do.' } },
        ['code', 'says'],
      ),
    },
    ['refusal'],
    'Why the text would not be taken.',
  ),
  ProposalCheck: { oneOf: [ref('ProposalChecked'), ref('ProposalRefused')] },
  ProposalToCheck: plainObject({ document: DOCUMENT }, ['document']),
  Proposing: plainObject(
    {
      document: DOCUMENT,
      statement: {
        type: 'string',
        minLength: 1,
        maxLength: 10_000,
        description:
          'One JWS in compact form over the RFC 8785 form of `{digest, proposes: true, protocol, version}`; `alg` EdDSA or ES256, `kid` of a registered signing key. It is the authentication.',
      },
    },
    ['document', 'statement'],
  ),
  Proposed: plainObject({ proposal: NAME, positions: POSITIONS }, ['proposal', 'positions']),
  ProposalSent: plainObject({ positions: POSITIONS }, ['positions']),
};

const PROPOSAL: Parameter = {
  name: 'proposal',
  in: 'path',
  required: true,
  description: 'As the list names it.',
  schema: { type: 'string', pattern: NAME.pattern },
};

const withToken = (
  about: Pick<Operation, 'operationId' | 'summary' | 'parameters' | 'description'>,
  told: string,
  more: Operation['responses'],
): Operation => ({
  ...about,
  tags: ['service'],
  security: [{ bearer: [] }],
  responses: {
    200: { description: 'What waits, or what became of it.', headers: NO_STORE, content: json(told) },
    401: problem(['no-token', 'invalid-token'], {
      description: 'No token, or none that is in force.',
      headers: { 'WWW-Authenticate': { description: 'RFC 6750.', required: true, schema: TEXT } },
    }),
    403: problem(['not-permitted'], {
      description: 'The token is of nobody to whom this is told, or who may do it.',
      members: { clauses: { type: 'array', items: TEXT, description: 'None would do.' } },
    }),
    429: tooManyRequests,
    500: internal,
    503: unavailable(['unavailable'], 'The log is out of reach.'),
    ...more,
  },
});

const malformed = problem(['bad-request'], { description: 'The request is not well formed.' });
const unknown = problem(['no-such-proposal'], { description: 'No such proposal waits.' });

export const proposalsPaths: Paths = {
  '/v1/proposals': {
    get: withToken(
      { operationId: 'proposals', summary: 'What parties propose for the next version of an agreement: to agencies and offices.' },
      'Proposals',
      { 400: malformed },
    ),
    post: {
      operationId: 'propose',
      tags: ['service'],
      summary: 'Propose a text for the next version of an agreement, as a party of it.',
      description:
        'It takes the place of what the same party proposed for this version before, and lapses once the version is drafted. Whoever must sign the last version must sign this one.',
      security: [],
      requestBody: { required: true, content: json('Proposing') },
      responses: {
        200: { description: 'Recorded, and shown to agencies and offices.', content: json('Proposed') },
        400: problem(['bad-request', 'names-another', 'protocol-faulty'], {
          description: 'It is not well formed, signed for another text, or lint finds errors in it.',
        }),
        401: problem(['signature-invalid'], { description: 'It is nobody’s who is known. Nothing is kept of it.' }),
        403: problem(['not-a-party'], { description: 'The agency did not sign the agreement, or left it.' }),
        404: problem(['no-such-protocol'], { description: 'No version of such an agreement was drafted.' }),
        409: problem(['digest-differs', 'version-not-next', 'signers-dropped', 'signature-used', 'too-many-proposals'], {
          description: 'It does not fit what is recorded.',
        }),
        413: problem(['too-large'], { description: 'The body is larger than 1 MiB.' }),
        415: problem(['unsupported-media-type'], { description: 'The body is not application/json.', headers: ACCEPT_ENCODING }),
        429: tooManyRequests,
        500: internal,
        503: unavailable(['unavailable'], 'Not now: send the same again, it counts once.'),
      },
    },
  },
  '/v1/proposal-checks': {
    post: {
      ...withToken(
        {
          operationId: 'proposal-check',
          summary: 'What would come of a text if the agency proposed it: the same checks, its digest, and what it would change.',
          description: 'For an agency, and for the data protection officer of one. Nothing is recorded.',
        },
        'ProposalCheck',
        {
          400: malformed,
          403: problem(['not-permitted'], {
            description: 'The token is of nobody who proposes.',
            members: { clauses: { type: 'array', items: TEXT, description: 'None would do.' } },
          }),
          413: problem(['too-large'], { description: 'The body is larger than 1 MiB.' }),
          415: problem(['unsupported-media-type'], { description: 'The body is not application/json.', headers: ACCEPT_ENCODING }),
        },
      ),
      requestBody: { required: true, content: json('ProposalToCheck') },
    },
  },
  '/v1/proposals/{proposal}': {
    get: withToken(
      { operationId: 'proposal', summary: 'One of them: its text, whose it is, and what it would change.', parameters: [PROPOSAL] },
      'Proposal',
      { 400: malformed, 404: unknown },
    ),
  },
  '/v1/proposals/{proposal}/send': {
    post: withToken(
      {
        operationId: 'proposal-send',
        summary: 'Send it for signature: its text is drafted as the next version, which its parties may sign.',
        description:
          'For the data protection officer of the partnership. It changes nothing of what is in force until all have signed who must.',
        parameters: [PROPOSAL],
      },
      'ProposalSent',
      {
        400: problem(['bad-request', 'protocol-faulty'], { description: 'It is not well formed, or other agreements have changed since.' }),
        404: unknown,
        413: problem(['too-large'], { description: 'The body is larger than 1 MiB.' }),
        415: problem(['unsupported-media-type'], {
          description: 'There is a body of a type that nothing takes.',
          headers: ACCEPT_ENCODING,
        }),
      },
    ),
  },
};
