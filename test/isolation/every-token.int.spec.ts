// Every route of the OpenAPI document × everybody's token: a table says who may ask what; whoever may not is told alike of what is there
// and of what is not, and what somebody does at an agency changes nothing of what the agency may know (console.md, 1 and 11).
import type { Route } from '../journeys/described-requests.ts';
import { type Answer, ASKERS, type AskerKind, EveryToken, STAFF } from './every-token.ts';

const EVERYBODY: readonly AskerKind[] = ASKERS;
const AGENCIES: readonly AskerKind[] = ['agency', 'own page'];
const OFFICERS: readonly AskerKind[] = ['officer of an agency', 'officer of the partnership'];
const OFFICES: readonly AskerKind[] = [...OFFICERS, 'data manager', 'operator'];
const MANAGER: readonly AskerKind[] = ['data manager'];

/** What is sent says by itself whose it is: here it is signed by nobody. */
const SIGNED = /^post \/(?:v1\/events|v1\/protocols\/\{id\}\/\{version\}\/\w+|v1\/proposals)$/;

/** The first line that fits. `own page` sees what it told itself, and no list; the operator looks as a processor does (ADR 26). */
const MAY: readonly (readonly [route: RegExp, who: readonly AskerKind[]])[] = [
  // What is in the open; what is signed, by whoever signed it.
  [/^get \/(?:health|metrics|openapi|asyncapi|\.well-known)/, EVERYBODY],
  [/^get \/v1\/(?:agencies|protocols|prospectus|lists)(?!\/\{id\}\/simulations)/, EVERYBODY],
  [/^post \/oauth\/token$/, EVERYBODY],
  [SIGNED, EVERYBODY],
  // What waits is for those who may have to sign it, and for offices; one of them sends it.
  [/^get \/v1\/proposals/, [...AGENCIES, ...OFFICES]],
  [/^post \/v1\/proposals\/\{proposal\}\/send/, ['officer of the partnership']],
  [/^post \/v1\/proposal-checks/, [...AGENCIES, 'officer of an agency']],
  [/^\w+ \/v1\/protocols\/\{id\}\/simulat/, OFFICERS],
  [/^get \/v1\/me\//, ['learner']],
  [/^post \/v1\/session\/codes$/, ['agency']],
  [/^post \/v1\/session\/codes\/redeem/, ['own page']],
  [/^get \/v1\/audit\/repeats/, [...OFFICERS, ...AGENCIES, 'operator']],
  [/^get \/v1\/audit\/questions\/\{position\}/, ['officer of an agency']],
  [/^\w+ \/v1\/audit\/(?:decisions|why|looks|flows|unusual)/, [...OFFICERS, 'operator']],
  [/^\w+ \/v1\/audit\//, OFFICERS],
  [/^get \/v1\/(?:notices|feed$)/, AGENCIES],
  [/^get \/v1\/data-quality\/(?:issues|duplicates|completeness)/, [...AGENCIES, ...MANAGER]],
  [/^\w+ \/v1\/(?:data-quality|reports)\//, MANAGER],
  [/^get \/v1\/ties/, [...AGENCIES, ...MANAGER, 'learner']],
  [/^\w+ \/v1\/learners\//, AGENCIES],
  [/^\w+ \/v1\//, ['agency']],
];

let every: EveryToken;
beforeAll(async () => {
  every = await EveryToken.open();
}, 120_000);
afterAll(() => every.close());

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;
const whoMay = (route: Route): readonly AskerKind[] => MAY.find(([pattern]) => pattern.test(nameOf(route)))?.[1] ?? [];

/** What may be said to whoever may not ask: no token, not yours, or nothing there. */
const REFUSED: readonly number[] = [401, 403, 404];
const isRefused = ({ status }: Answer): boolean => status === 401 || status === 403;

it('the table has every route that the document has, and each line is of some', () => {
  const lines = every.routes.map((route) => MAY.findIndex(([pattern]) => pattern.test(nameOf(route))));
  expect(lines.filter((line) => line < 0)).toEqual([]);
  expect([...new Set(lines)].sort((one, other) => one - other)).toEqual(MAY.map((_line, place) => place));
});

it.each(ASKERS)(
  'with the token of: %s',
  async (who) => {
    const amiss: unknown[] = [];
    for (const route of every.routes.filter((one) => !SIGNED.test(nameOf(one)))) {
      const token = await every.tokenOf(who);
      const [there, not] = [await every.ask(route, token, true), await every.ask(route, token, false)];
      const at = [nameOf(route), there.status, there.code, not.status, not.code];
      if (whoMay(route).includes(who)) {
        if (isRefused(there) || there.status >= 500) amiss.push([...at, 'is refused, and may ask']);
      } else if (!REFUSED.includes(there.status)) amiss.push([...at, 'is answered, and may not ask']);
      else if (there.text !== not.text || there.status !== not.status) amiss.push([...at, 'is told what is there']);
    }
    expect(amiss).toEqual([]);
  },
  120_000,
);

it('no token makes anything of what nobody signed', async () => {
  const taken: unknown[] = [];
  for (const route of every.routes.filter((one) => SIGNED.test(nameOf(one))))
    for (const who of ASKERS) {
      const { status, code } = await every.ask(route, await every.tokenOf(who), true);
      if (status !== 401 && code !== 'not-an-agency') taken.push([nameOf(route), who, status, code]);
    }
  expect(taken).toEqual([]);
});

it.each(STAFF)(
  'a %s is told what the agency is told',
  async (role) => {
    const told = async (token: string | undefined): Promise<readonly string[]> => {
      const answers: string[] = [];
      for (const route of every.routes.filter(({ method }) => method === 'get')) {
        const { status, code = '' } = await every.ask(route, token, true);
        answers.push(`${nameOf(route)} ${status} ${code}`);
      }
      return answers;
    };
    expect(await told(await every.staffToken(role))).toEqual(await told(await every.tokenOf('agency')));
  },
  120_000,
);

it('a token that is none, is over, or is of nobody opens nothing', async () => {
  const opened: unknown[] = [];
  for (const route of every.routes.filter((one) => whoMay(one) !== EVERYBODY))
    for (const token of ['Bearer nonsense', 'Basic YTpi', await every.strangersToken()]) {
      const [there, not] = [await every.ask(route, token, true), await every.ask(route, token, false)];
      if (there.status !== 401 || there.text !== not.text) opened.push([nameOf(route), token.slice(0, 12), there.status, not.status]);
    }
  expect(opened).toEqual([]);
}, 120_000);
