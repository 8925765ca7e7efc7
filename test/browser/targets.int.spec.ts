// What a thumb has to find on learners' pages is large enough, on a phone (console.md, 8; WCAG 2.2, 2.5.5).
import { ConsoleTown, type PersonId, type Visitor } from './console-town.ts';
import { lookedAt } from './page-walk.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

const PHONE = { width: 375, height: 700 };

/** Half a pixel is lost where text is laid out. */
const TOO_SMALL = `(() => {
  const targets = 'a[href]:not(.govuk-skip-link), button, select, input:not([type=hidden]), textarea, summary';
  return [...document.querySelectorAll(targets)]
    .filter((one) => one.checkVisibility())
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([, { width, height }]) => width < 43.5 || height < 43.5)
    .map(([one, { width, height }]) => Math.round(width) + ' by ' + Math.round(height) + ': ' + one.outerHTML.slice(0, 100));
})()`;

const amissOn = async ({ page }: Visitor, path: string): Promise<readonly string[]> => {
  await page.goto(path);
  for (const summary of await page.locator('summary').all()) await summary.click();
  return page.evaluate<readonly string[]>(TOO_SMALL);
};

it.each([
  ['aisha.rahman', '/me', 12],
  ['keira.walsh', '/me?lang=cy', 10],
] as const)('on every page of %s from %s on', async (person: PersonId, first, least) => {
  const visitor = await town.signedIn(person, { viewport: PHONE });
  const found = await lookedAt(visitor, first, { amissOn });
  expect(found.filter(({ amiss }) => amiss.length > 0)).toEqual([]);
  expect(found.length).toBeGreaterThanOrEqual(least);
});

it('where a form lacks something', async () => {
  const visitor = await town.signedIn('aisha.rahman', { viewport: PHONE });
  for (const path of ['/me/questions/new', '/me/voice']) {
    await visitor.open(path);
    await visitor.press('button', 'Continue');
    expect([path, await visitor.page.evaluate<readonly string[]>(TOO_SMALL)]).toEqual([path, []]);
  }
});
