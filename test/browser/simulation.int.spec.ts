// An officer reads what a draft would change, and simulates it on the live log (console.md, J6 as far as signing).
import { shippedProtocols } from '#sharing-protocols';
import { DraftProtocol } from '#sharing-protocols/bus';
import { withUseCasesOf } from '../../apps/cli/data-directory.ts';
import { ConsoleTown } from './console-town.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
  const shipped = shippedProtocols().find(({ id }) => id === 'e2e-passport');
  if (shipped === undefined) throw new Error('It ships no more.');
  const flows = shipped.flows.map((flow) =>
    flow.id === 'EP4' ? { ...flow, to: flow.to.map((to) => ({ ...to, roles: to.roles.filter((role) => role !== 'provider') })) } : flow,
  );
  const drafted = await withUseCasesOf(town.node, (ask) => ask(new DraftProtocol({ ...shipped, version: 2, flows })));
  if (!drafted.ok) throw new Error(drafted.error.says);
});
afterAll(() => town.close());

it('reads the difference and simulates it: who loses what, by role, with examples', async () => {
  const visitor = await town.signedIn('olu');
  await visitor.open('/dpo/protocols/e2e-passport/simulate');
  expect(await visitor.heading()).toBe('What would a draft change?');
  expect(await visitor.text()).toContain('lose');
  expect(await visitor.hindrances()).toEqual([]);
  await visitor.press('button', 'Simulate version 2');
  expect(await visitor.heading()).toBe('What version 2 would change');
  visitor.reached('J6');
  expect(await visitor.text()).toMatch(/provider\s+loses\s+\d+\s+\d+/);
  expect(await visitor.text()).toContain('e2e-passport@1#EP4');
  expect(await visitor.hindrances()).toEqual([]);
  expect(await visitor.scrollsSideways()).toBe(false);
  const pictures = process.env['CONCORDAT_PICTURES'];
  if (pictures !== undefined) await visitor.page.screenshot({ path: `${pictures}/simulated.png`, fullPage: true });
  const other = await town.signedIn('bea');
  expect((await other.page.goto(visitor.page.url()))?.status()).toBe(404);
  const manager = await town.signedIn('sam');
  expect((await manager.page.goto('/dpo/protocols/e2e-passport/simulate'))?.status()).toBe(403);
});
