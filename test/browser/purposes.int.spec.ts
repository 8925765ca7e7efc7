// What staff work on: chosen once a session, remembered for pages of a kind, and offered where a page needs something else (console.md, 3).
import { ConsoleTown, type Visitor } from './console-town.ts';
import { ADVISING, arrives, expectOpenToAll, rowsOf, working } from './staff-visit.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

const bar = async ({ page }: Visitor): Promise<string> => (await page.locator('.concordat-purpose').innerText()).replaceAll(/\s+/g, ' ');

it.each([
  ['d.lal', ['Support learner', 'Track participation'], ['Know own record', 'Oversee sharing', 'Account for funding']],
  ['r.finch', ['Account for funding', 'Plan provision'], ['Know own record', 'Prevent reoffending', 'Support learner']],
] as const)('%s is offered first what some agreement shows the agency something for', async (person, own, others) => {
  const visitor = await town.signedIn(person);
  await visitor.open('/purpose?then=/staff');
  const named = (group: string): Promise<readonly string[]> =>
    visitor.page.getByRole('group', { name: group, exact: true }).locator('.govuk-checkboxes__label').allInnerTexts();
  const [first, second] = [await named('What are you working on?'), await named('Something else')];
  expect([first, second]).toEqual([expect.arrayContaining([...own]), expect.arrayContaining([...others])]);
  expect(first.filter((one) => second.includes(one))).toEqual([]);
  await expectOpenToAll(visitor);
});

it('a page that needs another purpose says so, offers it by one press, and remembers it for its kind alone', async () => {
  const visitor = await working(town, 'k.reid', { on: ['Deliver programme'] });
  await visitor.page.getByRole('link', { name: /what do we have\? About Aisha Rahman/ }).click();
  expect(await visitor.text()).toMatch(/seen for other work than yours at present: for plan learning\. Nothing was looked at\./);
  await expectOpenToAll(visitor);
  await visitor.press('button', 'Work on plan learning here');
  await arrives(visitor, 'What do we have?');
  expect(await bar(visitor)).toContain('You are working on: plan learning (');
  await visitor.open('/staff');
  expect(await bar(visitor)).toContain('You are working on: deliver programme (');
  await visitor.page.getByRole('link', { name: /what do we have\? About Owen Price/ }).click();
  await arrives(visitor, 'What do we have?');
  expect((await rowsOf(visitor)).length).toBeGreaterThan(0);
  await visitor.press('button', 'Sign out');
  await visitor.page.goto('/sign-in');
  await visitor.page.locator('button[value="k.reid"]').click();
  await arrives(visitor, 'What are you working on?');
});

it('a list that serves several purposes lets one choose among them, and its file follows', async () => {
  const visitor = await working(town, 'd.lal', { on: ['Track participation'] });
  expect((await visitor.page.request.get('/staff/caseload/csv', { maxRedirects: 0 })).headers()['location']).toBe('/staff/caseload');
  await visitor.open('/staff/caseload');
  await expectOpenToAll(visitor);
  await visitor.press('radio', 'Support learner');
  await visitor.press('button', 'Work on that here');
  await arrives(visitor, 'Caseload');
  expect(await bar(visitor)).toContain('You are working on: support learner (');
  expect((await visitor.page.request.get('/staff/caseload/csv')).headers()['content-type']).toMatch(/^text\/csv/);
  await visitor.open('/staff/leavers');
  expect(await bar(visitor)).toContain('You are working on: track participation (');
});

it('what is chosen anew holds for the page that it was chosen on, or for all pages', async () => {
  const visitor = await working(town, 'd.lal', { on: ADVISING });
  await visitor.open('/staff/caseload');
  await visitor.press('link', /^change/);
  expect(await visitor.page.getByRole('radio', { name: 'The page that you come from, and others of its kind' }).isChecked()).toBe(true);
  await expectOpenToAll(visitor);
  for (const one of ['Deliver programme', 'Plan learning']) await visitor.page.getByRole('checkbox', { name: one, exact: true }).uncheck();
  await visitor.press('button', 'Continue');
  await arrives(visitor, 'Caseload');
  expect(await bar(visitor)).toContain('You are working on: support learner (');
  await visitor.press('link', 'On programme');
  expect(await bar(visitor)).toContain('deliver programme');
  await visitor.press('link', /^change/);
  await visitor.press('radio', 'All pages');
  for (const one of ['Support learner', 'Plan learning']) await visitor.page.getByRole('checkbox', { name: one, exact: true }).uncheck();
  await visitor.press('button', 'Continue');
  await visitor.press('link', 'Caseload');
  expect(await bar(visitor)).toContain('You are working on: deliver programme (');
});

it('the first page says what it did not look at, since it is for other work', async () => {
  const visitor = await working(town, 'd.lal', { on: ['Track participation'] });
  expect(await visitor.text()).toMatch(/Caseload was not looked at: it is seen for support learner or deliver programme\./);
  expect(await visitor.text()).not.toContain('Nothing is');
  await expectOpenToAll(visitor);
  await visitor.press('link', 'Say that you are working on that too');
  expect(await visitor.page.getByRole('checkbox', { name: 'Track participation', exact: true }).isChecked()).toBe(true);
  await visitor.press('checkbox', 'Support learner');
  await visitor.press('button', 'Continue');
  expect(await visitor.text()).not.toContain('was not looked at');
});

it('before an assessment is sent the page says that it could not look for one that is valid, and offers to', async () => {
  const visitor = await working(town, 'k.reid', { on: ['Deliver programme'] });
  await visitor.open('/staff/enter/assessment.recorded');
  await visitor.page.locator('[name="learner"]').fill('BCT-1001');
  await visitor.press('radio', 'Initial assessment');
  await visitor.page.locator('[name="domain"]').fill('literacy');
  const entered = { 'assessedOn-day': '20', 'assessedOn-month': '11', 'assessedOn-year': '2026', instrument: 'BSA' };
  const whole = { ...entered, 'assessor.name': 'K. Reid', 'assessor.role': 'key worker', 'outcome.summary': 'Reads well' };
  for (const [name, value] of Object.entries(whole)) await visitor.page.locator(`[name="${name}"]`).fill(value);
  await visitor.press('button', 'Check what you entered');
  await arrives(visitor, 'Check before you send');
  expect(await visitor.text()).toContain('Whether there is such an assessment already was not looked at: it is seen for plan learning.');
  await expectOpenToAll(visitor);
  await visitor.press('button', 'Work on plan learning here');
  await arrives(visitor, 'Check before you send');
  expect(await visitor.text()).toContain('Nobody needs to take it again');
});

it('leads nowhere but to pages of the console', async () => {
  const visitor = await town.plainly('d.lal');
  for (const then of ['https://elsewhere.example', '//elsewhere.example', '/staffroom', '/staff/../me', 'javascript:x']) {
    await visitor.open('/purpose');
    const answered = await visitor.once('/purpose', { purposes: 'support-learner', then });
    expect([then, answered.headers.get('location')]).toEqual([then, '/staff']);
    await answered.body?.cancel();
  }
});
