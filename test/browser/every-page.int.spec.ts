// Every page that can be reached from a person's own first page: nothing hinders anybody, nothing runs, nothing has to be moved sideways on
// a narrow screen, each is there by keyboard, and none loses anything in forced colours (console.md, 8).
import { ConsoleTown, type PersonId, type Visitor } from './console-town.ts';
import { lostInForcedColours } from './forced-colours.ts';
import { kindOf } from './page-kinds.ts';
import { lookedAt } from './page-walk.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

const NARROW = { width: 320, height: 640 };
const WIDE = { width: 1100, height: 800 };
const LONGEST_MS = 300_000;

/** In forced colours a page is what its components are, whoever looks at it: of each kind one is looked at, and in either language. */
const inForcedColours = new Set<string>();

const amissOn = async (visitor: Visitor, path: string): Promise<readonly string[]> => {
  const { page } = visitor;
  const response = await page.goto(path);
  const hindrances = await visitor.hindrances();
  const runs = await page.locator('script, [style], [onclick]').count();
  const heads = await page.locator('h1').count();
  await page.setViewportSize(NARROW);
  const isWide = await visitor.scrollsSideways();
  await page.setViewportSize(WIDE);
  await page.keyboard.press('Tab');
  const skips = await page.locator('.govuk-skip-link:focus').count();
  const faults: readonly (readonly [boolean, string])[] = [
    // A refusal is a page too: it says which clauses would have to hold.
    [![200, 403].includes(response?.status() ?? 0), `status ${String(response?.status())}`],
    [heads !== 1, 'not one h1'],
    [runs > 0, 'a script, or a style of its own'],
    [isWide, 'has to be moved sideways at 320 pixels'],
    [skips !== 1, 'the keyboard does not begin at the skip link'],
  ];
  const isKnown = inForcedColours.has(kindOf(path));
  inForcedColours.add(kindOf(path));
  const lost = isKnown ? [] : await lostInForcedColours(visitor);
  return [...hindrances, ...faults.filter(([holds]) => holds).map(([, says]) => says), ...lost];
};

const PEOPLE: readonly (readonly [PersonId, string, number])[] = [
  ['olu', '/dpo', 12],
  ['bea', '/dpo', 8],
  ['sam', '/data', 4],
  ['d.lal', '/staff', 20],
  ['a.kaur', '/agency', 4],
  ['r.finch', '/plan', 6],
  ['sam', '/agreements', 2],
  ['aisha.rahman', '/me', 7],
  ['keira.walsh', '/me?lang=cy', 7],
];

it.each(PEOPLE)(
  'of %s from %s on: at least %d, and nothing is amiss',
  async (person, first, least) => {
    const visitor = await town.signedIn(person, { viewport: WIDE });
    if (['/staff', '/agency', '/plan'].includes(first)) {
      await visitor.open('/purpose?then=/staff');
      for (const box of await visitor.page.getByRole('checkbox').all()) await box.check();
      await visitor.press('button', 'Continue');
    }
    const found = await lookedAt(visitor, first, { amissOn });
    expect(found.filter(({ amiss }) => amiss.length > 0)).toEqual([]);
    expect(found.length).toBeGreaterThanOrEqual(least);
  },
  LONGEST_MS,
);
