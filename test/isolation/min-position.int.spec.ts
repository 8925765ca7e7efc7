// Every GET under /v1 × `Concordat-Min-Position`: each takes it, and none is answered of a view that is behind what was asked for
// (contracts.md, HTTP; ADR 70).
import type { Route } from '../journeys/described-requests.ts';
import { type HeldViews, holdViews } from '../journeys/held-views.ts';
import { registration, ulnOf } from '../journeys/town.ts';
import { type Answer, ASKERS, EveryToken } from './every-token.ts';

/** What these answer rests on the records and registers themselves, which nothing is behind: they wait for no view. */
const WITHOUT_VIEWS: readonly RegExp[] = [
  /^\/v1\/learners\/\{ref\}\//,
  /^\/v1\/me\//,
  /^\/v1\/(?:agencies|lists|proposals|protocols)(?:$|\/)/,
  /^\/v1\/feed$/,
  /^\/v1\/audit\/(?:decisions|why|learners|as-of)/,
  /^\/v1\/audit\/consents\/\{ref\}\/\{id\}$/,
  /^\/v1\/audit\/questions\/\{position\}$/,
];

let every: EveryToken;
let held: HeldViews | undefined;
/** Of each, with whose token it is answered. */
const tokens = new Map<Route, string | undefined>();
beforeAll(async () => {
  every = await EveryToken.open();
  for (const route of every.routes.filter(({ method, path }) => method === 'get' && path.startsWith('/v1/'))) {
    for (const who of ASKERS) {
      const token = await every.tokenOf(who);
      if (!tokens.has(route) && (await every.ask(route, token, true)).status === 200) tokens.set(route, token);
    }
  }
}, 120_000);
afterAll(async () => {
  held?.letGo();
  await every.close();
});

const asked = (position: string): Promise<readonly (readonly [path: string, answer: Answer])[]> =>
  Promise.all(
    [...tokens].map(
      async ([route, token]) => [route.path, await every.ask(route, token, true, { 'concordat-min-position': position })] as const,
    ),
  );

it('each of them is answered to somebody, and says in the document that it takes a position', () => {
  const gets = every.routes.filter(({ method, path }) => method === 'get' && path.startsWith('/v1/'));
  expect(gets.filter((route) => !tokens.has(route)).map(({ path }) => path)).toEqual([]);
  const silent = gets.filter(({ operation: { parameters = [] } }) => !parameters.some(({ name }) => name === 'Concordat-Min-Position'));
  expect(silent.map(({ path }) => path)).toEqual([]);
});

it('none takes what is no position', async () => {
  const told = await asked('soon');
  expect(told.filter(([, { code }]) => code !== 'position-malformed')).toEqual([]);
});

it('none is answered of a log that is not so far', async () => {
  const told = await asked('999999999');
  expect(told.filter(([, { status, code }]) => status !== 503 || code !== 'unavailable')).toEqual([]);
});

it('none is answered of a view that is behind; each is once the view has come', async () => {
  held = holdViews(every.town.data);
  await every.town.tell('careers', registration(ulnOf(70), 'c-70'));
  const position = String(await every.town.node.store.head());
  const told = await asked(position);
  const refused = told.filter(([, { status }]) => status === 503).map(([path]) => path);
  expect(told.filter(([, { status }]) => status !== 200 && status !== 503)).toEqual([]);
  const withView = told.map(([path]) => path).filter((path) => !WITHOUT_VIEWS.some((pattern) => pattern.test(path)));
  expect(refused.toSorted()).toEqual(withView.toSorted());
  held.letGo();
  const after = await asked(position);
  expect(after.filter(([, { status }]) => status !== 200)).toEqual([]);
}, 60_000);
