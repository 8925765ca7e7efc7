// A long form asks one question a page, says at once what is amiss with it, and has all of it on one page for whoever would rather
// (console.md, 4.5).
import { ConsoleTown, type Visitor } from './console-town.ts';
import { arrives, expectOpenToAll } from './staff-visit.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

const question = async ({ page }: Visitor): Promise<string> => page.locator('main .govuk-caption-l').innerText();

it('from the list of what can be recorded to what is checked, with the way back', async () => {
  const visitor = await town.signedIn('k.reid');
  await visitor.open('/staff/enter');
  await visitor.press('link', 'Assessment recorded');
  const [, many = ''] = /^Question 1 of (\d+)$/.exec(await question(visitor)) ?? [];
  expect(Number(many)).toBeGreaterThan(8);
  await expectOpenToAll(visitor);
  await visitor.press('button', 'Continue');
  expect(await visitor.page.locator('.govuk-error-summary').innerText()).toContain('Enter your own id for the learner');
  await expectOpenToAll(visitor);
  await visitor.page.locator('[name="learner"]').fill('BCT-1001');
  await visitor.press('button', 'Continue');
  expect(await question(visitor)).toBe(`Question 2 of ${many}`);
  await visitor.press('link', 'Back');
  expect(await visitor.page.locator('[name="learner"]').inputValue()).toBe('local:BCT-1001');
  await visitor.open(`/staff/enter/assessment.recorded?ask=${many}`);
  await visitor.press('button', 'Check what you entered');
  await arrives(visitor, 'Assessment recorded');
  const amiss = await visitor.page.locator('.govuk-error-summary li').allInnerTexts();
  expect(amiss.length).toBeGreaterThan(2);
  expect(amiss.join()).not.toContain('Enter your own id for the learner');
  expect(await visitor.page.locator('[name="learner"]').inputValue()).toBe('local:BCT-1001');
  await visitor.page.setViewportSize({ width: 320, height: 640 });
  expect(await visitor.scrollsSideways()).toBe(false);
});

it('a short form, and one that is begun from a line, stay on one page', async () => {
  const visitor = await town.signedIn('k.reid');
  await visitor.open('/staff/enter');
  await visitor.press('link', 'Attendance concern');
  expect(await visitor.page.locator('[name="learner"]').count()).toBe(1);
  expect(await visitor.page.locator('main .govuk-caption-l').count()).toBe(0);
  await visitor.open('/staff/enter/assessment.recorded');
  expect(await visitor.page.locator('main .govuk-caption-l').count()).toBe(0);
});
