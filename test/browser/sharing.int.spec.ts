// A consent as two people have it on their screens: asked for and given, and stopped, with what is said of who had seen it
// (console.md, 5: J14 and J18; part 7, “what stops”).
import { until } from '../until.ts';
import { ConsoleTown, type Visitor } from './console-town.ts';
import { ADVISING, arrives, rowsOf, working } from './staff-visit.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
});
afterAll(() => town.close());

const receiptsOf = async ({ page }: Visitor): Promise<readonly string[]> =>
  ((await (await page.request.get('/me/done/receipt.json')).json()) as readonly { readonly outcome: string }[]).map(
    ({ outcome }) => outcome,
  );

/** As soon as whoever saw it was told. */
const MUST_ANSWER =
  /cannot look at it\.\s+Black Country Training has seen it before\. We have told Black Country Training .* must answer us by \d+ \w+ \d{4}\./;
const IN_WELSH =
  /Mae Black Country Training wedi ei weld o’r blaen\. Rydym wedi dweud wrth Black Country Training .* erbyn \d+ \w+ \d{4}\./;

it('is asked for in three presses, given on the phone in three taps, and what it opens is there at once (J14)', async () => {
  const keyWorker = await working(town, 'k.reid', { on: ADVISING });
  const literacy = async (): Promise<string | undefined> =>
    (await rowsOf(keyWorker)).find((row) => row.startsWith('literacy, Initial assessment'));
  await keyWorker.press('link', /what do we have\? About Ben Hartley/);
  const known = keyWorker.page.url();
  expect(await literacy()).toContain('ask for consent It counts.');
  const before = keyWorker.presses;
  await keyWorker.press('button', /^Ask for consent\s+for literacy/);
  await keyWorker.press('button', 'Check what you entered');
  await keyWorker.press('button', 'Sign and send');
  await arrives(keyWorker, 'Recorded');
  keyWorker.reached('J14 ask', before);

  const learner = await town.signedIn('ben.hartley', { viewport: { width: 320, height: 640 }, hasTouch: true });
  await learner.press('link', 'See what Black Country Training asks');
  await learner.press('button', 'Say yes to all of it');
  await learner.press('button', 'Yes, share it');
  learner.reached('J14');
  expect(await learner.heading()).toBe('You said yes');

  await keyWorker.open(known);
  expect(await literacy()).toContain('rely on it');
  await learner.open('/me');
  const today = new Date().toLocaleDateString('en-GB', { timeZone: 'Europe/London', day: 'numeric', month: 'long', year: 'numeric' });
  expect(await learner.text()).toContain(`They could because you agreed on ${today}.`);
});

it('stops sharing with three taps, and says who had seen it and by when they must answer (J18)', async () => {
  const visitor = await town.signedIn('aisha.rahman');
  await visitor.press('link', 'What you share');
  await visitor.press('button', /^Stop sharing this/);
  expect(await visitor.heading()).toBe('Stop sharing this?');
  expect(await visitor.hindrances()).toEqual([]);
  const began = performance.now();
  await visitor.press('button', 'Yes, stop it');
  visitor.reached('J18');
  expect(await visitor.heading()).toBe('You stopped it');
  expect(performance.now() - began).toBeLessThan(2000);
  expect(await receiptsOf(visitor)).toEqual(['accepted']);
  await until(async () => {
    await visitor.open('/me/done');
    return MUST_ANSWER.test(await visitor.text());
  });
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.open('/me/done?lang=cy');
  expect(await visitor.text()).toMatch(IN_WELSH);
  await visitor.open('/me/sharing?lang=en');
  expect(await visitor.text()).toContain('Stopped');
  expect(await visitor.text()).toContain('What happened when you stopped');
  expect(await visitor.hindrances()).toEqual([]);
});

it('says of what nobody had looked at only that it cannot be looked at', async () => {
  const visitor = await town.signedIn('keira.walsh');
  await visitor.press('link', 'What you share');
  await visitor.press('button', /^Stop sharing this/);
  expect(await visitor.text()).toContain('If they saw it before, they must stop using it.');
  await visitor.press('button', 'Yes, stop it');
  expect(await visitor.text()).toContain('From now on they cannot look at it.');
  expect(await visitor.text()).not.toMatch(/seen it before|must answer/);
});
