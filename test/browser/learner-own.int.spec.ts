// What a learner takes along, who knows what now, and how the page is kept safe (console.md, 4.4 and 9; ADR 60).
import { londonDate } from '#kernel';
import { person } from '../../apps/cli/demo/people.ts';
import { ConsoleTown } from './console-town.ts';
import { arrives } from './staff-visit.ts';

const AISHA = person(1, 'Aisha Rahman', '').uln;

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

const BEFORE_THE_FOLD_BYTES = 14_000;

it('shows the plan with one tap from what is held, and prints it without what is not the plan', async () => {
  const visitor = await town.signedIn('aisha.rahman', { javaScriptEnabled: false });
  await visitor.press('link', 'See your plan');
  expect(visitor.presses).toBe(1);
  await arrives(visitor, 'Your plan');
  for (const part of [
    'E2E: hair and beauty',
    'Level 1 literacy',
    'Good start; timekeeping agreed.',
    'Bus times checked',
    'Team challenge completed',
  ])
    expect(await visitor.text()).toContain(part);
  await visitor.page.emulateMedia({ media: 'print' });
  for (const hidden of ['.govuk-service-navigation', '.concordat-exit', '.govuk-footer', '.concordat-header__who'])
    expect([hidden, await visitor.page.locator(hidden).first().isVisible()]).toEqual([hidden, false]);
  expect(await visitor.page.locator('h1').isVisible()).toBe(true);
});

it('tells the plan in Welsh, and says so where there is nothing in it', async () => {
  const visitor = await town.signedIn('ben.hartley');
  await visitor.open('/me/plan?lang=cy');
  expect(await visitor.heading()).toBe('Eich cynllun');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.open('/me/plan?lang=en');
});

it('gives all that is held in a file and on a page, and each is on the list of looks', async () => {
  const visitor = await town.signedIn('aisha.rahman');
  await visitor.press('link', 'See what is held');
  await arrives(visitor, 'What is held about you');
  const before = await town.node.store.head();
  const file = await visitor.page.request.get('/me/record/all.json');
  expect([file.headers()['content-type'], file.headers()['content-disposition'], file.headers()['cache-control']]).toEqual([
    'application/json; charset=utf-8',
    'attachment; filename="your-record.json"',
    'no-store',
  ]);
  const told = (await file.json()) as Readonly<Record<'items' | 'seen', readonly Readonly<Record<string, unknown>>[]>>;
  const kinds = (await visitor.page.locator('.concordat-card p').allInnerTexts()).flatMap((text) => /(\d+) in all/.exec(text)?.[1] ?? []);
  expect(told.items).toHaveLength(kinds.reduce((sum, one) => sum + Number(one), 0));
  expect(told.seen.map(({ position }) => Number(position))).toEqual(expect.arrayContaining([before + 1]));
  await visitor.press('link', 'See all of it on one page, to print');
  await arrives(visitor, 'All that is held about you');
  expect(await visitor.page.locator('main section').count()).toBe(told.items.length);
  expect(await visitor.hindrances()).toEqual([]);
  expect(visitor.presses).toBe(2);
});

it('draws who knows what now, and says the same in words beneath', async () => {
  const visitor = await town.signedIn('aisha.rahman', { javaScriptEnabled: true });
  await visitor.open('/me/seen');
  const boxes = await visitor.page.locator('#circle [data-row] title').allTextContents();
  const lines = await visitor.page.locator('#your-circle ~ ul li h3').allInnerTexts();
  expect(boxes.map((text) => text.split(':')[0])).toEqual(lines);
  expect(lines).toContain('Black Country Training');
  const html = await visitor.page.content();
  expect(Buffer.byteLength(html.slice(0, html.indexOf('concordat-timeline')))).toBeLessThan(BEFORE_THE_FOLD_BYTES);
});

it('asks of a look on the day of a review with them whether it was part of it, in both languages', async () => {
  const agency = 'black-country-training';
  const heldOn = londonDate(town.node.clock.now());
  const [receipt] = await town.tell(agency, {
    type: 'review.held',
    subject: `uln:${AISHA}`,
    data: { reviewId: 'review-of-today', programmeId: 'programme-1', heldOn, attendees: ['learner', 'key-worker'], summary: 'Went well.' },
  });
  expect(receipt?.outcome).toBe('accepted');
  const asked = { purposes: ['plan-learning'], asked: 'passport', page: { after: 0, limit: 50 } } as const;
  await town.node.gate.ask({ asker: { agency, staff: 'k.reid' }, ref: `uln:${AISHA}`, ...asked });
  const visitor = await town.signedIn('aisha.rahman');
  await visitor.open('/me/seen');
  expect(await visitor.text()).toContain('You had a review with them that day. Was this part of it? If not, ask them.');
  expect(await visitor.text()).not.toMatch(/k\.reid/);
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.open('/me/seen?lang=cy');
  expect(await visitor.text()).toContain('Roedd gennych adolygiad gyda nhw y diwrnod hwnnw.');
  await visitor.open('/me/seen?lang=en');
});

it('shows the looks of one agency alone, also of one that is on no page yet', async () => {
  const visitor = await town.signedIn('aisha.rahman');
  await visitor.open('/me/seen');
  await visitor.page.getByLabel('Show one of them only').selectOption({ label: 'Black Country Training' });
  await visitor.press('button', 'Show');
  expect(await visitor.text()).toContain('Black Country Training looked at');
  expect(await visitor.text()).not.toContain('Forge Apprenticeships');
  expect(await visitor.page.locator('#circle').count()).toBe(0);
  await visitor.press('link', 'Show everyone');
  expect(await visitor.text()).toContain('Forge Apprenticeships asked.');
});

it('lists where the learner is signed in, and signs out everywhere with two taps', async () => {
  const phone = await town.signedIn('aisha.rahman', { userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148' });
  const here = await town.signedIn('aisha.rahman');
  await here.press('link', 'Keep this page safe');
  const list = await here.page.locator('main ul').nth(1).innerText();
  expect(list).toMatch(/A computer\s+This one[\s\S]*A phone/);
  expect(list.match(/This one/g)).toHaveLength(1);
  expect(await here.hindrances()).toEqual([]);
  const other = await town.signedIn('ben.hartley');
  const answer = here.page.waitForResponse((response) => response.url().endsWith('/sign-out/everywhere'));
  await here.press('button', 'Sign out everywhere');
  expect(here.presses).toBe(2);
  expect((await (await answer).allHeaders())['clear-site-data']).toContain('cache');
  await arrives(here, 'You are signed out');
  await phone.open('/me/record');
  expect(new URL(phone.page.url()).origin).not.toBe(town.url);
  await other.open('/me/record');
  expect(await other.heading()).toBe('What is held about you');
});
