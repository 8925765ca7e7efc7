// A decision that comes out otherwise when it is decided again (console.md, 4.1 and 11): the notice stands wherever an officer opens it, as
// long as it differs.
import { ChangedAnswers } from './changed-answers.ts';
import { ConsoleTown } from './console-town.ts';
import { person } from '../../apps/cli/demo/people.ts';

let differs = true;
let town: ConsoleTown;
let line: ChangedAnswers;
const change = (path: string, body: string): string =>
  differs && path.endsWith('/replay') ? JSON.stringify({ ...(JSON.parse(body) as object), same: false }) : body;
beforeAll(async () => {
  town = await ConsoleTown.open({}, { by: async (url) => (line = await ChangedAnswers.to(url, change)).url });
});
afterAll(async () => {
  await town.close();
  await line.close();
});

const NOTICE = 'Decided again, it comes out otherwise';

it('says so at the top, to every officer who opens it, until it comes out the same', async () => {
  const visitor = await town.signedIn('olu', { viewport: { width: 320, height: 640 } });
  await visitor.fill('What do you have in hand?', person(1, 'Aisha Rahman', '').uln);
  await visitor.press('button', 'Find it');
  await visitor.press('link', 'Who saw it');
  await visitor.press('link', /by Black Country Training, position/);
  const decision = new URL(visitor.page.url()).pathname;
  expect(await visitor.text()).not.toContain(NOTICE);
  await visitor.press('button', 'Check again');
  expect(await visitor.text()).toMatch(new RegExp(`${NOTICE}[\\s\\S]*keep position \\d+\\.`));
  expect([await visitor.hindrances(), await visitor.scrollsSideways()]).toEqual([[], false]);

  await visitor.open(decision);
  expect(await visitor.text()).toContain(NOTICE);
  expect([await visitor.hindrances(), await visitor.scrollsSideways()]).toEqual([[], false]);
  const other = await town.signedIn('bea');
  await other.open(decision);
  expect(await other.text()).toContain(NOTICE);

  differs = false;
  await visitor.open(decision);
  expect(await visitor.text()).toMatch(/Decided again at .*: the same\./);
  expect(await visitor.text()).not.toContain(NOTICE);
  await visitor.open(decision);
  expect(await visitor.text()).not.toContain('Decided again');
});
