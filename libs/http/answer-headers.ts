// What every answer tells caches and browsers: to store nothing, as almost all is about people or opens doors,
// and to take content for what it says.
import type { FastifyReply, onRequestHookHandler } from 'fastify';

/** The same for everybody, of templates: what a client spells otherwise is still that route. */
const PUBLIC: ReadonlySet<string> = new Set([
  '/openapi.json',
  '/asyncapi.json',
  '/.well-known/oauth-authorization-server',
  '/.well-known/jwks.json',
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
