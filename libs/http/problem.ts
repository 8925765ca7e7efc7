// What routes throw to answer with a problem.
import { type ProblemDetails, problemDetails } from '#kernel';

// Every problem that the HTTP interface tells, beside the faults of a signed message (`MESSAGE_FAULTS` of ingress).
// docs/guides/problems.md explains each; a spec holds the guide and /openapi.json against this table.

/** HTTP status by code. */
export const HTTP_PROBLEMS = {
  'bad-request': 400,
  'purpose-missing': 400,
  'purpose-unknown': 400,
  'position-malformed': 400,
  'limit-malformed': 400,
  'cursor-malformed': 400,
  'cursor-invalid': 400,
  'filter-unknown': 400,
  'filter-invalid': 400,
  'names-another': 400,
  'protocol-faulty': 400,
  'unsupported-grant-type': 400,
  'invalid-request': 400,
  'invalid-client': 401,
  'no-token': 401,
  'invalid-token': 401,
  'signature-invalid': 401,
  'not-permitted': 403,
  'not-an-agency': 403,
  'fills-no-role': 403,
  'not-a-party': 403,
  'no-such-route': 404,
  'no-such-learner': 404,
  'no-such-protocol': 404,
  'no-such-proposal': 404,
  'no-such-report': 404,
  'no-such-issue': 404,
  'no-such-match': 404,
  'no-such-code': 404,
  'method-not-allowed': 405,
  'request-timeout': 408,
  'unknown-agency': 409,
  'digest-differs': 409,
  'protocol-ended': 409,
  'signature-used': 409,
  'version-not-next': 409,
  'signers-dropped': 409,
  'too-many-proposals': 409,
  'review-not-later': 409,
  'review-too-far': 409,
  'not-closed': 409,
  'not-verified': 409,
  'already-published': 409,
  'no-such-position': 409,
  blocked: 409,
  'match-not-settled': 409,
  'match-decided-meanwhile': 409,
  erased: 410,
  'not-kept': 410,
  'too-large': 413,
  'unsupported-media-type': 415,
  'too-many-requests': 429,
  'headers-too-large': 431,
  internal: 500,
  unavailable: 503,
  busy: 503,
  'not-ready': 503,
} as const satisfies Readonly<Record<string, number>>;

export type HttpProblemCode = keyof typeof HTTP_PROBLEMS;

/**
 * An answer that is a problem: thrown by routes, told by `ProblemFilter`. Its detail holds no personal data.
 * Codes are those of `HTTP_PROBLEMS`; another closed union is named as the type argument.
 */
export class Problem<Code extends string = HttpProblemCode> extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly more: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: NoInfer<Code>,
    detail: string,
    options: {
      readonly more?: Readonly<Record<string, unknown>>;
      readonly headers?: Readonly<Record<string, string>>;
      readonly cause?: unknown;
    } = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = status;
    this.code = code;
    this.more = options.more ?? {};
    this.headers = options.headers ?? {};
  }

  details(): ProblemDetails {
    return problemDetails(this.status, this.code, this.message, this.more);
  }
}

/** A fault of ours that passes: the sender does well to come again. */
export const unavailable = (cause?: unknown): Problem => passing('Nothing was recorded. Send the same again in a moment.', cause);

/** The same, where it failed so late that some of it may be on disk. */
export const uncertain = (cause: unknown): Problem =>
  passing('Whether all of it was recorded is not certain. Send the same again in a moment: what is recorded already counts once.', cause);

const passing = (says: string, cause: unknown): Problem =>
  new Problem(503, 'unavailable', says, { headers: { 'retry-after': '1' }, cause });
