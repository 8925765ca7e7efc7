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
  'unsupported-grant-type': 400,
  'invalid-request': 400,
  'invalid-client': 401,
  'no-token': 401,
  'invalid-token': 401,
  'not-permitted': 403,
  'not-an-agency': 403,
  'no-such-route': 404,
  'no-such-learner': 404,
  'method-not-allowed': 405,
  'request-timeout': 408,
  'unknown-agency': 409,
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
