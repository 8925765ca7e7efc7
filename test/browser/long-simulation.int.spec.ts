// A simulation of an agreement that takes longer than a page may: its progress, the way back to it, and what came of it (console.md, 4.1).
import { shippedProtocols } from '#sharing-protocols';
import { DraftProtocol } from '#sharing-protocols/bus';
import { withUseCasesOf } from '../../apps/cli/data-directory.ts';
import { ConsoleTown } from './console-town.ts';
import { slowLog } from './slow-log.ts';
import { arrives, expectOpenToAll } from './staff-visit.ts';

let town: ConsoleTown;
beforeAll(async () => {
  town = await ConsoleTown.open();
  const shipped = shippedProtocols().find(({ id }) => id === 'early-leaving');
  if (shipped === undefined) throw new Error('It ships no more.');
  await withUseCasesOf(town.node, (ask) => ask(new DraftProtocol({ ...shipped, version: 2 })));
});
afterAll(() => town.close());

/** The page keeps nothing that anybody enters, and goes on by itself as console.md asks; it can be left at any time. */
const ASKS_AGAIN = 'meta-refresh:';
const PATH = '/dpo/protocols/early-leaving/simulate';

it('runs on, tells how far it is, is found again by whoever left, and the page tells by itself when it is done', async () => {
  const visitor = await town.signedIn('olu');
  await visitor.open(PATH);
  expect(await visitor.text()).not.toContain('Simulations that you began');
  const log = slowLog(town.node);
  const began = performance.now();
  await visitor.press('button', 'Simulate version 2');
  await arrives(visitor, 'The simulation runs');
  expect(performance.now() - began).toBeLessThan(8000);
  expect(await visitor.text()).toContain('The learners are counted. This page asks again every five seconds');
  expect((await visitor.hindrances()).filter((one) => !one.startsWith(ASKS_AGAIN))).toEqual([]);
  await visitor.open(PATH);
  expect(await visitor.text()).toMatch(/Simulations that you began\s+Version 2, begun at [\d:]+[ap]m:\s+Runs/);
  await expectOpenToAll(visitor);
  await visitor.press('link', /^Version 2, begun at/);
  await arrives(visitor, 'The simulation runs');
  log.letGo();
  await arrives(visitor, 'What version 2 would change');
  await visitor.open(PATH);
  expect(await visitor.text()).toMatch(/Done\s+\d+ learners were looked at\./);
  await expectOpenToAll(visitor);
});

it('that is gone says so, with the way to begin anew', async () => {
  const visitor = await town.signedIn('olu');
  const gone = await visitor.page.goto('/dpo/protocols/early-leaving/simulations/90de0000-0000-4000-8000-000000000000');
  expect(gone?.status()).toBe(404);
  await arrives(visitor, 'This simulation is gone');
  await expectOpenToAll(visitor);
  await visitor.press('link', 'Simulate again');
  await arrives(visitor, 'What would a draft change?');
});
