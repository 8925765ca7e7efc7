// Planners, funders and providers' managers: what waits for them, the lists that need no statistics, and what is done from a line
// (console.md, 4.3; J16).
import { readFileSync } from 'node:fs';
import { ConsoleTown } from './console-town.ts';
import { arrives, expectOpenToAll, rowsOf, working } from './staff-visit.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

const PLANNING = ['Plan provision', 'Improve provision'];

it('opens on planning for whoever plans alone, in at most six entries', async () => {
  const visitor = await town.signedIn('r.finch');
  await arrives(visitor, 'Planning');
  const entries = await visitor.page.locator('.govuk-service-navigation__link').allInnerTexts();
  expect(entries).toEqual(['Planning', 'Provision', 'Needs', 'Targets', 'Gaps', 'Feedback']);
  await expectOpenToAll(visitor);
  const adviser = await town.signedIn('d.lal');
  expect((await adviser.page.goto('/plan/gaps'))?.status()).toBe(403);
});

it.each(['provision', 'needs', 'targets', 'gaps', 'feedback', 'prospectus'])('/plan/%s hinders nobody, wide or narrow', async (page) => {
  const visitor = await working(town, 'r.finch', { on: PLANNING });
  await visitor.open(`/plan/${page}`);
  await expectOpenToAll(visitor);
  expect((await rowsOf(visitor)).length).toBeGreaterThan(0);
  await visitor.page.setViewportSize({ width: 320, height: 640 });
  expect(await visitor.scrollsSideways()).toBe(false);
});

it('J16: a gap is answered from the first page in three presses, and waits no more', async () => {
  const raised = await town.tell('connexions-north', {
    type: 'provision.gap-raised',
    data: { gapId: 'gap-childcare', area: 'WV3', occupation: 'Childcare', level: 'level-1', reason: 'Nine learners asked for it' },
  });
  expect(raised[0]?.outcome).toBe('accepted');
  const visitor = await working(town, 'r.finch', { on: PLANNING });
  await visitor.open('/plan');
  expect(await visitor.text()).toContain('Nine learners asked for it');
  await expectOpenToAll(visitor);
  await visitor.press('button', /^Answer\s+for Childcare, level 1, WV3/);
  await visitor.page.getByRole('radio', { name: 'Planned', exact: true }).check();
  await visitor.page.locator('[name="note"]').fill('Ten places from January.');
  await visitor.press('button', 'Check what you entered');
  await visitor.press('button', 'Sign and send');
  await arrives(visitor, 'Recorded');
  expect(visitor.presses).toBe(3);
  await visitor.open('/plan');
  expect(await visitor.text()).not.toContain('Childcare');
  await visitor.press('link', 'Gaps');
  expect((await rowsOf(visitor)).some((row) => /^answered .*Childcare Level 1 WV3/.test(row))).toBe(true);
});

it('a provider’s manager reads what was said of the agency where enough spoke, and lists provision anew under its id', async () => {
  const visitor = await working(town, 'h.marsh', { on: PLANNING });
  await arrives(visitor, 'Planning');
  await visitor.press('link', 'Feedback');
  expect((await rowsOf(visitor))[0]).toContain('The workshop is cold in the mornings');
  await town.tell('heath-town-skills', {
    type: 'provision.listed',
    data: { provisionId: 'hts-wood', title: 'Joinery', kind: 'e2e', level: 'level-1', places: 8, area: 'WV10' },
  });
  await visitor.press('link', 'Provision');
  await visitor.press('button', /^List anew/);
  expect(await visitor.page.locator('[name="title"]').inputValue()).toBe('Joinery');
  await visitor.page.locator('[name="places"]').fill('12');
  await visitor.press('button', 'Check what you entered');
  await visitor.press('button', 'Sign and send');
  await arrives(visitor, 'Recorded');
  await visitor.open('/plan/provision?agency=heath-town-skills');
  const rows = await rowsOf(visitor);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatch(/Joinery Level 1 WV10 12/);
});

it('leaves as files; the prospectus as everybody reads it', async () => {
  const visitor = await working(town, 'r.finch', { on: PLANNING });
  for (const [page, link] of [
    ['/plan/gaps', 'Download the list (CSV)'],
    ['/plan/prospectus', 'Download the prospectus (CSV)'],
  ] as const) {
    await visitor.open(page);
    const coming = visitor.page.waitForEvent('download');
    await visitor.press('link', link);
    const file = await coming;
    expect(file.suggestedFilename()).toMatch(/-r\.finch\.csv$/);
    expect(readFileSync(await file.path(), 'utf8').split('\r\n').length).toBeGreaterThan(2);
  }
});
