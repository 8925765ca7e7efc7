// A sign-in that is over: nothing is shown any more, and what was written is there for the same person again, and for nobody else; by a
// clock that the spec sets (console.md, 3 and 9; ADR 60).
import { ConsoleTown, type PersonId, type Visitor } from './console-town.ts';
import { arrives } from './staff-visit.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
let ahead = 0;
let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open({}, { clock: () => Date.now() + ahead });
});
afterAll(() => town.close());

const UNSENT = 'You were signed out before this was sent';

/** Where the issuer asks who it is. */
const signIn = async ({ page }: Visitor, person: PersonId): Promise<void> => {
  await page.locator(`button[value="${person}"]`).click();
  await page.waitForURL((url) => url.origin === town.url);
};
const asksWho = async ({ page }: Visitor): Promise<boolean> => (await page.locator('button[value="olu"]').count()) === 1;
const writes = async (visitor: Visitor, text: string): Promise<void> => {
  await visitor.open('/me/questions/new');
  await visitor.page.locator('#about').selectOption({ index: 1 });
  await visitor.fill(/What do you want to know/, text);
};
const typesNow = async (after: number): Promise<readonly string[]> =>
  (await town.node.store.readAll({ after, limit: 100 })).map(({ type }) => type);

it.each([
  ['d.lal', '/staff/lists', 15],
  ['olu', '/dpo/find', 15],
  ['sam', '/data/issues', 15],
  ['aisha.rahman', '/me/people', 10],
] as const)('signs %s out at %s after %i minutes of nothing, and not before', async (person, path, minutes) => {
  const visitor = await town.signedIn(person);
  await visitor.open(path);
  ahead += minutes * MINUTE - 10_000;
  await visitor.open(path);
  expect(await asksWho(visitor)).toBe(false);
  ahead += minutes * MINUTE;
  await visitor.open(path);
  expect(await asksWho(visitor)).toBe(true);
});

it('says on each page when that will be', async () => {
  const visitor = await town.signedIn('aisha.rahman');
  await visitor.open('/me/questions/new');
  const at = new Date(Date.now() + ahead + 10 * MINUTE).toLocaleTimeString('en-GB', {
    timeZone: 'Europe/London',
    hour: 'numeric',
    hour12: true,
  });
  const [hour = '', half = ''] = at.split(' ');
  expect(await visitor.text()).toMatch(new RegExp(`If you do nothing you will be signed out at ${hour}:\\d\\d${half}\\.`));
});

it('keeps what a learner wrote, shows it after the next sign-in, and sends it once it is told to', async () => {
  const visitor = await town.signedIn('aisha.rahman');
  await writes(visitor, 'Why did you look at my reviews?');
  const before = await town.node.store.head();
  ahead += 11 * MINUTE;
  // Browsers forget the cookie by then.
  await visitor.page.context().clearCookies();
  await visitor.press('button', 'Continue');
  expect(await asksWho(visitor)).toBe(true);
  expect(await typesNow(before)).not.toContain('uk.concordat.question.asked.v1');
  await signIn(visitor, 'aisha.rahman');
  await arrives(visitor, UNSENT);
  expect(await visitor.text()).toContain('Why did you look at my reviews?');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('button', 'Go on with it');
  await arrives(visitor, 'Send this question?');
  await visitor.press('button', 'Send');
  await arrives(visitor, 'Your question is sent');
  await visitor.open('/unsent');
  expect(await visitor.heading()).toBe('Your information');
});

it('shows it to nobody who signs in after at the same device, and to the writer still', async () => {
  const visitor = await town.signedIn('aisha.rahman');
  await writes(visitor, 'This is between you and me.');
  ahead += 11 * MINUTE;
  await visitor.press('button', 'Continue');
  await signIn(visitor, 'ben.hartley');
  expect(await visitor.heading()).toBe('Your information');
  await visitor.open('/unsent');
  expect(await visitor.heading()).toBe('Your information');
  const again = await town.signedIn('aisha.rahman');
  expect(await again.text()).toContain('This is between you and me.');
  await again.press('button', 'Throw it away');
  expect(await again.heading()).toBe('Your information');
});

it('forgets it after a day, and on signing out at once', async () => {
  const late = await town.signedIn('keira.walsh');
  await writes(late, 'Is anybody there?');
  ahead += 11 * MINUTE;
  await late.press('button', 'Continue');
  ahead += DAY;
  // A sign-in that began a day ago begins anew.
  await late.open('/sign-in');
  await signIn(late, 'keira.walsh');
  expect(await late.heading()).toBe('Your information');
  await writes(late, 'Is anybody there now?');
  ahead += 11 * MINUTE;
  await late.press('button', 'Continue');
  await signIn(late, 'keira.walsh');
  await arrives(late, UNSENT);
  await late.press('button', 'Sign out');
  const after = await town.signedIn('keira.walsh');
  expect(await after.heading()).toBe('Your information');
});

it('keeps what staff entered, down to the page on which it is signed', async () => {
  const visitor = await town.signedIn('k.reid');
  await visitor.open('/staff/enter/achievement.recorded');
  await visitor.page.locator('[name="learner"]').fill('BCT-1001');
  await visitor.page.locator('[name="title"]').fill('Food safety at work');
  await visitor.press('radio', 'Accredited');
  for (const [part, value] of Object.entries({ day: '3', month: '9', year: '2026' }))
    await visitor.page.locator(`[name="awardedOn-${part}"]`).fill(value);
  await visitor.press('button', 'Check what you entered');
  expect(await visitor.text()).toContain('Food safety at work');
  ahead += 16 * MINUTE;
  await visitor.press('button', 'Sign and send');
  await signIn(visitor, 'k.reid');
  await arrives(visitor, UNSENT);
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('button', 'Go on with it');
  await arrives(visitor, 'Recorded');
});

it('takes what is sent without a sign-in from nobody who was not shown the form', async () => {
  const stranger = await town.stranger();
  const form = { about: 'black-country-training', text: 'Sent by a stranger.', _csrf: 'x~made-up' };
  const answer = await stranger.page.request.post('/me/act/ask/check', { form, maxRedirects: 0 });
  expect([answer.status(), answer.headers()['location']]).toEqual([303, '/sign-in']);
  const elsewhere = { form, maxRedirects: 0, headers: { 'sec-fetch-site': 'cross-site' } };
  expect((await stranger.page.request.post('/me/act/ask/check', elsewhere)).status()).toBe(403);
  const ben = await town.signedIn('ben.hartley');
  expect(await ben.heading()).toBe('Your information');
});
