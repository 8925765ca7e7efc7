// Requests that never become one: Node tells of them, and they are answered on the bare connection, as problems like all others.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { NO_SNIFF, NO_STORE } from './answer-headers.ts';
import { HTTP_PROBLEMS, type HttpProblemCode } from './problem-codes.ts';
import { Problem } from './problem.ts';

const SENTENCES: Readonly<Record<string, readonly [HttpProblemCode, string]>> = {
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
  const [problem, says] = SENTENCES[code ?? ''] ?? OTHERS;
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
