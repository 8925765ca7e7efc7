// A page that asks again by itself is nobody's doing: it keeps no sign-in alive (OWASP ASVS 5, 7.3.1; console.md, 3), by a clock that the
// spec sets.
import { shippedProtocols } from '#sharing-protocols';
import { DraftProtocol } from '#sharing-protocols/bus';
import { withUseCasesOf } from '../../apps/cli/data-directory.ts';
import { BrokenLine } from './broken-line.ts';
import { ConsoleTown, type Visitor } from './console-town.ts';
import { leadsTo } from './page-walk.ts';
import { slowLog } from './slow-log.ts';
import { arrives } from './staff-visit.ts';

const MINUTE = 60_000;
let ahead = 0;
let line: BrokenLine;
let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open({}, { clock: () => Date.now() + ahead, by: async (url) => (line = await BrokenLine.to(url)).url });
  const shipped = shippedProtocols().find(({ id }) => id === 'early-leaving');
  if (shipped === undefined) throw new Error('It ships no more.');
  await withUseCasesOf(town.node, (ask) => ask(new DraftProtocol({ ...shipped, version: 2 })));
});
afterEach(() => line.mend());
afterAll(async () => {
  await town.close();
  await line.close();
});

/** Where the page goes by itself. */
const leadsItselfTo = async ({ page }: Visitor): Promise<string> => {
  const content = (await page.locator('meta[http-equiv="refresh"]').getAttribute('content')) ?? '';
  return /url=(.*)$/.exec(content)?.[1] ?? page.url();
};
const isSignedIn = ({ page }: Visitor): boolean => new URL(page.url()).origin === town.url && !page.url().includes('/sign-in');
/** When the page says that the sign-in ends. */
const endIn = async (visitor: Visitor): Promise<string> =>
  /If you do nothing you will be signed out at (\d+:\d\d[ap]m)/.exec(await visitor.text())?.[1] ?? '';

it('a simulation that runs for long does not', async () => {
  const visitor = await town.signedIn('olu');
  await visitor.open('/dpo/protocols/early-leaving/simulate');
  const log = slowLog(town.node);
  await visitor.press('button', 'Simulate version 2');
  await arrives(visitor, 'The simulation runs');
  const [end, page] = [await endIn(visitor), visitor.page.url()];
  for (let minutes = 0; minutes < 12; minutes += 4) {
    ahead += 4 * MINUTE;
    await visitor.page.goto(await leadsItselfTo(visitor));
    await arrives(visitor, 'The simulation runs');
    expect(await endIn(visitor)).toBe(end);
  }
  ahead += 4 * MINUTE;
  await visitor.page.goto(await leadsItselfTo(visitor));
  expect(isSignedIn(visitor)).toBe(false);
  // Whoever comes back finds it where it was.
  await visitor.page.locator('button[value="olu"]').click();
  await arrives(visitor, 'The simulation runs');
  expect(new URL(visitor.page.url()).pathname).toBe(new URL(page).pathname);
  log.letGo();
  await arrives(visitor, 'What version 2 would change');
});

it('whoever presses something goes on', async () => {
  const visitor = await town.signedIn('sam');
  for (let minutes = 0; minutes < 20; minutes += 10) {
    ahead += 10 * MINUTE;
    await visitor.open('/data');
    expect([isSignedIn(visitor), await visitor.heading()]).toEqual([true, 'What waits for you']);
  }
});

it('a broker that is away for long does not, and a press on the link beside it does', async () => {
  const visitor = await town.signedIn('aisha.rahman');
  await visitor.open('/me/record');
  const held = await leadsTo(visitor, 'See your assessments');
  line.cut();
  await visitor.page.goto(held);
  await arrives(visitor, 'We cannot show this now');
  const end = await endIn(visitor);
  ahead += 6 * MINUTE;
  await visitor.page.goto(await leadsItselfTo(visitor));
  expect([await visitor.heading(), await endIn(visitor)]).toEqual(['We cannot show this now', end]);
  const again = visitor.page.getByRole('link', { name: 'Try again' });
  expect(await again.getAttribute('href')).toBe(held);
  await visitor.press('link', 'Try again');
  expect(await endIn(visitor)).not.toBe(end);
  ahead += 6 * MINUTE;
  await visitor.page.goto(await leadsItselfTo(visitor));
  expect(isSignedIn(visitor)).toBe(true);
  ahead += 4 * MINUTE;
  await visitor.page.goto(await leadsItselfTo(visitor));
  expect(isSignedIn(visitor)).toBe(false);
});
