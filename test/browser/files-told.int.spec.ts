// Every link to a file of rows says how many it takes, and as many it holds (console.md, 3: lists).
import { ConsoleTown, type PersonId } from './console-town.ts';
import { hrefsIn } from './plain-visitor.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

const SAYS = /(?:(More than) )?(\d[\d,]*) rows?(?:, all pages up to 50,000,)? will be (?:recorded as seen by you|in the file)/;
const isFile = (href: string): boolean => /(?:\.|\/)csv(?:\?|$)/.test(href);

/** Rows that the file of the page holds, and what the page says of them. */
const filed = async (person: PersonId, path: string): Promise<{ readonly rows: number; readonly least: number; readonly most: number }> => {
  const visitor = await town.plainly(person);
  const { html } = await visitor.open(path);
  const href = hrefsIn(html).find(isFile);
  if (href === undefined) throw new Error(`${path} links to no file.`);
  const [, more, told = ''] = SAYS.exec(html) ?? [];
  const isAll = html.includes('All pages, up to 50,000 rows, will be recorded as seen by you');
  expect(isAll || told !== '').toBe(true);
  const count = Number(told.replace(',', ''));
  const named = await visitor.once(href);
  // Whose copy it is, and up to where of the record it tells (console.md, 9).
  expect(named.headers.get('content-disposition')).toMatch(new RegExp(`^attachment; filename="[\\w.-]+-\\d+-${person}\\.csv"$`));
  const file = await named.text();
  const rows = file.trimEnd().split('\r\n').length - 1;
  if (isAll) return { rows, least: 0, most: 50_000 };
  return { rows, least: more === undefined ? count : count + 1, most: more === undefined ? count : 50_000 };
};

const day = async (): Promise<string> => {
  const { html } = await (await town.plainly('bea')).open('/dpo/looks');
  return hrefsIn(html).find((href) => /^\/dpo\/looks\/\d{4}/.test(href)) ?? '';
};

it.each([
  ['bea', '/dpo/consents'],
  ['olu', '/dpo/consents?status=withdrawn'],
  ['olu', '/dpo/record-of-processing'],
  ['olu', '/dpo/withdrawals'],
  ['olu', '/dpo/withdrawals?sort=at'],
  ['bea', '/dpo/questions'],
  ['sam', '/data/issues'],
  ['sam', '/data/issues?severity=warns'],
  ['d.lal', '/staff/caseload'],
  ['d.lal', '/staff/caseload?sort=learner'],
  ['d.lal', '/staff/lists/duties?limit=3'],
  ['d.lal', '/staff/lists/duties?limit=20'],
  ['d.lal', '/staff/lists/vacancies'],
  ['h.marsh', '/plan/provision'],
  ['h.marsh', '/plan/prospectus'],
] as const)('to %s on %s', async (person, path) => {
  const { rows, least, most } = await filed(person, path);
  expect(rows).toBeGreaterThan(0);
  expect(rows).toBeGreaterThanOrEqual(least);
  expect(rows).toBeLessThanOrEqual(most);
});

it('to an officer on the looks of one day', async () => {
  const { rows, least, most } = await filed('bea', await day());
  expect(rows).toBeGreaterThanOrEqual(Math.max(least, 1));
  expect(rows).toBeLessThanOrEqual(most);
});

it('to officers on a learner’s disclosures, of every page that offers a file', async () => {
  const visitor = await town.plainly('olu');
  const { html } = await visitor.open('/dpo/consents');
  const learner = /\/dpo\/consents\/([^/"]+)\//.exec(html)?.[1] ?? '';
  const { rows, least, most } = await filed('olu', `/dpo/learners/${learner}/disclosures`);
  expect([rows >= least, rows <= most + 1]).toEqual([true, true]);
});
