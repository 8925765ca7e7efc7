// The one place where an exception becomes an answer; what is not foreseen says nothing of itself to the caller.
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EventStoreError } from '#event-store';
import { StorageError } from '#kernel';
import { VaultError } from '#privacy';
import { ViewStoreError } from '#read-models';
import { NO_STORE } from './answer-headers.ts';
import type { HttpProblemCode } from './problem-codes.ts';
import { Problem, uncertain, unavailable } from './problem.ts';

const CODES: Readonly<Record<number, HttpProblemCode>> = {
  400: 'bad-request',
  404: 'no-such-route',
  405: 'method-not-allowed',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
};

@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log = new Logger('Http');

  catch(exception: unknown, host: ArgumentsHost): void {
    const problem = problemOf(exception);
    if (isFault(problem)) this.#log.error({ code: problem.code, cause: describe(problem.cause ?? exception) });
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    void reply
      .status(problem.status)
      .headers({ ...NO_STORE, ...problem.headers })
      .header('content-type', 'application/problem+json')
      .send(JSON.stringify(problem.details()));
  }
}

/** What an operator must hear of. A refusal on purpose, such as `busy`, has no cause: at a busy time its lines would be many. */
const isFault = ({ status, cause }: Problem<string>): boolean => status === 500 || (status > 500 && cause !== undefined);

const PASSING: ReadonlySet<string> = new Set(['unavailable', 'closed']);

/** Of a log that is kept elsewhere. */
const tooLarge = (cause: unknown): Problem =>
  new Problem(413, 'too-large', 'The store of the log takes no event or bookmark so large; nothing was recorded.', { cause });

const OF_CODES: Readonly<Record<string, (cause: unknown) => Problem>> = { uncertain, 'too-large': tooLarge };

/** A file that cannot be read or written now. What a vault or a view finds wrong for good does not pass. */
const ofStorage = (exception: unknown): Problem | undefined => {
  if (exception instanceof EventStoreError || exception instanceof StorageError)
    return (OF_CODES[exception.code] ?? unavailable)(exception);
  const passes = (exception instanceof VaultError || exception instanceof ViewStoreError) && PASSING.has(exception.code);
  return passes ? unavailable(exception) : undefined;
};

/** Any exception as a problem: framework errors by their status, those of files as 503, the rest as a bare 500. */
export const problemOf = (exception: unknown): Problem<string> => {
  if (exception instanceof Problem) return exception as Problem<string>;
  const storage = ofStorage(exception);
  if (storage) return storage;
  const status = statusOf(exception);
  if (status === undefined || status >= 500) {
    return new Problem(
      500,
      'internal',
      'Something went wrong here; it is logged. What was recorded by then counts: the same sent again counts once.',
      { cause: exception },
    );
  }
  return new Problem(status, CODES[status] ?? 'bad-request', sentenceOf(status), { cause: exception });
};

const statusOf = (exception: unknown): number | undefined => {
  if (exception instanceof HttpException) return exception.getStatus();
  const status = (exception as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
};

const SENTENCES: Readonly<Record<number, string>> = {
  404: 'There is no such route: /openapi.json lists them.',
  413: 'A message may have at most 1 MiB: send it in parts.',
  415: 'This route does not take that content type: /openapi.json says which it takes.',
};

const sentenceOf = (status: number): string => SENTENCES[status] ?? 'The request is not well formed: /openapi.json says what is expected.';

/** Name, code and place of an error, never its message, with which the stack begins: that could hold data. */
const describe = (cause: unknown): string => {
  if (!(cause instanceof Error)) return typeof cause;
  const { stack = '', message } = cause;
  const place = /^ +(at .+)$/m.exec(stack.slice(stack.indexOf(message) + message.length))?.[1] ?? '';
  const code = (cause as { code?: unknown }).code;
  return [cause.name, typeof code === 'string' ? code : '', place].filter(Boolean).join(' ');
};
