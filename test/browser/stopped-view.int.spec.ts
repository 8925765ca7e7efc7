// The data manager is told which view stands still, and since when what is made of it waits (console.md, 4.5).
import { until } from '../until.ts';
import { breakView } from '../journeys/stopped-view.ts';
import { ConsoleTown } from './console-town.ts';
import { expectOpenToAll } from './staff-visit.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

it('while all views go on, nothing is said of them; of one that stopped, since when it lacks what was told', async () => {
  const visitor = await town.signedIn('sam');
  expect(await visitor.text()).not.toContain('Figures wait');
  breakView(town.node.config.data, 'provision');
  const before = await town.node.store.head();
  const data = { provisionId: 'joinery', title: 'Joinery', kind: 'e2e', places: 8, area: 'WV10' } as const;
  await expect(town.tell('heath-town-skills', { type: 'provision.listed', data })).rejects.toThrow('The view provision stands still.');
  const [first] = await town.node.store.readAll({ after: before, limit: 1 });
  // Whether the broker is well is told as it was within the last second.
  await until(async () => {
    await visitor.open('/data');
    return (await visitor.text()).includes('Figures wait');
  });
  expect(await visitor.text()).toMatch(/Figures wait\.[\s\S]*Provision, stopped since \d+ \w+ \d{4}, \d+:\d\d[ap]m/);
  const since = await visitor.page.locator('.govuk-inset-text time').getAttribute('datetime');
  expect(since).toBe(new Date(first?.recordedAt ?? 0).toISOString());
  await expectOpenToAll(visitor);
  await visitor.page.setViewportSize({ width: 320, height: 640 });
  expect(await visitor.scrollsSideways()).toBe(false);
});
