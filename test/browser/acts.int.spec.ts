// What staff record straight from a line: how many presses each task costs, beside what has to be typed (console.md, 5).
import { person } from '../../apps/cli/demo/people.ts';
import { ConsoleTown } from './console-town.ts';
import { ADVISING, arrives, working } from './staff-visit.ts';

/** His number in the demo's story. */
const WILL = 107;

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

it('J10: a follow-up that is overdue is recorded in three presses, and is overdue no more', async () => {
  const visitor = await working(town, 'd.lal', { on: ADVISING });
  const before = await visitor.page.getByRole('button', { name: /Record follow-up\s+for Owen Price/ }).count();
  expect(before).toBe(1);
  await visitor.press('button', /Record follow-up\s+for Owen Price/);
  expect(await visitor.page.locator('[name="by"]').inputValue()).toBe('D. Lal');
  expect(new URL(visitor.page.url()).search).toBe('');
  await visitor.page.locator('[name="outcome"]').fill('Spoke on the phone; goes on with the course.');
  await visitor.press('button', 'Check what you entered');
  await visitor.press('button', 'Sign and send');
  await arrives(visitor, 'Recorded');
  visitor.reached('J10');
  await visitor.open('/staff');
  expect(await visitor.page.getByRole('button', { name: /Record follow-up\s+for Owen Price/ }).count()).toBe(0);
});

it('J11: a programme is signed off after it was read, in four presses', async () => {
  const visitor = await working(town, 'd.lal', { on: ADVISING });
  await visitor.pressFirst(/^Amy Fletcher$/);
  expect(await visitor.text()).toContain('Why may I see this?');
  await visitor.press('button', /^Sign off\s+for this learner/);
  expect(await visitor.page.locator('[name="signedBy.role"]').inputValue()).toBe('personal-adviser');
  await visitor.press('button', 'Check what you entered');
  await visitor.press('button', 'Sign and send');
  await arrives(visitor, 'Recorded');
  visitor.reached('J11');
  await visitor.open('/staff');
  await visitor.pressFirst(/^Amy Fletcher$/);
  expect(await visitor.text()).not.toMatch(/Sign off\s+for this learner/);
  expect(await visitor.text()).toMatch(/Record follow-up\s+for this learner/);
});

it('J12: whoever is linked to nobody is allocated in four presses', async () => {
  const visitor = await working(town, 'd.lal', { on: ADVISING });
  await visitor.press('link', 'On programme');
  await visitor.press('button', /Allocate to me\s+for Will Ashby/);
  // The service has no id of its own for him yet.
  expect(await visitor.page.locator('[name="learner"]').inputValue()).toBe('');
  await visitor.page.locator('[name="learner"]').fill(person(WILL, 'Will Ashby', '').uln);
  await visitor.press('button', 'Check what you entered');
  await visitor.press('button', 'Sign and send');
  await arrives(visitor, 'Recorded');
  visitor.reached('J12');
});

it('J16: a gap in provision is answered in three presses', async () => {
  const adviser = await working(town, 'd.lal', { on: ['Plan provision'] });
  await adviser.open('/staff/enter/provision.gap-raised');
  for (const [name, value] of Object.entries({ area: 'WV2', occupation: 'Bricklaying', reason: 'Six learners asked for it' }))
    await adviser.page.locator(`[name="${name}"]`).fill(value);
  await adviser.press('button', 'Check what you entered');
  await adviser.press('button', 'Sign and send');
  await arrives(adviser, 'Recorded');

  await town.settled();
  const funder = await working(town, 'r.finch', { on: ['Plan provision'] });
  await funder.open('/staff/lists/provision-gaps?state=open');
  await funder.press('button', /^Answer/);
  await funder.page.getByRole('radio', { name: 'Planned', exact: true }).check();
  await funder.page.locator('[name="note"]').fill('Eight places from the spring.');
  await funder.press('button', 'Check what you entered');
  await funder.press('button', 'Sign and send');
  await arrives(funder, 'Recorded');
  funder.reached('J16');
  await funder.open('/staff/lists/provision-gaps?state=open');
  expect(await funder.text()).not.toContain('Bricklaying');
});
