// The form of requests and answers on every route, whatever the route itself asks for.
import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import { Problem } from './problem.ts';

// What a request may look like on every route, beside what the route itself asks for.

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

// A path that is there, asked with a method that it does not take, answers 405 with those that it takes (RFC 9110 section 15.5.6); one that
// is not there 404, by whatever method, before anything of a body is read.

/** Method and template of each route, as `GET /v1/learners/:ref/passport`; they may be added later. */
export const refuseUndeclared =
  (routes: readonly string[]): onRequestHookHandler =>
  ({ is404, url }, _reply, done) => {
    if (!is404) return done();
    const allowed = methodsAt(routes, pathOf(url));
    done(
      allowed.length === 0 ? new Problem(404, 'no-such-route', 'There is no such route: /openapi.json lists them.') : notAllowed(allowed),
    );
  };

/** A target may name scheme and host (RFC 9112 section 3.2.2): the router passes over them too. */
export const pathOf = (target: string): string => target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').split('?', 1)[0] ?? '';

/** HEAD is answered wherever GET is. */
export const methodsAt = (routes: readonly string[], path: string): readonly string[] => {
  const fitting = routes.map((route) => route.split(' ')).filter(([, template = '']) => matches(template, path));
  // A path that a template names by its own word is no other's, such as `/v1/protocols/:id/simulate` beside `/v1/protocols/:id/:version`.
  const fewest = Math.min(...fitting.map(([, template]) => openParts(template)));
  const declared = fitting.flatMap(([method = '', template]) => (openParts(template) === fewest ? [method] : []));
  return [...new Set(declared.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))];
};

const openParts = (template = ''): number => template.split('/').filter((part) => part.startsWith(':')).length;

const matches = (template: string, path: string): boolean => {
  const [wanted, given] = [template.split('/'), path.split('/')];
  return (
    wanted.length === given.length && wanted.every((part, place) => part === given[place] || (part.startsWith(':') && given[place] !== ''))
  );
};

/** The path is there, and takes these methods alone. */
export const notAllowed = (allowed: readonly string[]): Problem =>
  new Problem(405, 'method-not-allowed', 'This path takes other methods: Allow names them.', { headers: { allow: allowed.join(', ') } });

// Which of two forms of an answer somebody asks for (RFC 9110 section 12.5.1).

interface Range {
  readonly type: string;
  readonly quality: number;
}

const rangeOf = (element: string): Range => {
  const [type = '', ...parameters] = element.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.flatMap((parameter) => /^q\s*=\s*([\d.]+)$/.exec(parameter)?.[1] ?? [])[0];
  return { type, quality: quality === undefined ? 1 : Number(quality) };
};

/** Whether `special` is named, and no less wanted than the `usual` form, which everybody gets who does not name it. */
export const prefers = (accept: string, special: string, usual: string): boolean => {
  const ranges = accept.split(',').map(rangeOf);
  const wanted = (type: string): number => ranges.find((range) => range.type === type)?.quality ?? 0;
  return wanted(special) > 0 && wanted(special) >= wanted(usual);
};

// What every answer tells caches and browsers: to store nothing, as almost all is about people or opens doors,
// and to take content for what it says.

/** The same for everybody, of templates: what a client spells otherwise is still that route. */
const PUBLIC: ReadonlySet<string> = new Set([
  '/openapi.json',
  '/asyncapi.json',
  '/.well-known/oauth-authorization-server',
  '/.well-known/jwks.json',
  '/v1/prospectus',
  '/v1/prospectus/feed',
]);

export const NO_STORE = { 'cache-control': 'no-store' } as const;
export const NO_SNIFF = { 'x-content-type-options': 'nosniff' } as const;

/** `template`: of the route, where one fits. */
export const withAnswerHeaders = (template: string | undefined, reply: FastifyReply): FastifyReply =>
  reply.headers({ ...NO_SNIFF, ...(PUBLIC.has(template ?? '') ? {} : NO_STORE) });

export const setAnswerHeaders: onRequestHookHandler = ({ routeOptions }, reply, done) => {
  void withAnswerHeaders(routeOptions.url, reply);
  done();
};
