// A consent as two people have it on their screens: asked for and given, and stopped, with what is said of who had seen it
// (console.md, 5: J14 and J18; part 7, “what stops”).
import { until } from '../until.ts';
import { ConsoleTown, type Visitor } from './console-town.ts';

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
