// The one place where an exception becomes an answer, of a route or of a request that never became one.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { EventStoreError } from '#event-store';
import { StorageError } from '#kernel';
import { VaultError } from '#privacy';
import { ViewStoreError } from '#read-models';
import { NO_SNIFF, NO_STORE } from './http-form.ts';
import { HTTP_PROBLEMS, type HttpProblemCode, Problem, unavailable, uncertain } from './problem.ts';

// Requests that never become one: Node tells of them, and they are answered on the bare connection, as problems like all others.

const OF_CLIENTS: Readonly<Record<string, readonly [HttpProblemCode, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [
    'request-timeout',
    'The request did not arrive in time. Nothing was recorded: send it again, without pausing in between.',
  ],
  HPE_HEADER_OVERFLOW: ['headers-too-large', 'The headers, with the path, may have at most 16 KiB in all: send fewer or shorter ones.'],
};
const OTHERS: readonly [HttpProblemCode, string] = ['bad-request', 'This is not HTTP as RFC 9112 has it. Nothing was recorded.'];

/** Of `checkExpectation`: none is met but 100-continue, which Node sees to (RFC 9110 section 10.1.1). */
export const answerExpectation = (_request: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(417, { ...NO_SNIFF, ...NO_STORE, connection: 'close' }).end();
};

/** `clientErrorHandler` of Fastify. Nothing of the request is known but that it cannot be read. */
export const answerClientError = ({ code }: { readonly code?: string }, socket: Socket): void => {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [problem, says] = OF_CLIENTS[code ?? ''] ?? OTHERS;
  socket.end(asText(new Problem(HTTP_PROBLEMS[problem], problem, says)), () => socket.destroy());
};

const asText = (problem: Problem): string => {
  const details = problem.details();
  const body = JSON.stringify(details);
  const headers = {
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
    ...NO_SNIFF,
    ...NO_STORE,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${details.status} ${details.title}`, ...lines, '', body].join('\r\n');
};

// The one place where an exception becomes an answer; what is not foreseen says nothing of itself to the caller.

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

const PASSING: ReadonlySet<string> = new Set(['unavailable', 'closed', 'not-loaded']);

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
