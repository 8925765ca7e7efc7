import { methodsAt } from './http-form.ts';

const ROUTES = ['GET /v1/learners/:ref/passport', 'POST /v1/learners/lookup', 'POST /v1/events', 'GET /v1/notices', 'GET /openapi.json'];

describe('the methods of a path', () => {
  it.each([
    ['/v1/events', ['POST']],
    ['/v1/notices', ['GET', 'HEAD']],
    ['/v1/learners/lookup', ['POST']],
    ['/v1/learners/uln:9276308686/passport', ['GET', 'HEAD']],
    ['/v1/learners//passport', []],
    ['/v1/learners/x/passport/more', []],
    ['/v1/learners/x/y/passport', []],
    ['/v1', []],
    ['/v2/events', []],
    ['/', []],
  ] as const)('%s are %j', (path, methods) => {
    expect(methodsAt(ROUTES, path)).toEqual(methods);
  });

  it('are told once, and those of several routes together', () => {
    expect(methodsAt(['GET /a', 'POST /a', 'GET /:any'], '/a')).toEqual(['GET', 'HEAD', 'POST']);
  });
});
