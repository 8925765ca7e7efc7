// One learner with two ULNs: two agencies registered each with another one. The data manager says which is right, is shown who told the
// other and what that agency does, and it can be done (views.md, S15; ADR 88 and 92).
import { matchId } from '#learner-file';
import { ulnOf } from '../journeys/town.ts';
import { ConsoleTown, type Visitor } from './console-town.ts';
import { expectOpenToAll } from './staff-visit.ts';

const [FIRST, SECOND] = [ulnOf(73_001), ulnOf(73_002)];
const UNA = { givenName: 'Una', familyName: 'Numbers', dateOfBirth: '2009-05-06', postcode: 'WV1 1AA' };

let town: ConsoleTown;
let manager: Visitor;
let page: string;
beforeAll(async () => {
  town = await ConsoleTown.open();
  const registered = {
    type: 'learner.registered',
    subject: 'local:HTS-73001',
    data: { localId: 'HTS-73001', uln: FIRST, ...UNA },
  } as const;
  expect(await town.tell('heath-town-skills', registered)).toMatchObject([{ outcome: 'accepted' }]);
  const unnumbered = { type: 'learner.registered', subject: 'local:BCT-73001', data: { localId: 'BCT-73001', ...UNA } } as const;
  const numbered = { type: 'learner.corrected', subject: 'local:BCT-73001', data: { uln: SECOND, reason: 'Now known.' } } as const;
  for (const event of [unnumbered, numbered])
    expect(await town.tell('black-country-training', event)).toMatchObject([{ outcome: 'accepted' }]);
  manager = await town.signedIn('sam');
  page = `/data/matches/${matchId('possible-match', [await idOf(FIRST), await idOf(SECOND)])}`;
});
afterAll(() => town.close());

const idOf = async (uln: string): Promise<string> => {
  const { streams } = town.node;
  const [{ learner = '' } = {}] = (await streams.identifiers.load(streams.streamOf({ uln }))).state;
  return learner;
};
const decisions = async (): Promise<number> =>
  (await town.node.store.readAll({ after: 0, limit: 100_000 })).filter(({ type }) => type === 'uk.concordat.match.decided.v1').length;

it('asks which is right where they are one person, names each number, chooses none beforehand, and records nothing without an answer', async () => {
  const before = await decisions();
  await manager.pressOn(manager.page.locator(`a[href="${page}"]`).first());
  const numbers = manager.page.getByRole('radio');
  expect([await numbers.count(), await manager.page.getByRole('radio', { checked: true }).count()]).toEqual([2, 0]);
  expect((await manager.page.locator('.govuk-radios__label').allInnerTexts()).toSorted()).toEqual([
    expect.stringMatching(new RegExp(`^The one in record 1: (?:${FIRST}|${SECOND})$`)),
    expect.stringMatching(new RegExp(`^The one in record 2: (?:${FIRST}|${SECOND})$`)),
  ]);
  await manager.fill('Why?', 'The college showed the letter with the number.');
  await manager.press('button', 'They are one person');
  expect(await manager.page.locator('.govuk-error-summary').innerText()).toContain('Say which ULN is right');
  expect(await manager.page.locator('#right-error').innerText()).toContain('Say which ULN is right');
  expect(await manager.page.getByLabel('Why?').inputValue()).toBe('The college showed the letter with the number.');
  await expectOpenToAll(manager);
  expect(await decisions()).toBe(before);
});

it('shows the number that was chosen before it is recorded, and what it comes to afterwards', async () => {
  await manager.press('radio', new RegExp(`: ${FIRST}$`));
  await manager.press('button', 'They are one person');
  expect(await manager.text()).toMatch(new RegExp(`Right ULN\\s+The one in record [12]: ${FIRST}\\s`));
  await expectOpenToAll(manager);
  await manager.press('button', 'Record the decision');
  expect(await manager.heading()).toBe('Recorded: they are one person');
  const next = `The ULN ${FIRST} is right. Ask Black Country Training, who told the other one, to register the learner anew with it`;
  expect(await manager.text()).toContain(next);
  await expectOpenToAll(manager);
  await manager.press('link', 'See it');
  expect(await manager.text()).toMatch(/both names lead to one record, and the ULN of what was record [12] is right\./);
  expect(await manager.page.getByRole('radio').count()).toBe(0);
  await expectOpenToAll(manager);
  await manager.open('/data/decisions');
  expect(await manager.text()).toMatch(/They are one person[^]*The college showed the letter with the number\./);
});

it('and the agency does as it is told: it registers the learner anew with the right number, under another id of its own', async () => {
  const anew = { type: 'learner.registered', subject: 'local:BCT-73009', data: { localId: 'BCT-73009', uln: FIRST, ...UNA } } as const;
  expect(await town.tell('black-country-training', anew)).toMatchObject([{ outcome: 'accepted' }]);
});

it('two people keep their numbers: nobody is asked which is right, and what was chosen goes with the merge', async () => {
  await manager.open(page);
  await manager.fill('Why?', 'The letter was of her cousin.');
  await manager.press('button', 'Check what is undone');
  await manager.press('button', 'Make them two again');
  await manager.press('link', 'See it');
  expect(await manager.text()).toContain('It was decided that they are two people.');
  expect(await manager.text()).not.toContain(' is right');
});
