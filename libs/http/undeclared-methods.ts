// A path that is there, asked with a method that it does not take, answers 405 with those that it takes (RFC 9110 section 15.5.6); one that
// is not there 404, by whatever method, before anything of a body is read.
import type { onRequestHookHandler } from 'fastify';
import { Problem } from './problem.ts';

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
  const declared = routes.flatMap((route) => {
    const [method = '', template = ''] = route.split(' ');
    return matches(template, path) ? [method] : [];
  });
  return [...new Set(declared.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))];
};

const matches = (template: string, path: string): boolean => {
  const [wanted, given] = [template.split('/'), path.split('/')];
  return (
    wanted.length === given.length && wanted.every((part, place) => part === given[place] || (part.startsWith(':') && given[place] !== ''))
  );
};

const notAllowed = (allowed: readonly string[]): Problem =>
  new Problem(405, 'method-not-allowed', 'This path takes other methods: Allow names them.', { headers: { allow: allowed.join(', ') } });
