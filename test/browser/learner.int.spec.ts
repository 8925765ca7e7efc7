// A learner on the own pages: who has seen it, ask, answer who asks; each within its taps, in both languages, without script and on a
// narrow screen (console.md, 5: J14, J17, J19; part 8).
import { ConsoleTown, type Visitor } from './console-town.ts';
import { leadsTo } from './page-walk.ts';
import { person } from '../../apps/cli/demo/people.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

const PAGES = [
  ...['/me', '/me/record', '/me/seen', '/me/sharing', '/me/people', '/me/plan', '/me/questions'],
  ...['/me/questions/new', '/me/record/all'],
  ...['/me/complaints/new', '/me/voice', '/me/safety'],
];
/** What is held of one kind, whose name is in no address. */
const pagesOf = async (visitor: Visitor): Promise<readonly string[]> => {
  await visitor.open('/me/record?lang=en');
  return [...PAGES, await leadsTo(visitor, 'See your assessments')];
};
const WHOLE_PAGE_BYTES = 100_000;

/** At the top, with the way there, and at the field itself. */
const expectAmiss = async (visitor: Visitor, says: string | RegExp, place: string): Promise<void> => {
  const link = visitor.page.locator('.govuk-error-summary a');
  expect([await link.innerText(), await link.getAttribute('href')]).toEqual([expect.stringMatching(says), place]);
  expect(await visitor.page.locator(place).count()).toBe(1);
  expect(await visitor.page.locator('.govuk-error-message').innerText()).toMatch(says);
  expect(await visitor.page.title()).toMatch(/^Error: /);
  expect(await visitor.page.locator('[role="alert"], [role="status"]').count()).toBe(0);
  expect(await visitor.hindrances()).toEqual([]);
};

it.each(['en', 'cy'] as const)('hinders nobody on any page, in %s', async (language) => {
  const visitor = await town.signedIn('aisha.rahman');
  for (const path of await pagesOf(visitor)) {
    await visitor.open(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
    expect([path, await visitor.hindrances()]).toEqual([path, []]);
    expect(await visitor.page.locator('html').getAttribute('lang')).toBe(language);
  }
});

it('fits a narrow screen, and comes in one small page without script', async () => {
  const visitor = await town.signedIn('aisha.rahman', { viewport: { width: 320, height: 640 }, javaScriptEnabled: true });
  for (const path of await pagesOf(visitor)) {
    let bytes = 0;
    visitor.page.on('response', (response) => {
      bytes += Number(response.headers()['content-length'] ?? 0);
    });
    await visitor.open(path);
    expect([path, await visitor.scrollsSideways()]).toEqual([path, false]);
    expect(bytes + Buffer.byteLength(await visitor.page.content())).toBeLessThan(WHOLE_PAGE_BYTES);
    expect(await visitor.page.locator('script').count()).toBe(0);
    visitor.page.removeAllListeners('response');
  }
});

it('shows who has seen it with one tap (J17)', async () => {
  const visitor = await town.signedIn('aisha.rahman');
  await visitor.press('link', 'Who has seen it');
  visitor.reached('J17');
  expect(await visitor.text()).toContain('Black Country Training looked at');
  expect(await visitor.text()).toContain('They could because it is their job by law.');
  expect(await visitor.text()).toMatch(/They could because you agreed on \d+ \w+ \d{4}\./);
  await visitor.open('/me/seen?lang=cy');
  expect(await visitor.text()).toMatch(/Roedd hawl ganddynt am eich bod wedi cytuno ar \d+ \w+ \d{4}\./);
});

it('lets the learner ask about a look with three taps (J19)', async () => {
  const visitor = await town.signedIn('aisha.rahman', { javaScriptEnabled: false });
  await visitor.open('/me');
  await visitor.pressFirst(/^Ask about this ?: Black Country Training/);
  await visitor.fill(/What do you want to know/, 'Why did you look?');
  await visitor.press('button', 'Continue');
  expect(await visitor.text()).toContain('Why did you look?');
  await visitor.press('button', 'Send');
  visitor.reached('J19');
  expect(await visitor.heading()).toBe('Your question is sent');
  await visitor.open('/me/questions');
  expect(await visitor.text()).toMatch(/You wrote to Black Country Training[\s\S]*Why did you look\?/);
});

it('says what is missing where a form is empty, and sends nothing', async () => {
  const visitor = await town.signedIn('aisha.rahman');
  const before = await town.node.store.head();
  await visitor.open('/me/complaints/new');
  await visitor.fill(/What went wrong/, 'They were rude.');
  await visitor.press('button', 'Continue');
  await expectAmiss(visitor, 'Choose who you write to', '#about');
  expect(await visitor.page.locator('#text').inputValue()).toBe('They were rude.');
  const types = (await town.node.store.readAll({ after: before, limit: 100 })).map(({ type }) => type);
  expect(types).not.toContain('uk.concordat.complaint.made.v1');
});

it('gives a form back with what was entered, and leads to what is amiss', async () => {
  const visitor = await town.signedIn('aisha.rahman', { javaScriptEnabled: true });
  await visitor.open('/me/voice');
  await visitor.page.locator('#about').selectOption({ index: 1 });
  await visitor.press('radio', '2, bad');
  await visitor.press('button', 'Continue');
  await expectAmiss(visitor, 'Say in one or two words what about it', '#theme');
  expect(await visitor.page.getByRole('radio', { name: '2, bad' }).isChecked()).toBe(true);
  await visitor.open('/me/sharing');
  await visitor.page
    .getByRole('button', { name: /^Share less/ })
    .first()
    .click();
  await visitor.page.locator('[name="party"]').first().check();
  await visitor.press('button', 'Continue');
  await expectAmiss(visitor, 'Tick something, or choose another button', '#kind-1');
  expect(await visitor.page.locator('[name="party"]').first().isChecked()).toBe(true);
  await visitor.page.locator('[name="kind"]').first().check();
  await visitor.fill('Day', '31');
  await visitor.fill('Month', '2');
  await visitor.fill('Year', '2030');
  await visitor.press('button', 'Continue');
  await expectAmiss(visitor, /Enter a day that is still to come/, '#until-day');
  expect(await visitor.page.locator('#until-month').inputValue()).toBe('2');
});

it('points at what says who somebody is in what a learner thinks, in both languages, and sends it all the same', async () => {
  const visitor = await town.signedIn('ben.hartley');
  await visitor.open('/me/voice?lang=cy');
  expect(await visitor.text()).toContain('Peidiwch ag ysgrifennu enwau, rhifau ffôn na chyfeiriadau e-bost.');
  await visitor.open('/me/voice?lang=en');
  await visitor.page.locator('#about').selectOption({ index: 1 });
  await visitor.page.locator('#theme').fill('Buses');
  await visitor.page.locator('#text').fill('Too few. Write to me: ben@example.org. Ben');
  await visitor.press('button', 'Continue');
  expect(await visitor.text()).toMatch(/It has this in it:\s+an e-mail address\s+your name\s+You can go back/);
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('button', 'Send');
  expect(await visitor.heading()).toBe('Thank you. It is sent.');
});

it('says when sharing ends, before it is sent, where it is to end sooner', async () => {
  const visitor = await town.signedIn('aisha.rahman', { javaScriptEnabled: false });
  const soon = new Date(Date.now() + 3 * 86_400_000);
  await visitor.open('/me/sharing');
  await visitor.page
    .getByRole('button', { name: /^Share less/ })
    .first()
    .click();
  for (const box of await visitor.page.getByRole('checkbox').all()) await box.check();
  await visitor.fill('Day', String(soon.getUTCDate()));
  await visitor.fill('Month', String(soon.getUTCMonth() + 1));
  await visitor.fill('Year', String(soon.getUTCFullYear()));
  await visitor.press('button', 'Continue');
  expect(await visitor.heading()).toBe('Share less?');
  const day = soon.toLocaleDateString('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
  expect(await visitor.text()).toMatch(new RegExp(`Until\\s+${day}`));
  await visitor.press('button', 'Yes, share less');
  await visitor.open('/me/sharing');
  expect(await visitor.text()).toMatch(new RegExp(`Until\\s+${day}`));
});

it('tells what an agency does about what a learner said, and how long who sees something may keep it', async () => {
  const visitor = await town.signedIn('aisha.rahman');
  await visitor.open('/me/voice');
  expect(await visitor.text()).toMatch(/workshops[\s\S]*What they do about it[\s\S]*Two more sets of tools/);
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.open('/me/record?lang=cy');
  await visitor.press('link', 'Gweld eich asesiadau');
  expect(await visitor.page.getByRole('link', { name: /^Mae hyn yn anghywir ?: / }).count()).toBeGreaterThan(0);
  await visitor.press('link', 'English');
  expect(await visitor.page.getByRole('link', { name: /^This is wrong ?: / }).count()).toBeGreaterThan(0);
  await visitor.page.locator('summary').first().click();
  expect(await visitor.text()).toMatch(/They may keep it for \d+ (?:years?|months?)\./);
});

it('answers who asks: nothing is ticked, no is as large as yes, and three taps suffice (J14)', async () => {
  const { uln } = person(401, 'Keira Walsh', '');
  const data = {
    protocol: 'e2e-passport',
    purposes: ['plan-learning'],
    categories: ['review', 'achievement'],
    recipients: ['provider', 'college'],
    until: '2027-12-31',
  };
  const [asked] = await town.tell('connexions-north', { type: 'consent.requested', subject: `uln:${uln}`, data });
  expect(asked?.outcome).toBe('accepted');
  const visitor = await town.signedIn('keira.walsh', { javaScriptEnabled: true });
  await visitor.press('link', 'See what Connexions North asks');
  expect(await visitor.page.locator('input:checked').count()).toBe(0);
  expect(await visitor.text()).toContain('You will still get your place, your course and your help.');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('button', 'Say yes to all of it');
  await visitor.press('button', 'Yes, share it');
  visitor.reached('J14');
  expect(await visitor.heading()).toBe('You said yes');
  await visitor.press('link', 'See what happens now');
  expect(await visitor.text()).toContain('your reviews and what you achieved');
});

it('shares less, in Welsh as in English', async () => {
  const visitor = await town.signedIn('keira.walsh');
  await visitor.open('/me/sharing?lang=cy');
  await visitor.page
    .getByRole('button', { name: /^Rhannu llai/ })
    .first()
    .click();
  await visitor.press('checkbox', 'eich adolygiadau');
  await visitor.press('checkbox', 'colegau');
  await visitor.press('button', 'Parhau');
  expect(await visitor.heading()).toBe('Rhannu llai?');
  await visitor.press('button', 'Ie, rhannu llai');
  expect(await visitor.heading()).toBe('Rydych yn rhannu llai nawr');
  await visitor.open('/me/sharing');
  expect(await visitor.text()).toMatch(/Rydych wedi cytuno\s+eich adolygiadau\s/);
  await visitor.open('/me/sharing?lang=en');
});

it('objects where that is possible', async () => {
  const visitor = await town.signedIn('ben.hartley');
  await visitor.open('/me/sharing');
  await visitor.page.locator('summary').first().click();
  await visitor.page
    .getByRole('link', { name: /^Object to this/ })
    .first()
    .click();
  await visitor.fill(/Why do you object/, 'I do not want it.');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('button', 'Continue');
  await visitor.press('button', 'Send');
  expect(await visitor.heading()).toBe('Your objection is recorded');
  await visitor.open('/me/sharing');
  expect(await visitor.text()).toContain('I do not want it.');
});

it('leaves at once: the session is over', async () => {
  const visitor = await town.signedIn('ben.hartley');
  const answer = await visitor.page.request.get('/leave', { maxRedirects: 0 });
  expect(answer.headers()['clear-site-data']).toContain('cookies');
  await visitor.open('/me');
  expect(await visitor.page.locator('h1').innerText()).not.toBe('Your information');
});
