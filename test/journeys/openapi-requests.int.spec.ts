// Whatever the document calls a request is one: no route fails, none refuses as malformed what is described,
// and what is not described is 4xx.
import fc from 'fast-check';
import { shippedCatalogue } from '#catalogue';
import { fixedClock } from '#kernel';
import { openApiDocument } from '../../apps/broker/api-docs/document.ts';
import type { OpenApiDocument } from '../../apps/broker/api-docs/openapi.ts';
import { ApiContract } from './api-contract.ts';
import { DescribedRequests, type Request, type Route, routesIn } from './described-requests.ts';
import { MORNING } from './told.ts';
import { registration, Town, ulnOf } from './town.ts';

const routes = routesIn(openApiDocument({ catalogue: shippedCatalogue(), purposes: [] })).map(
  (route) => [`${route.method} ${route.path}`, route.method, route.path] as const,
);

let town: Town;
let contract: ApiContract;
let described: DescribedRequests;

beforeAll(async () => {
  town = await Town.open({ clock: fixedClock(MORNING), following: true });
  await town.tell('careers', registration(ulnOf(1), 'c-1'));
  contract = new ApiContract((await (await fetch(`${town.server.url}/openapi.json`)).json()) as OpenApiDocument);
  described = new DescribedRequests(contract.document);
}, 60_000);
afterAll(() => town.close());

const routeOf = (method: Route['method'], path: string): Route => ({
  method,
  path,
  operation: contract.document.paths[path]?.[method] as Route['operation'],
});

interface Answer {
  readonly status: number;
  readonly code?: string;
}

const ask = async ({ method, path, operation }: Route, { path: at, headers, body }: Request): Promise<Answer> => {
  const authorization =
    operation.security?.some((one) => 'bearer' in one) === true ? { authorization: `Bearer ${await town.tokenOf('careers')}` } : {};
  const response = await fetch(`${town.server.url}${at}`, {
    method,
    headers: { ...authorization, ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  contract.check({ method, path, response, text });
  const parsed = response.headers.get('content-type')?.includes('json') === true ? (JSON.parse(text) as { readonly code?: string }) : {};
  return { status: response.status, ...('code' in parsed && parsed.code !== undefined ? { code: parsed.code } : {}) };
};

/** Not there yet is no failure of the broker: the request asked for a position to come. */
const isToCome = ({ headers }: Request, { status, code }: Answer): boolean =>
  status === 503 && code === 'unavailable' && 'Concordat-Min-Position' in headers;
const MALFORMED = [400, 405, 406, 411, 413, 414, 415, 422, 431];

const json = (value: unknown): Pick<Request, 'body' | 'headers'> => ({
  body: JSON.stringify(value),
  headers: { 'content-type': 'application/json' },
});
const form = (value: unknown): Pick<Request, 'body' | 'headers'> => ({
  body: new URLSearchParams(value as Record<string, string>).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});
const WRITERS = { 'application/json': json, 'application/x-www-form-urlencoded': form } as const;

/** With a body for each content type that the document names; of messages test/journeys/messages.int.spec.ts has the forms. */
const withBody = ({ operation }: Route, request: fc.Arbitrary<Request>): fc.Arbitrary<Request> => {
  const types = Object.entries(operation.requestBody?.content ?? {}).filter(([type]) => type in WRITERS);
  if (types.length === 0) return request;
  const bodies = types.map(([type, { schema }]) => described.values.of(schema).map(WRITERS[type as keyof typeof WRITERS]));
  return fc
    .tuple(request, fc.oneof(...bodies))
    .map(([one, { body, headers }]) => ({ ...one, headers: { ...one.headers, ...headers }, ...(body === undefined ? {} : { body }) }));
};

const RUNS = { numRuns: 30 };

describe.each(routes)('%s', (_name, method, path) => {
  it('answers what is described, and calls none of it malformed', async () => {
    const route = routeOf(method, path);
    if (path === '/v1/events') return;
    await fc.assert(
      fc.asyncProperty(withBody(route, described.valid(route)), async (request) => {
        const answer = await ask(route, request);
        if (isToCome(request, answer)) return;
        expect([answer.status < 500, MALFORMED.includes(answer.status), answer.code]).toEqual([true, false, answer.code]);
      }),
      RUNS,
    );
  }, 60_000);

  it('refuses what is not described with a problem', async () => {
    const route = routeOf(method, path);
    const malformed = described.malformed(route);
    if (malformed === undefined) return;
    await fc.assert(
      fc.asyncProperty(withBody(route, malformed), async (request) => {
        const { status, code } = await ask(route, request);
        expect([status, code]).toEqual([400, expect.any(String)]);
      }),
      RUNS,
    );
  }, 60_000);

  it('fails at nothing that is sent', async () => {
    const route = routeOf(method, path);
    const query = fc.array(fc.tuple(fc.constantFrom('cursor', 'limit', 'state', 'ref', '__proto__', 'x[]'), fc.string({ maxLength: 20 })), {
      maxLength: 3,
    });
    const type = fc.constantFrom('application/json', 'application/jose', 'application/x-www-form-urlencoded', 'text/plain', 'x');
    const body = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 50 }),
      fc.json(),
      fc.constantFrom('', 'null', '[]', '{"ref":1}', '{"ref":"\\ud800"}', '{"__proto__":{}}', 'a=1&a=2'),
    );
    const ref = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((text) => text.isWellFormed() && text !== '.' && text !== '..');
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          name: ref,
          search: query,
          contentType: type,
          sent: body,
          purpose: fc.constantFrom('plan-learning', '', ',', 'x', 'é'),
        }),
        async ({ name, search, contentType, sent, purpose }) => {
          const at = `${path.replace('{ref}', encodeURIComponent(name))}?${new URLSearchParams(search).toString()}`;
          const { status } = await ask(route, {
            path: at,
            headers: { purpose, ...(method === 'post' ? { 'content-type': contentType } : {}) },
            ...(method === 'post' ? { body: sent } : {}),
          });
          expect(status).toBeLessThan(500);
        },
      ),
      RUNS,
    );
  }, 60_000);
});
