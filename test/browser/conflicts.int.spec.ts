// Identifiers in conflict: whoever entered them is told which of the agency's own, and the data manager which must be corrected by whom
// (console.md, 4.5).
import { matchId } from '#learner-file';
import { ulnOf } from '../journeys/town.ts';
import { ConsoleTown, type Visitor } from './console-town.ts';
import { arrives, expectOpenToAll } from './staff-visit.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

type Entered = Readonly<Record<string, string>>;
const enter = async (visitor: Visitor, entered: Entered): Promise<void> => {
  await visitor.open('/staff/enter/learner.registered');
  for (const [name, value] of Object.entries(entered)) await visitor.page.locator(`[name="${name}"]`).fill(value);
  await visitor.press('button', 'Check what you entered');
  await visitor.press('button', 'Sign and send');
};
const born = { 'dateOfBirth-day': '4', 'dateOfBirth-month': '9', 'dateOfBirth-year': '2009' };
const ZOE = { learner: 'BCT-7001', localId: 'BCT-7001', givenName: 'Zoe', familyName: 'Quill', ...born };

const idOf = async (uln: string): Promise<string> => {
  const { streams } = town.node;
  const [{ learner = '' } = {}] = (await streams.identifiers.load(streams.streamOf({ uln }))).state;
  return learner;
};

it('of two learners it is told before anybody decides who must correct what, and what is so once they are one', async () => {
  const known = (n: number) => ({
    localId: `BCT-${n}`,
    uln: ulnOf(n),
    familyName: `Pair${n}`,
    givenName: 'Uma',
    dateOfBirth: '2009-09-04',
  });
  const registered = (n: number) => ({ type: 'learner.registered', subject: `local:BCT-${n}`, data: known(n) }) as const;
  expect(await town.tell('black-country-training', registered(72_001), registered(72_002))).toMatchObject([
    { outcome: 'accepted' },
    { outcome: 'accepted' },
  ]);
  const corrected = { type: 'learner.corrected', subject: 'local:BCT-72001', data: { localId: 'BCT-72002', reason: 'New id.' } } as const;
  expect(await town.tell('black-country-training', corrected)).toMatchObject([{ problem: { code: 'link-conflict' } }]);
  await town.settled();
  const manager = await town.signedIn('sam');
  const match = matchId('link-conflict', [await idOf(ulnOf(72_001)), await idOf(ulnOf(72_002))]);
  await manager.pressOn(manager.page.locator(`a[href="/data/matches/${match}"]`));
  expect(await manager.heading()).toBe('One person, or two?');
  const says =
    /If they are two, no merge solves that:\s+Black Country Training must correct its own id for the learner, which it gave to the other/;
  expect(await manager.text()).toMatch(says);
  expect(await manager.page.getByRole('button', { name: 'They are one person' }).isVisible()).toBe(true);
  await expectOpenToAll(manager);
  await manager.fill('Why?', 'The school says so.');
  await manager.press('radio', /^The one in record 1: \d{10}$/);
  await manager.press('button', 'They are one person');
  await manager.press('button', 'Record the decision');
  await manager.press('link', 'See it');
  expect(await manager.text()).toContain('as they are one now, it can be sent again');
  await expectOpenToAll(manager);
  expect(await town.tell('black-country-training', corrected)).toMatchObject([{ outcome: 'accepted' }]);
});

it('an id given to somebody else before, and a second number, are told apart', async () => {
  const visitor = await town.signedIn('k.reid');
  await enter(visitor, { ...ZOE, uln: ulnOf(71_001) });
  expect([await visitor.heading(), await visitor.text()]).toEqual(['Recorded', expect.any(String)]);
  await enter(visitor, { ...ZOE, uln: ulnOf(71_002) });
  await arrives(visitor, 'Not recorded');
  expect(await visitor.text()).toContain('The ULN is what conflicts: your agency gave another one for this learner before.');
  await expectOpenToAll(visitor);
  await enter(visitor, { ...ZOE, givenName: 'Ann', familyName: 'Other', 'dateOfBirth-year': '2007' });
  expect(await visitor.text()).toContain('The id that your agency uses for the learner is the one that conflicts');
  await town.settled();
  const manager = await town.signedIn('sam');
  const zoe = matchId('link-conflict', [await idOf(ulnOf(71_001))]);
  const look = (identifier: string) =>
    manager.pressOn(manager.page.locator(`a[href="/data/matches/${zoe}.by.black-country-training.${identifier}"]`));
  await look('uln');
  // Each of the two is decided by itself.
  const ofNumber = /No merge solves that:\s+Black Country Training must correct the ULN, of which it gave two for this learner/;
  const ofId = 'Black Country Training must correct its own id for the learner, under which it told of another person';
  expect(await manager.text()).toMatch(ofNumber);
  expect(await manager.text()).not.toContain(ofId);
  await expectOpenToAll(manager);
  await manager.page.getByLabel('Why?').fill('The college showed us the letter with the number.');
  await manager.press('button', 'What was told first is right');
  expect(await manager.text()).toContain('What was told first is right');
  await manager.press('button', 'Record the decision');
  expect(await manager.heading()).toBe('Recorded: what was told first is right');
  expect(await manager.text()).toContain('What was told later stays refused.');
  await manager.open('/data');
  await look('localId');
  expect(await manager.text()).toContain(ofId);
  expect(await manager.text()).not.toMatch(ofNumber);
});
