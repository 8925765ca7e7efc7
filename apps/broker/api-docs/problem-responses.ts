// Answers that are problems: each with the codes that it may hold, and an example of each made by the code that makes the answer.
import { HTTP_PROBLEMS, type HttpProblemCode } from '#http';
import { type JwsFaultCode, MESSAGE_FAULTS } from '#ingress';
import { problemDetails } from '#kernel';
import { type Example, type Header, ref, type Response } from './openapi.ts';

export type ProblemCode = HttpProblemCode | JwsFaultCode;

/** Examples of what the details say; the sentences in use may be reworded at any time. */
const SENTENCES: Readonly<Partial<Record<ProblemCode, string>>> = {
  'bad-request': 'The request is not well formed: /openapi.json says what is expected.',
  'too-large': 'A message may have at most 1 MiB: send it in parts.',
  'unsupported-media-type': 'Send one JWS in compact form, with content-type application/jose.',
  'too-many-requests': 'Too many requests of your agency within a minute: wait as Retry-After says.',
  internal: 'Something went wrong here; it is logged. What was recorded by then counts: the same sent again counts once.',
  unavailable: 'Nothing was recorded. Send the same again in a moment.',
  busy: 'Too many messages are being judged. Nothing was recorded: send the same again in a moment.',
  'no-token': 'Send `Authorization: Bearer <token>` with a token in force; /.well-known/oauth-authorization-server says where to get one.',
  'invalid-token':
    'Send `Authorization: Bearer <token>` with a token in force; /.well-known/oauth-authorization-server says where to get one.',
  'purpose-missing': 'Say what the data is for in a Purpose header, such as "Purpose: plan-learning".',
  'purpose-unknown': 'The Purpose header names a purpose that no protocol of the partnership has; `purposes` lists those that are known.',
  'position-malformed': 'Concordat-Min-Position takes a position as receipts give it: decimal digits.',
  'limit-malformed': 'limit takes a whole number from 1 to 500.',
  'cursor-malformed': 'cursor takes the `next` of an earlier answer, as it was given.',
  'cursor-invalid': 'cursor takes the `next` of an answer of the last 24 hours to the same question.',
  'filter-unknown': 'It takes adviser, state, on, limit, cursor alone.',
  'filter-invalid': 'state takes one of current, ended.',
  'not-permitted':
    'You contributed nothing about this learner, and no clause permits what you ask for. One of `clauses` would have to hold.',
  'not-an-agency': 'Only agencies do this: send a token that names yours.',
  'no-such-learner': 'There is no such learner, or none whom you may know of.',
  'names-another': 'Send it to the version that it names: it is signed for youth-justice@1.',
  'signature-invalid': 'Sign {digest, protocol, version} in canonical form with a registered key that is in force.',
  'fills-no-role': 'Leave e2e-passport@1 to its parties: castings fills no role of it.',
  'not-a-party': 'Sign e2e-passport@1 first: castings is no party of it.',
  'digest-differs': 'Sign the text that was drafted: its digest is sha256:….',
  'protocol-ended': 'Sign the later version: e2e-passport@1 is superseded.',
  'signature-used': 'Sign anew, with the time as `iat` in the header: this signature counted once and was withdrawn since.',
  'review-not-later': 'Name a day that is not past, and after 2026-12-01: until then bct is bound already.',
  'review-too-far': 'Let the next review be due by 2027-12-02: 366 days ahead at most.',
  'version-not-next': 'Give the text version 2: that is the next of e2e-passport.',
  'signers-dropped': 'Leave whoever must sign the last version among those who must sign this one: connexions.',
  'protocol-faulty': 'flows.0.to: Name a role of the catalogue.',
  'too-many-proposals': 'Agree first: bct proposed 10 texts for version 2 already.',
  'no-such-proposal': 'No such proposal waits: /v1/proposals lists those that do.',
  'no-such-code': 'There is no such code, or it was used, is over, or was mistyped too often: ask for a new one.',
  'no-such-match': 'There is no such match: take its id from the list of matches.',
  'match-not-settled': 'The two are not merged with one another.',
  'match-decided-meanwhile': 'Something was decided about this match since that position: look at it again, then decide.',
  'not-ready': 'Send elsewhere for now: `reasons` says what is amiss.',
};

const MORE: Readonly<Partial<Record<ProblemCode, Readonly<Record<string, unknown>>>>> = {
  'purpose-missing': { purposes: ['plan-learning', 'support-learner'] },
  'purpose-unknown': { purposes: ['plan-learning', 'support-learner'] },
  'filter-unknown': { parameter: 'colour' },
  'filter-invalid': { parameter: 'state' },
  'not-permitted': { clauses: ['e2e-passport@1#EP3'] },
  'unsupported-grant-type': { error: 'unsupported_grant_type', error_description: 'Send grant_type=client_credentials.' },
  'invalid-request': { error: 'invalid_request', error_description: 'Send client_assertion.' },
  'invalid-client': {
    error: 'invalid_client',
    error_description: 'The assertion must be signed by a key in force that the agency registered, and name it by `kid`.',
  },
  'not-ready': { reasons: [{ check: 'disk', says: 'The data directory cannot be written.' }], views: [], warnings: [] },
};

const isMessageFault = (code: ProblemCode): code is JwsFaultCode => code in MESSAGE_FAULTS;

const statusOf = (code: ProblemCode): number => (isMessageFault(code) ? MESSAGE_FAULTS[code][0] : HTTP_PROBLEMS[code]);

const detailOf = (code: ProblemCode): string => {
  const said = MORE[code]?.['error_description'];
  if (typeof said === 'string') return said;
  return isMessageFault(code) ? MESSAGE_FAULTS[code][1] : (SENTENCES[code] ?? code);
};

const exampleOf = (code: ProblemCode): Example => ({ value: problemDetails(statusOf(code), code, detailOf(code), MORE[code]) });

export interface ProblemTerms {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Header>>;
  /** Members beside those that all problems have: of every code, or of some. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly someMembers?: Readonly<Record<string, unknown>>;
}

const PROBLEM = 'application/problem+json';

/** An answer with a problem of one of these codes, which must have one status. */
export const problem = (
  codes: readonly ProblemCode[],
  { description, headers, members = {}, someMembers = {} }: ProblemTerms,
): Response => ({
  description,
  ...(headers === undefined ? {} : { headers }),
  content: {
    [PROBLEM]: {
      schema: {
        allOf: [ref('Problem')],
        type: 'object',
        required: Object.keys(members),
        properties: { code: { enum: codes }, ...members, ...someMembers },
      },
      examples: Object.fromEntries(codes.map((code) => [code, exampleOf(code)])),
    },
  },
});

/** The same answer, which may be a problem of another code as well. */
export const withCode = (response: Response, code: ProblemCode): Response => {
  const { schema, examples = {} } = response.content?.[PROBLEM] ?? {};
  if (schema === undefined || code in examples) return response;
  const properties = { ...(schema['properties'] as object), code: { enum: [...Object.keys(examples), code] } };
  const media = { schema: { ...schema, properties }, examples: { ...examples, [code]: exampleOf(code) } };
  return { ...response, content: { ...response.content, [PROBLEM]: media } };
};

/** Of answers that hold personal data or tokens. */
export const NO_STORE: Readonly<Record<string, Header>> = {
  'Cache-Control': { description: 'no-store', required: true, schema: { const: 'no-store' } },
};

/** Of 415 for a body that is compressed. */
export const ACCEPT_ENCODING: Readonly<Record<string, Header>> = {
  'Accept-Encoding': { description: 'Where a `Content-Encoding` is at fault: identity.', schema: { const: 'identity' } },
};

const RETRY_AFTER: Header = {
  description: 'Seconds to wait before the next try.',
  required: true,
  schema: { type: 'integer', minimum: 0 },
};

export const tooManyRequests = problem(['too-many-requests'], {
  description: 'Too many requests of the agency within a minute, or from this address where they cannot be attributed.',
  headers: { 'Retry-After': RETRY_AFTER },
});

export const internal = problem(['internal'], { description: 'A fault of the broker. What was sent may be sent again: it counts once.' });

export const unavailable = (
  codes: readonly ProblemCode[],
  description: string,
  members: Readonly<Record<string, unknown>> = {},
): Response => problem(codes, { description, members, headers: { 'Retry-After': RETRY_AFTER } });
