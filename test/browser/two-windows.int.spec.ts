// Two windows of one sign-in: what a check shows is what its button sends, whatever was entered in the other window since (console.md, 3).
import { decideMatch, unmerge } from '#admission';
import { ulnOf } from '../journeys/town.ts';
import { ConsoleTown, type PersonId, Visitor } from './console-town.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

const twoOf = async (id: PersonId): Promise<readonly [Visitor, Visitor]> => {
  const one = await town.signedIn(id);
  return [one, new Visitor(await one.page.context().newPage())];
};

/** Nothing is recorded by the first check; the second sends what it shows. */
const expectOnlySecondSent = async ([first, second]: readonly [Visitor, Visitor], told: RegExp): Promise<void> => {
  const before = await town.node.store.head();
  await first.press('button', 'Sign and send');
  expect([await first.heading(), await first.hindrances()]).toEqual(['This page sends nothing any more', []]);
  expect(await town.node.store.head()).toBe(before);
  await first.press('link', 'See what is kept now');
  expect(await first.text()).toMatch(told);
  await second.press('button', 'Sign and send');
  expect(await second.text()).toMatch(/Position \d+/);
  expect(await town.node.store.head()).toBeGreaterThan(before);
  // What was sent is kept no more: nothing is left that the first window could send.
  await first.press('button', 'Sign and send');
  expect(await first.heading()).toBe('This page sends nothing any more');
};

it('an achievement', async () => {
  const windows = await twoOf('k.reid');
  for (const [{ page }, title] of [[windows[0], 'First aid'] as const, [windows[1], 'Forklift licence'] as const]) {
    await page.goto('/staff/enter/achievement.recorded');
    await page.locator('[name="learner"]').fill('BCT-1001');
    await page.locator('[name="title"]').fill(title);
    await page.getByRole('radio', { name: 'Accredited', exact: true }).check();
    for (const [part, value] of Object.entries({ day: '3', month: '9', year: '2026' }))
      await page.locator(`[name="awardedOn-${part}"]`).fill(value);
    await page.getByRole('button', { name: 'Check what you entered' }).click();
    await page.getByText(title).waitFor();
  }
  await expectOnlySecondSent(windows, /Forklift licence/);
});

it('what two learners answered about sharing', async () => {
  const windows = await twoOf('d.lal');
  for (const [{ page }, learner, answer] of [[windows[0], 'CN-1001', 'Says yes'] as const, [windows[1], 'CN-1002', 'Says no'] as const]) {
    await page.goto('/staff/consent/new/initial-assessment-reuse');
    await page.locator('[name="learner"]').fill(learner);
    for (const name of ['Apir', 'Provider']) await page.getByRole('checkbox', { name, exact: true }).check();
    for (const name of ['Learner', 'Signed form']) await page.getByRole('radio', { name, exact: true }).check();
    await page.getByRole('button', { name: answer }).click();
    await page.getByText(`local:${learner}`).waitFor();
  }
  await expectOnlySecondSent(windows, /The learner says no[^]*local:CN-1002/);
});

it('what the data manager makes of a match', async () => {
  const [first, second] = await twoOf('sam');
  await first.press('link', /, possible matches, number 1$/);
  await second.open(new URL(first.page.url()).pathname);
  for (const [visitor, decision] of [[first, 'Not sure yet'] as const, [second, 'They are two people'] as const]) {
    await visitor.fill('Why?', 'The mother says so.');
    await visitor.press('button', decision);
    await visitor.page.getByText(decision, { exact: true }).first().waitFor();
  }
  await first.press('button', 'Record the decision');
  expect(await first.heading()).toBe('This page sends nothing any more');
  await second.press('button', 'Record the decision');
  expect(await second.heading()).toBe('Recorded: they are two people');
});

/** Of two who may be one, the page of their match. */
const openPair = async (visitor: Visitor, familyName: string, numbers: readonly number[]): Promise<string> => {
  for (const n of numbers) {
    const data = { localId: `BCT-${n}`, givenName: 'Tom', familyName, dateOfBirth: '2009-07-08', postcode: 'WV1 1AA' };
    await town.tell('black-country-training', { type: 'learner.registered', subject: `local:BCT-${n}`, data });
  }
  await visitor.open('/data');
  await visitor.press('link', /, possible matches, number 1$/);
  return new URL(visitor.page.url()).pathname;
};

it('what the data manager undoes', async () => {
  const [first, second] = await twoOf('sam');
  await openPair(first, 'Window', [74_001, 74_002]);
  await first.fill('Why?', 'The mother says so.');
  await first.press('button', 'They are one person');
  await first.press('button', 'Record the decision');
  await first.press('link', 'Undo the merge');
  await second.open(new URL(first.page.url()).pathname);
  for (const [visitor, reason] of [[first, 'Twins.'] as const, [second, 'Cousins.'] as const]) {
    await visitor.fill('Why?', reason);
    await visitor.press('button', 'Check what is undone');
  }
  await first.press('button', 'Make them two again');
  expect(await first.heading()).toBe('This page sends nothing any more');
  await first.press('link', 'See what is kept now');
  expect(await first.text()).toContain('Cousins.');
  await second.press('button', 'Make them two again');
  expect(await second.heading()).toBe('The merge is undone');
  // Nothing is left that the first window could send.
  await first.open(new URL(first.page.url()).pathname);
  expect(await first.text()).not.toContain('Make them two again');
});

it('a merge that the check did not show is not undone', async () => {
  const [first, second] = await twoOf('sam');
  const page = await openPair(first, 'Meanwhile', [74_003, 74_004]);
  const match = decodeURIComponent(page.split('/').at(-1) ?? '');
  const merge = (reason: string) => decideMatch(town.node, { match, outcome: 'same', reason });
  const mergeAnew = async (reason: string): Promise<void> => {
    expect([(await unmerge(town.node, { match, reason })).ok, (await merge(reason)).ok]).toEqual([true, true]);
    await town.settled();
  };
  expect((await merge('The same postcode.')).ok).toBe(true);
  await town.settled();
  await first.open(page);
  await first.fill('Why?', 'Twins.');
  await first.press('button', 'Check what is undone');
  expect(await first.text()).toContain('The same postcode.');
  await mergeAnew('The certificate was shown.');
  const head = await town.node.store.head();
  await first.press('button', 'Make them two again');
  expect(await first.text()).toMatch(
    /This was decided meanwhile\.[^]*It was decided that they are one person[^]*The certificate was shown\./,
  );
  expect(await first.page.getByLabel('Why?').inputValue()).toBe('');
  // Nor where another window was shown it since.
  await first.fill('Why?', 'Twins.');
  await first.press('button', 'Check what is undone');
  await mergeAnew('The school says so.');
  await second.open(`${page}/undo/check`);
  expect(await second.text()).toContain('The school says so.');
  await first.press('button', 'Make them two again');
  expect(await first.heading()).toBe('This page sends nothing any more');
  // What was said meanwhile alone, in the streams of both: they are one still.
  const recorded = await town.node.store.readAll({ after: head, limit: 100 });
  const merges = recorded.flatMap(({ type }) => /learner\.(?:un)?merged/.exec(type)?.[0] ?? []);
  expect(merges.toSorted()).toEqual(['learner.merged', 'learner.merged', 'learner.unmerged', 'learner.unmerged']);
});

it('of numbers that the check did not show none is said to be right', async () => {
  const [first] = await twoOf('sam');
  const [one, other, further] = [ulnOf(74_005), ulnOf(74_006), ulnOf(74_007)];
  const page = await openPair(first, 'Number', [74_005, 74_006]);
  for (const [n, uln] of [[74_005, one] as const, [74_006, other] as const])
    await town.tell('black-country-training', {
      type: 'learner.corrected',
      subject: `local:BCT-${n}`,
      data: { uln, reason: 'Now known.' },
    });
  await first.open(page);
  await first.fill('Why?', 'The letter was shown.');
  await first.press('radio', new RegExp(`: ${one}$`));
  await first.press('button', 'They are one person');
  expect(await first.text()).toMatch(new RegExp(`Right ULN\\s+The one in record [12]: ${one}\\s`));
  const corrected = { type: 'learner.corrected', subject: `uln:${one}`, data: { uln: further, reason: 'On the letter.' } } as const;
  expect(await town.tell('connexions-north', corrected)).toMatchObject([{ outcome: 'accepted' }]);
  await town.settled();
  const head = await town.node.store.head();
  await first.press('button', 'Record the decision');
  expect(await first.text()).toContain('Another ULN was told meanwhile. What you decided was not recorded');
  expect(await first.page.getByLabel('Why?').inputValue()).toBe('The letter was shown.');
  expect(await first.page.getByRole('radio', { checked: true }).count()).toBe(0);
  const recorded = await town.node.store.readAll({ after: head, limit: 100 });
  expect(recorded.filter(({ type }) => type === 'uk.concordat.match.decided.v1')).toEqual([]);
  // As it is shown now it can be decided.
  await first.press('radio', new RegExp(`: ${one} or ${further}$`));
  await first.press('button', 'They are one person');
  await first.press('button', 'Record the decision');
  expect(await first.heading()).toBe('Recorded: they are one person');
});
