// An officer reads what a party proposes, simulates it on the live log, and sends it for signature (console.md, J6); its parties read it
// meanwhile, and an administrator finds it among what waits.
import { shippedProtocols } from '#sharing-protocols';
import { DraftProtocol } from '#sharing-protocols/bus';
import { withUseCasesOf } from '../../apps/cli/data-directory.ts';
import { ConsoleTown, type Visitor } from './console-town.ts';
import { arrives } from './staff-visit.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
  const shipped = shippedProtocols().find(({ id }) => id === 'early-leaving');
  if (shipped === undefined) throw new Error('It ships no more.');
  const drafted = await withUseCasesOf(town.node, (ask) => ask(new DraftProtocol({ ...shipped, version: 2 })));
  if (!drafted.ok) throw new Error(drafted.error.says);
});
afterAll(() => town.close());

const PROPOSED = 'E2E Passport, version 2';
const shown = async ({ page }: Visitor, name: string): Promise<void> => {
  const pictures = process.env['CONCORDAT_PICTURES'];
  if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
};
const expectFit = async (visitor: Visitor): Promise<void> => expect(await visitor.hindrances()).toEqual([]);
const statusOf = async (version: number): Promise<string | undefined> => {
  const answer = await fetch(`${town.broker.url}/v1/protocols/e2e-passport`);
  const { versions } = (await answer.json()) as { readonly versions: readonly { readonly version: number; readonly status: string }[] };
  return versions.find((one) => one.version === version)?.status;
};

it('a draft that waits is read and simulated by itself, and officers of agencies see none of others’ simulations', async () => {
  const visitor = await town.signedIn('olu');
  await visitor.open('/dpo/protocols/early-leaving/simulate');
  expect(await visitor.heading()).toBe('What would a draft change?');
  await visitor.press('button', 'Simulate version 2');
  expect(await visitor.heading()).toBe('What version 2 would change');
  expect(await visitor.text()).toContain('Nobody would be shown anything else than now.');
  expect(await visitor.page.getByRole('button', { name: 'Send for signature' }).count()).toBe(0);
  await expectFit(visitor);
  const other = await town.signedIn('bea');
  expect((await other.page.goto(visitor.page.url()))?.status()).toBe(404);
});

it('everybody who works here reads what is proposed, and that nothing rests on it', async () => {
  const visitor = await town.signedIn('d.lal');
  await visitor.open('/agreements');
  await expectFit(visitor);
  await visitor.press('link', PROPOSED);
  await arrives(visitor, 'E2E Passport: version 2 is proposed');
  expect(await visitor.text()).toMatch(/Connexions North proposed it on .* It is not in force, and nobody can sign it yet/);
  expect(await visitor.text()).toMatch(/Providers lose .*assessment/);
  await expectFit(visitor);
  const administrator = await town.signedIn('a.kaur');
  expect(await administrator.text()).not.toContain(PROPOSED);
});

it('an officer of an agency reads and simulates it, and cannot send it', async () => {
  const visitor = await town.signedIn('bea');
  await visitor.press('link', 'Agreements');
  await visitor.press('link', PROPOSED);
  const { pathname } = new URL(visitor.page.url());
  await visitor.press('button', 'Simulate version 2');
  await arrives(visitor, 'What version 2 would change');
  expect(await visitor.page.getByRole('button', { name: 'Send for signature' }).count()).toBe(0);
  expect((await visitor.page.goto(`${pathname}/send`))?.status()).toBe(404);
  expect(await statusOf(2)).toBeUndefined();
});

it('J6: reads the difference, simulates it and sends it for signature, in five presses', async () => {
  const visitor = await town.signedIn('olu');
  await visitor.press('link', 'Agreements');
  await expectFit(visitor);
  await visitor.press('link', PROPOSED);
  await arrives(visitor, 'E2E Passport: version 2 is proposed');
  expect(await visitor.text()).toMatch(/Providers lose .*assessment/);
  expect(await visitor.page.locator('svg.picture').count()).toBe(1);
  await expectFit(visitor);
  await shown(visitor, 'proposed');
  await visitor.press('button', 'Simulate version 2');
  await arrives(visitor, 'What version 2 would change');
  expect(await visitor.text()).toMatch(/provider\s+loses\s+\d+\s+\d+/);
  expect(await visitor.text()).toContain('e2e-passport@1#EP4');
  await expectFit(visitor);
  expect(await visitor.scrollsSideways()).toBe(false);
  await shown(visitor, 'simulated');
  await visitor.press('button', 'Send for signature');
  await arrives(visitor, 'Check before you send');
  expect(await visitor.text()).toMatch(/Proposed by\s+Connexions North[\s\S]*Must be signed by\s+connexions, provider/);
  await expectFit(visitor);
  await shown(visitor, 'sending');
  expect(await statusOf(2)).toBeUndefined();
  await visitor.press('button', 'Send for signature');
  visitor.reached('J6');
  await arrives(visitor, 'Sent for signature');
  expect(await visitor.text()).toMatch(/Position \d+/);
  expect(await visitor.text()).toMatch(/connexions: .*Connexions North/);
  await expectFit(visitor);
  await shown(visitor, 'sent');
  const { pathname } = new URL(visitor.page.url());
  const receipt = await visitor.page.request.get(pathname.replace(/sent$/, 'receipt.json'));
  expect(await receipt.json()).toMatchObject({ protocol: 'e2e-passport', version: 2, positions: [expect.stringMatching(/^\d+$/)] });
  expect([await statusOf(1), await statusOf(2)]).toEqual(['in-force', 'drafted']);
});

it('what was sent waits for the administrators of its parties, and is proposed no more', async () => {
  const administrator = await town.signedIn('a.kaur');
  await administrator.press('link', PROPOSED);
  await administrator.press('button', 'Sign for your agency');
  await administrator.press('button', 'Sign it');
  expect(await administrator.text()).toContain('Your agency signed E2E Passport, version 2.');
  expect([await statusOf(1), await statusOf(2)]).toEqual(['in-force', 'awaiting-signatures']);
  await administrator.open('/agreements');
  expect(await administrator.text()).toContain('No party proposes a next version of any of them.');
});

it('is of officers alone', async () => {
  const manager = await town.signedIn('sam');
  for (const path of ['/dpo/protocols/e2e-passport/simulate', `/dpo/proposals/${'0'.repeat(64)}`])
    expect((await manager.page.goto(path))?.status()).toBe(403);
});
