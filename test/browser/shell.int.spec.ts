// What stands around every page: who gets in where, what a form must bring, and what a browser is told (console.md, 3, 8, 9).
import { ConsoleTown, type PersonId } from './console-town.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

const PEOPLE: readonly PersonId[] = ['olu', 'sam', 'd.lal', 'aisha.rahman'];
const AREAS: Readonly<Record<string, PersonId>> = { '/dpo': 'olu', '/data': 'sam', '/staff': 'd.lal', '/me': 'aisha.rahman' };

it.each(PEOPLE)('lets %s into no other person’s pages', async (person) => {
  const visitor = await town.signedIn(person);
  for (const [area, owner] of Object.entries(AREAS).filter(([, one]) => one !== person)) {
    const response = await visitor.page.goto(`${area}/anything`);
    expect({ area, owner, status: response?.status() }).toEqual({ area, owner, status: 403 });
    expect(await visitor.hindrances()).toEqual([]);
  }
});

it('asks whoever is not signed in to do so, and opens the page after it', async () => {
  const visitor = await town.stranger();
  await visitor.page.goto('/purpose?then=/staff');
  await visitor.page.goto('/staff/lists');
  await visitor.page.locator('button[value="d.lal"]').click();
  await visitor.page.waitForURL(/\/staff\/lists$/);
  expect(new URL(visitor.page.url()).pathname).toBe('/staff/lists');
});

it('takes no form without its token, and none that comes from elsewhere', async () => {
  const visitor = await town.signedIn('d.lal');
  const without = await visitor.page.request.post('/purpose', { form: { purposes: 'plan-learning' } });
  expect(without.status()).toBe(403);
  await visitor.open('/purpose');
  const token = await visitor.page.locator('main input[name="_csrf"]').inputValue();
  const elsewhere = await visitor.page.request.post('/purpose', {
    form: { purposes: 'plan-learning', _csrf: token },
    headers: { 'sec-fetch-site': 'cross-site' },
  });
  expect(elsewhere.status()).toBe(403);
});

it('has one chosen what the work is for', async () => {
  const visitor = await town.signedIn('d.lal');
  await visitor.open('/purpose?then=/staff');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('button', 'Continue');
  expect(await visitor.text()).toContain('Choose what you are working on');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('checkbox', 'Plan learning');
  await visitor.press('button', 'Continue');
  expect(await visitor.page.locator('.concordat-purpose').innerText()).toContain('plan learning');
});

it('tells browsers to run nothing, to keep nothing, and to send nothing on', async () => {
  const visitor = await town.stranger();
  const headers = (await visitor.page.goto('/'))?.headers() ?? {};
  expect(headers['content-security-policy']).toMatch(/^default-src 'none';/);
  expect(headers['content-security-policy']).not.toContain('unsafe');
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
  });
  expect(await visitor.page.locator('script').count()).toBe(0);
  expect(await visitor.hindrances()).toEqual([]);
});

it('gives the session a new name at sign-in, and ends it at sign-out', async () => {
  const visitor = await town.stranger();
  await visitor.open('/');
  const name = async (): Promise<string | undefined> =>
    (await visitor.page.context().cookies(town.url)).find((cookie) => cookie.name === 'concordat')?.value;
  const before = await name();
  await visitor.page.goto('/sign-in');
  await visitor.page.locator('button[value="olu"]').click();
  await visitor.page.waitForURL((url) => url.origin === town.url);
  const signedIn = await name();
  expect(signedIn).toBeDefined();
  expect(signedIn).not.toBe(before);
  await visitor.press('button', 'Sign out');
  expect(await visitor.heading()).toBe('You are signed out');
  const response = await visitor.page.request.get('/dpo', { maxRedirects: 0, headers: { cookie: `concordat=${signedIn}` } });
  expect(response.headers()['location']).toMatch(/^\/sign-in/);
});

it('says which one cookie it keeps, to whoever asks, in both languages', async () => {
  const visitor = await town.stranger({ viewport: { width: 320, height: 640 } });
  await visitor.open('/');
  await visitor.press('link', 'Cookies');
  const kept = (await visitor.page.context().cookies(town.url)).map(({ name }) => name);
  expect(await visitor.page.locator('tbody th').allInnerTexts()).toEqual(kept);
  expect([await visitor.hindrances(), await visitor.scrollsSideways()]).toEqual([[], false]);
  await visitor.press('link', 'Cymraeg');
  expect([await visitor.heading(), await visitor.hindrances()]).toEqual(['Cwcis', []]);
  const officer = await town.signedIn('bea');
  expect(await officer.page.locator('header').innerText()).toContain('data protection officer of Black Country Training');
});

it('is read on a narrow screen without moving it sideways, in both languages', async () => {
  const visitor = await town.stranger({ viewport: { width: 320, height: 640 } });
  await visitor.open('/');
  expect(await visitor.scrollsSideways()).toBe(false);
  await visitor.press('link', 'Cymraeg');
  expect(await visitor.page.locator('html').getAttribute('lang')).toBe('cy');
  expect(await visitor.hindrances()).toEqual([]);
});
