// What officers answer and explain, and what the data manager gives as reasons, names nobody: forms say so, and their checks point at what
// looks as if it did (ADR 86 and 92).
import { ulnOf } from '../journeys/town.ts';
import { ConsoleTown, type Visitor } from './console-town.ts';
import { expectOpenToAll } from './staff-visit.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

/** Of a learner, by the agency's own id: the name that the page showed. */
const nameShown = async (visitor: Visitor, localId: string): Promise<string> => {
  await visitor.open('/dpo/find');
  await visitor.fill('What do you have in hand?', localId);
  await visitor.press('button', 'Find it');
  await visitor.page.getByText('Show who this is').click();
  expect(await visitor.text()).toContain('Name nobody in it');
  await visitor.fill('Why do you need the name?', 'To answer a question of hers.');
  await visitor.press('button', 'Show the name');
  return visitor.page.locator('.govuk-inset-text strong').innerText();
};

it('an officer’s answer: another learner’s name and numbers are pointed at, the reader’s own name is not, and it is sent all the same', async () => {
  const learner = await town.signedIn('aisha.rahman');
  await learner.open('/me/questions/new');
  await learner.page.locator('select[name="about"]').selectOption({ label: 'Black Country Training' });
  await learner.page.locator('textarea[name="text"]').fill('Who asked you about me?');
  await learner.press('button', 'Continue');
  await learner.press('button', 'Send');
  await town.settled();
  const officer = await town.signedIn('bea');
  const [own, other] = [await nameShown(officer, 'BCT-1001'), await nameShown(officer, 'BCT-1002')];
  expect(own).toBe('Aisha Rahman');
  await officer.open('/dpo/questions');
  await officer.pressOn(officer.page.getByRole('link', { name: /^Question of/ }).last());
  expect(await officer.text()).toContain('Name nobody else in it');
  const warned = officer.page.locator('.govuk-warning-text');
  const written = async (text: string): Promise<void> => {
    await officer.fill(/Your answer/, text);
    await officer.press('button', 'Check the answer');
  };
  await written(`Dear ${own}, nobody did.`);
  expect(await warned.count()).toBe(0);
  await officer.press('link', 'Change something');
  await written(`Dear ${own}, ${other} did. Ring 01902 555 123.`);
  expect(await warned.innerText()).toContain('there is a telephone number, the name of another learner, which you were shown in it');
  await expectOpenToAll(officer);
  await officer.press('button', 'Sign and send as it is');
  expect(await officer.text()).toMatch(/Answered: recorded at position \d+/);
});

it('the data manager’s reasons: names of the records are pointed at before a decision and before an un-merge', async () => {
  const manager = await town.signedIn('sam');
  const warned = manager.page.locator('.govuk-warning-text');
  await manager.press('link', /, possible matches, number 1$/);
  const said = await manager.page
    .getByRole('row', { name: /^Family name/ })
    .locator('td p')
    .first()
    .innerText();
  const family = said.split('\n')[0] ?? '';
  expect(family).toMatch(/^\p{Lu}\p{L}+/u);
  await manager.fill('Why?', `Mrs ${family} says so, and the National Insurance number QQ 12 34 56 C.`);
  await manager.press('button', 'They are one person');
  const both = 'there is a National Insurance number, a name that stands in these records in it';
  expect(await warned.innerText()).toContain(both);
  await expectOpenToAll(manager);
  await manager.press('button', 'Record the decision as it is');
  await town.settled();
  await manager.press('link', 'Undo the merge');
  expect(await manager.text()).toContain('What you saw, and of whom; not the names themselves.');
  await manager.fill('Why?', `Mrs ${family} has twins.`);
  await manager.press('button', 'Check what is undone');
  expect(await warned.innerText()).toContain('there is a name that stands in these records in it');
  await manager.press('link', 'Change something');
  expect(await manager.page.getByLabel('Why?').inputValue()).toBe(`Mrs ${family} has twins.`);
  await manager.fill('Why?', 'The mother has twins.');
  await manager.press('button', 'Check what is undone');
  expect(await warned.count()).toBe(0);
});

it('why an officer needs a name: what tells of somebody is pointed at before the name is shown, and again where it was changed', async () => {
  const officer = await town.signedIn('bea');
  const other = await nameShown(officer, 'BCT-1002');
  await officer.open('/dpo/find');
  await officer.fill('What do you have in hand?', 'BCT-1001');
  await officer.press('button', 'Find it');
  const learner = new URL(officer.page.url()).pathname;
  await officer.page.getByText('Show who this is').click();
  const warned = officer.page.locator('.govuk-warning-text');
  const shown = officer.page.locator('.govuk-inset-text strong');
  const head = await town.node.store.head();
  const reason = `${other} wrote of her friend, whose number is ${ulnOf(74_201)}.`;
  await officer.fill('Why do you need the name?', reason);
  await officer.press('button', 'Show the name');
  expect(await warned.innerText()).toContain(
    'there is a ULN, the name of a learner, which you were shown in it. Your reason is not recorded yet',
  );
  expect([await shown.count(), await officer.page.getByLabel('Why do you need the name?').inputValue()]).toEqual([0, reason]);
  await expectOpenToAll(officer);
  await officer.fill('Why do you need the name?', `${reason} Ring 01902 555 123.`);
  await officer.press('button', 'Show the name, with this reason');
  expect(await warned.innerText()).toContain('a telephone number');
  // Of the name nothing was asked so far.
  const asked = (await town.node.store.readAll({ after: head, limit: 100 })).filter(({ type }) => type.includes('disclosure.decided'));
  expect(asked).toEqual([]);
  await officer.press('button', 'Show the name, with this reason');
  expect(await shown.innerText()).toMatch(/^\p{Lu}\p{L}+ \p{Lu}/u);
  await officer.open(learner);
  await officer.page.getByText('Show who this is').click();
  await officer.fill('Why do you need the name?', 'Her question is to be answered.');
  await officer.press('button', 'Show the name');
  expect([await warned.count(), await shown.count()]).toEqual([0, 1]);
});
