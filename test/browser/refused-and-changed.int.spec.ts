// What a refusal offers: the work for which its clauses let the thing be seen (console.md, 3; ADR 76); and a form whose thing has changed.
import { ChangedAnswers } from './changed-answers.ts';
import { ConsoleTown, type Visitor } from './console-town.ts';
import { arrives, expectOpenToAll, working } from './staff-visit.ts';

let town: ConsoleTown;
let line: ChangedAnswers;
interface Said {
  readonly decisions: readonly { readonly position: string }[];
}
/** What the broker said last of a match; while it is told again, the console knows that something was recorded since, and not what. */
let lastSaid = '';
let isToldAgain = false;
const change = (path: string, body: string): string => {
  if (!path.startsWith('/v1/data-quality/matches/')) return body;
  if (!isToldAgain) return (lastSaid = body);
  const [before, { decisions }] = [JSON.parse(lastSaid) as Said, JSON.parse(body) as Said];
  const last = { ...before.decisions.at(-1), position: decisions.at(-1)?.position };
  return JSON.stringify({ ...before, decisions: before.decisions.with(-1, last as Said['decisions'][number]) });
};
beforeAll(async () => {
  town = await ConsoleTown.open({}, { by: async (url) => (line = await ChangedAnswers.to(url, change)).url });
});
afterAll(async () => {
  await town.close();
  await line.close();
});

const expectNarrow = async (visitor: Visitor): Promise<void> => {
  await expectOpenToAll(visitor);
  const size = visitor.page.viewportSize() ?? { width: 1280, height: 720 };
  await visitor.page.setViewportSize({ width: 320, height: 640 });
  expect(await visitor.scrollsSideways()).toBe(false);
  await visitor.page.setViewportSize(size);
};
const bar = async ({ page }: Visitor): Promise<string> => (await page.locator('.concordat-purpose').innerText()).replaceAll(/\s+/g, ' ');

it('a refusal offers the other work that the list is for, no other, and it is worked on for that page alone', async () => {
  const visitor = await working(town, 'd.lal', { on: ['Account for funding'] });
  expect((await visitor.page.goto('/staff/leavers'))?.status()).toBe(403);
  await arrives(visitor, 'Your agency may not see this');
  expect(await visitor.text()).toMatch(/Early leaving, clause EL1:/);
  // Nobody's vacancies say who has left.
  expect(await visitor.text()).not.toMatch(/Placement matching|Planning intelligence/);
  expect(await visitor.page.getByRole('radio').count()).toBe(0);
  await expectNarrow(visitor);
  await visitor.press('button', 'Work on track participation here');
  await arrives(visitor, 'Early leavers');
  expect(await bar(visitor)).toContain('You are working on: track participation (');
  await visitor.open('/staff');
  expect(await bar(visitor)).toContain('You are working on: account for funding (');
});

it('a refusal offers no work that was asked for already, where there is no other', async () => {
  const visitor = await working(town, 't.page', { on: ['Track participation', 'Account for funding'] });
  expect((await visitor.page.goto('/staff/leavers'))?.status()).toBe(403);
  await arrives(visitor, 'Your agency may not see this');
  expect(await visitor.text()).toContain('Your agency may not see this for account for funding or track participation.');
  expect(await visitor.text()).toContain(
    'No clause of an agreement in force lets your agency see it for track participation or account for funding.',
  );
  expect(await visitor.text()).not.toContain('For other work');
  await expectNarrow(visitor);
});

it('what has changed since the form was shown is not done twice, says so, and leads on', async () => {
  const [one, other] = [await town.signedIn('sam'), await town.signedIn('sam')];
  await one.press('link', /, possible matches, number 1$/);
  await one.fill('Why?', 'The school showed the certificate of birth.');
  await one.press('button', 'They are one person');
  await one.press('button', 'Record the decision');
  await one.press('link', 'Undo the merge');
  await town.settled();
  await other.open(new URL(one.page.url()).pathname);
  for (const visitor of [one, other]) {
    await visitor.fill('Why?', 'Twins, says the mother.');
    await visitor.press('button', 'Check what is undone');
  }
  isToldAgain = true;
  await one.press('button', 'Make them two again');
  await arrives(one, 'The merge is undone');
  await town.settled();
  await other.open(new URL(other.page.url()).pathname);
  const head = await town.node.store.head();
  const answered = other.page.waitForResponse((response) => response.request().method() === 'POST');
  await other.press('button', 'Make them two again');
  expect((await answered).status()).toBe(409);
  await arrives(other, 'This has changed meanwhile');
  expect(await other.text()).toContain('Nothing was recorded.');
  await expectNarrow(other);
  expect((await town.node.store.readAll({ after: head, limit: 100 })).map(({ type }) => type)).not.toContain(
    'uk.concordat.match.decided.v1',
  );
  await other.press('link', 'Go to your pages');
  await arrives(other, 'What waits for you');
});
