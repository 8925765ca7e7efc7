// Errors as the wire tells them: RFC 9457 problem details, with a stable `type` and `code`.

/** A name for the kind of problem; docs/guides/problems.md explains each code. */
const problemType = (code: string): string => `urn:concordat:problem:${code}`;

export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  /** What is wrong and what to do; no personal data. */
  readonly detail: string;
  readonly [member: string]: unknown;
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not authenticated',
  403: 'Not permitted',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request timeout',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  429: 'Too many requests',
  431: 'Headers too large',
  500: 'Internal error',
  503: 'Not available now',
};

export const problemDetails = (
  status: number,
  code: string,
  detail: string,
  more: Readonly<Record<string, unknown>> = {},
): ProblemDetails => ({ type: problemType(code), title: TITLES[status] ?? 'Error', status, code, detail, ...more });
