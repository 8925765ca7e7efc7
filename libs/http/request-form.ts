// What a request may look like on every route, beside what the route itself asks for.
import type { FastifyRequest, onRequestHookHandler } from 'fastify';
import { Problem } from './problem.ts';

/** Of IANA's list (RFC 9110 section 8.4.1); another name is not repeated in an answer. */
const CODINGS: ReadonlySet<string> = new Set(['gzip', 'x-gzip', 'deflate', 'br', 'zstd', 'compress', 'x-compress']);

/** No coding of a body is undone here (RFC 9110 section 15.5.16); a list may have empty elements (section 5.6.1). */
export const refuseCodedBodies: onRequestHookHandler = (request, _reply, done) => {
  const coding = hasBody(request) ? codingOf(request.headers['content-encoding']) : undefined;
  done(coding === undefined ? undefined : codedBody(coding));
};

const hasBody = ({ is404, headers }: FastifyRequest): boolean =>
  !is404 && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);

const codingOf = (header = ''): string | undefined =>
  header
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .find((coding) => coding !== '' && coding !== 'identity');

const codedBody = (coding: string): Problem => {
  const named = CODINGS.has(coding) ? `\`Content-Encoding: ${coding}\`` : 'that Content-Encoding';
  return new Problem(415, 'unsupported-media-type', `A body with ${named} is not taken: send it as it is, without Content-Encoding.`, {
    headers: { 'accept-encoding': 'identity' },
  });
};

const READS_PARAMETERS = /^\/v1\//;

/** Of two values for one parameter neither is meant more than the other. */
export const refuseRepeatedParameters: onRequestHookHandler = ({ routeOptions, query }, _reply, done) => {
  const repeated = READS_PARAMETERS.test(routeOptions.url ?? '') && Object.values(query ?? {}).some(Array.isArray);
  done(repeated ? new Problem(400, 'bad-request', 'A parameter of the query stands there twice: give each once.') : undefined);
};
