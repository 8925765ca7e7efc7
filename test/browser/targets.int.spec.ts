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

/** What has the focus and lies beneath the way out, or beyond what is in sight. */
const FOCUS_HIDDEN = `(() => {
  const { top, bottom } = document.activeElement.getBoundingClientRect();
  const exit = document.querySelector('.concordat-exit');
  const isWithin = exit.contains(document.activeElement) || document.activeElement.matches('.govuk-skip-link');
  return isWithin || (top >= exit.getBoundingClientRect().bottom && bottom <= innerHeight) ? '' : document.activeElement.outerHTML.slice(0, 100);
})()`;

it('the way out stays in sight however far one reads, and hides nothing that has the focus', async () => {
  const visitor = await town.signedIn('aisha.rahman', { viewport: PHONE });
  const { page } = visitor;
  await visitor.open('/me/record');
  await page.evaluate('scrollTo(0, document.body.scrollHeight)');
  const box = await page.getByRole('link', { name: 'Leave this page' }).boundingBox();
  expect([box !== null && box.y >= 0, (box?.y ?? 0) < PHONE.height / 2]).toEqual([true, true]);
  await page.locator('footer a').focus();
  const hidden: string[] = [];
  for (let step = 0; step < 15; step++) {
    await page.keyboard.press('Shift+Tab');
    hidden.push(await page.evaluate<string>(FOCUS_HIDDEN));
  }
  expect(hidden.filter((one) => one !== '')).toEqual([]);
  expect(await visitor.hindrances()).toEqual([]);
});
