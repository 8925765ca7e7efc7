// Every route of the console × everybody who may sign in, and nobody: pages are for those whose they are, no form is taken without its
// token, and whatever is answered tells browsers to run, keep and pass on nothing (console.md, 9 and 11; ASVS 5, V3).
import { ConsoleTown, type PersonId } from './console-town.ts';
import { hrefsIn, pagesFrom, PlainVisitor } from './plain-visitor.ts';

/** One of each role. */
const EVERYBODY: readonly PersonId[] = ['olu', 'bea', 'sam', 'd.lal', 'r.finch', 'a.kaur', 'aisha.rahman'];
/** By the first part of the path; what is in no area is for everybody. */
const AREAS: Readonly<Record<string, readonly PersonId[]>> = {
  dpo: ['olu', 'bea'],
  data: ['sam'],
  staff: ['d.lal', 'r.finch', 'a.kaur'],
  plan: ['r.finch'],
  agency: ['a.kaur'],
  agreements: ['olu', 'bea', 'sam', 'd.lal', 'r.finch', 'a.kaur'],
  me: ['aisha.rahman'],
};
/** Within their area, of those who only plan or administer: whatever is about a learner and not their work (ADR 83). */
const OF_LEARNERS = 'learners|find|consent|caseload|on-programme|reviews|visits|referrals|guarantee';
const SHUT: Readonly<Partial<Record<PersonId, RegExp>>> = {
  'r.finch': new RegExp(`^/staff/(?:${OF_LEARNERS})(?:/|$)`),
  'a.kaur': new RegExp(`^/staff/(?:${OF_LEARNERS}|leavers)(?:/|$)`),
};
const OPEN = ['', 'sign-in', 'sign-out', 'signed-out', 'leave', 'code', 'purpose', 'unsent', 'recorded', 'cookies', 'assets'];
/** A ULN among them; random ids of hexadecimal digits may have ten in a row that are decimal. */
const NAMES = /Aisha|Rahman|Hartley|Keira|Walsh|Owen|Price|Amy|Fletcher|(?<![0-9a-f])\d{10}(?![0-9a-f])/;
/** What is sealed or drawn at random, in base64url: any three letters come in it by chance, and nobody reads them there. */
const RANDOM = /(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{20,}/g;
/** On a device that others use too, the history of a learner's pages tells neither of whom nor of what they were (console.md, 1 and 9). */
const TELLING = new RegExp(
  [
    'connexions|training|forge|skills|college|academy|council|jobcentre|school|partnership',
    'assessment|review|programme|achievement|referral|adviser|circumstance|offence|consent|identity|support-learner|plan-learning',
  ].join('|'),
);
const valuesIn = (html: string): readonly string[] => [...html.matchAll(/<option value="([^"]*)"/g)].map(([, value = '']) => value);
const isPersonal = (text: string): boolean => NAMES.test(text.replaceAll(RANDOM, ''));
/** A token, which is parts with dots between. */
const TOKEN = /(?<![\w-])eyJ[\w-]+\.[\w-]/;

/** All of a role's routes, or pages, one after another. */
const LONGEST_MS = 300_000;

let town: ConsoleTown;
const visitors = new Map<PersonId | 'nobody', PlainVisitor>();
beforeAll(async () => {
  town = await ConsoleTown.open();
  visitors.set('nobody', new PlainVisitor(town.url));
  for (const person of EVERYBODY) visitors.set(person, await town.plainly(person));
}, LONGEST_MS);
afterAll(() => town.close());

/** Names nobody and nothing: what is asked is only whose page it is. */
const filled = (template: string): string => template.replaceAll(/:[a-zA-Z]+/g, 'psn:AAAAAAAAAAAAAAAAAAAAAA');
const areaOf = (template: string): string => /^\/([^/]*)/.exec(template)?.[1] ?? '';

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly location: string;
  readonly html: string;
  /** What it is about, in the words of the page. */
  readonly heading: string;
}

const ask = async (who: PersonId | 'nobody', method: string, path: string): Promise<Answered> => {
  const visitor = visitors.get(who) as PlainVisitor;
  const response = await visitor.once(path, method === 'POST' ? {} : undefined, { withToken: false });
  const html = await response.text();
  const heading = /<h1[^>]*>([^<]*)/.exec(html)?.[1]?.trim() ?? '';
  return { status: response.status, headers: response.headers, location: response.headers.get('location') ?? '', html, heading };
};

const expectKept = ({ headers, html, location }: Answered, at: string): void => {
  expect({ at, csp: headers.get('content-security-policy') }).toEqual({
    at,
    csp: expect.stringMatching(/^default-src 'none';(?!.*unsafe)/),
  });
  expect({ at, ...Object.fromEntries(headers) }).toMatchObject({
    at,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect([at, headers.get('access-control-allow-origin')]).toEqual([at, null]);
  const cookies = headers.getSetCookie();
  expect([at, cookies.filter((cookie) => !/; HttpOnly/.test(cookie) || !/; SameSite=Lax/.test(cookie))]).toEqual([at, []]);
  expect([at, isPersonal(location)]).toEqual([at, false]);
  expect([at, /\b(?:src|href|action)="(?:https?:)?\/\//.exec(html)?.[0]]).toEqual([at, undefined]);
  expect([at, isPersonal(/<title>([^<]*)/.exec(html)?.[1] ?? '')]).toEqual([at, false]);
};

/** Of a route for somebody whose it is not. */
const expectTurnedAway = ({ status, heading, location }: Answered, who: PersonId | 'nobody', at: string): void => {
  if (who === 'nobody') expect([at, status, location]).toEqual([at, 303, expect.stringMatching(/^\/sign-in(?:\?then=|$)/)]);
  else expect([at, status, heading]).toEqual([at, 403, 'This page is for somebody else']);
};

const pages = (): readonly (readonly [method: string, template: string])[] =>
  town.routes
    .map((route) => route.split(' ') as [string, string])
    .filter(([method, template]) => ['GET', 'POST'].includes(method) && areaOf(template) !== 'assets');

it('finds a name or a ULN in an address, and not letters of what is sealed', () => {
  const sealed = 'AYwF3A4jz8_HyZC5b34-AmyRyWCzfb902Ggo7M0xpHBon8';
  expect(isPersonal(`/staff/lists/duties?cursor=${sealed}`)).toBe(false);
  for (const told of ['Amy', 'amelia-Price', '1234567890', `${sealed}/Owen`, `Rahman?cursor=${sealed}`])
    expect([told, isPersonal(told)]).toEqual([told, true]);
  expect([TOKEN.test('"eyJhbGciOi.eyJ"'), TOKEN.test(`${sealed}eyJ${sealed}`)]).toEqual([true, false]);
});

it('every route is in an area, or known to be open to everybody', () => {
  expect(pages().length).toBeGreaterThan(70);
  expect(pages().filter(([, template]) => !(areaOf(template) in AREAS) && !OPEN.includes(areaOf(template)))).toEqual([]);
});

it.each([...EVERYBODY, 'nobody'] as const)(
  '%s gets at no page of others, and everything answered is kept from other eyes',
  async (who) => {
    for (const [method, template] of pages()) {
      const owners = AREAS[areaOf(template)];
      if (owners === undefined) continue;
      const at = `${who}: ${method} ${template}`;
      const answer = await ask(who, method, filled(template));
      expectKept(answer, at);
      if (who === 'nobody' || !owners.includes(who) || SHUT[who]?.test(template) === true) expectTurnedAway(answer, who, at);
      else if (method === 'POST') expect([at, answer.status, answer.heading]).toEqual([at, 403, 'This form has expired']);
      else expect([at, answer.status < 500, answer.heading]).toEqual([at, true, expect.not.stringContaining('somebody else')]);
    }
  },
  LONGEST_MS,
);

it.each([
  ['olu', '/dpo'],
  ['bea', '/dpo'],
  ['sam', '/data'],
  ['d.lal', '/staff'],
  ['r.finch', '/plan'],
  ['a.kaur', '/agency'],
  ['aisha.rahman', '/me'],
] as const)(
  'each page of %s with what it shows is kept from other eyes, names nobody in its title, and nobody in an address',
  async (who, first) => {
    const open = async (path: string): Promise<readonly string[]> => {
      const answer = await ask(who, 'GET', path);
      expectKept(answer, path);
      // Files to take away, and a page for which a purpose is to be chosen first.
      if (answer.headers.get('content-type')?.startsWith('text/html') !== true) return [];
      if (answer.status === 303) return [answer.location];
      const hrefs = hrefsIn(answer.html);
      // Out of it from everywhere; and what the console asks with stays with it.
      expect([path, answer.html.includes('action="/sign-out"'), TOKEN.test(answer.html)]).toEqual([path, true, false]);
      expect([path, hrefs.filter((href) => isPersonal(decodeURIComponent(href)))]).toEqual([path, []]);
      const told = (
        who === 'aisha.rahman' ? [...hrefs, ...valuesIn(/<form method="get".*?<\/form>/s.exec(answer.html)?.[0] ?? '')] : []
      ).filter((text) => TELLING.test(text.replaceAll(RANDOM, '')));
      expect([path, told]).toEqual([path, []]);
      return hrefs;
    };
    const kinds = await pagesFrom([first], { open, most: 1 });
    expect(kinds.size).toBeGreaterThan(1);
  },
);
