// A learner's first sign-in: an adviser gives a code, the learner types it, once (console.md, 1 and 9).
import { ConsoleTown, type Visitor } from './console-town.ts';
import { PlainVisitor } from './plain-visitor.ts';
import { ADVISING, arrives, working } from './staff-visit.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

const LONDON = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: 'numeric', minute: '2-digit', hourCycle: 'h23' });
/** Of the day in London; just after midnight as of the day before. */
const minuteOf = (at: number): number => {
  const [hour, minute] = LONDON.format(at).split(':').map(Number) as [number, number];
  return (hour < 1 ? hour + 24 : hour) * 60 + minute;
};
const clockIn = (text: string): number => {
  const [, hour, minute, half] = /You will be signed out at (\d+):(\d\d)([ap]m), whatever you do/.exec(text) ?? [];
  const read = (Number(hour) % 12) + (half === 'pm' ? 12 : 0);
  return (read < 1 ? read + 24 : read) * 60 + Number(minute);
};

it('opens the learner’s own page, for whoever has the code, and for nobody after', async () => {
  const adviser = await working(town, 'd.lal', { on: ADVISING });
  await adviser.pressFirst(/^Amy Fletcher$/);
  await arrives(adviser, 'Amy Fletcher');
  await adviser.press('button', 'Give a code for the learner’s own page');
  await arrives(adviser, 'A code for the learner');
  expect(await adviser.hindrances()).toEqual([]);
  const code = await adviser.page.locator('.govuk-panel__body').innerText();

  const learner = await town.stranger({ viewport: { width: 320, height: 640 } });
  await learner.open('/');
  await learner.press('link', 'Sign in with a code');
  expect(await learner.hindrances()).toEqual([]);
  expect(await learner.scrollsSideways()).toBe(false);
  await learner.fill('Your code', code);
  await learner.press('button', 'Sign in');
  await arrives(learner, 'Your information');
  // The broker gives a token of five minutes for a code, and no other after it.
  expect(clockIn(await learner.text())).toBeLessThanOrEqual(minuteOf(Date.now() + 5 * 60_000));
  await learner.press('link', 'Who has seen it');
  await arrives(learner, 'Who has seen it');

  const others = await town.stranger();
  const arrivesBy = async (visitor: Visitor, typed: string): Promise<void> => {
    await visitor.open('/code');
    await visitor.fill('Your code', typed);
    await visitor.press('button', 'Sign in');
  };
  await adviser.open('/staff');
  await adviser.pressFirst(/^Amy Fletcher$/);
  await arrives(adviser, 'Amy Fletcher');
  await adviser.press('button', 'Give a code for the learner’s own page');
  await arrives(adviser, 'A code for the learner');
  await arrivesBy(others, await adviser.page.locator('.govuk-panel__body').innerText());
  await arrives(others, 'Your information');
  // A new code that is used ends every other sign-in of the learner.
  await learner.open('/me');
  expect(new URL(learner.page.url()).origin).not.toBe(town.url);
  await others.press('link', 'Keep this page safe');
  expect(await others.text()).toContain('Connexions North gave out a code');
  expect(await others.hindrances()).toEqual([]);

  const second = await town.stranger();
  await second.open('/code');
  await second.fill('Your code', code);
  await second.press('button', 'Sign in');
  expect(await second.text()).toContain('This code does not work.');
  expect(await second.hindrances()).toEqual([]);
});

it('is shown once to whoever gives it: to ask for the page again shows no code and gives out none', async () => {
  const adviser = await working(town, 'd.lal', { on: ADVISING });
  const issued = async (): Promise<number> =>
    (await town.node.store.readAll({ after: 0, limit: 1_000_000 })).filter(({ type }) => type === 'uk.concordat.sign-in.code-issued.v1')
      .length;
  await adviser.pressFirst(/^Amy Fletcher$/);
  await arrives(adviser, 'Amy Fletcher');
  const learner = adviser.page.url();
  const before = await issued();
  await adviser.press('button', 'Give a code for the learner’s own page');
  await arrives(adviser, 'A code for the learner');
  const code = await adviser.page.locator('.govuk-panel__body').innerText();
  for (const again of [() => adviser.page.reload(), () => adviser.page.goBack().then(() => adviser.page.goForward())]) {
    await again();
    await arrives(adviser, 'No code is shown here any more');
    expect(await adviser.text()).not.toContain(code);
    expect(await adviser.hindrances()).toEqual([]);
  }
  expect(await issued()).toBe(before + 1);
  await adviser.press('button', 'Give another code');
  await arrives(adviser, 'A code for the learner');
  expect(await adviser.page.locator('.govuk-panel__body').innerText()).not.toBe(code);
  expect(await issued()).toBe(before + 2);
  await adviser.press('link', 'The learner');
  expect(adviser.page.url()).toBe(learner);
});

it('says what to do where no code is typed, in Welsh too', async () => {
  const learner = await town.stranger();
  await learner.open('/code?lang=cy');
  await learner.press('button', 'Mewngofnodi');
  expect(await learner.text()).toContain('Rhowch eich cod');
  expect(await learner.hindrances()).toEqual([]);
});

it('asks whoever types too many wrong ones to wait a minute, however often the browser begins anew', async () => {
  const typed = async (): Promise<string> => {
    const anew = new PlainVisitor(town.url);
    await anew.open('/code');
    return (await anew.open('/code', { code: '7K2M-Q4TX-9HBD-W3ZR' })).html;
  };
  for (let tries = 0; tries < 30; tries++) await typed();
  expect(await typed()).toContain('Too many codes that do not work were typed. Wait a minute, then try again.');
});
