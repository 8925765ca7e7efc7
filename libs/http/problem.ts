// What routes throw to answer with a problem.
import { problemDetails, type ProblemDetails } from '#kernel';
import type { HttpProblemCode } from './problem-codes.ts';

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
