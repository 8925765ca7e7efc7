// A server that stands still with its connections open, as a machine that is paused does: it answers nothing, and breaks nothing off.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../test/broker-process.ts';
import { KurrentProcess } from '../../../test/kurrentdb/kurrent-process.ts';
import { eventOf, everything, outcomeOf, write } from '../contract/log-under-test.ts';
import { KurrentNodes } from '../fixtures/index.ts';
import type { KurrentEventStore } from './index.ts';

let folder: string;
let server: KurrentProcess;
let nodes: KurrentNodes;
let store: KurrentEventStore;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stalled-'));
  server = new KurrentProcess(join(folder, 'server'), await freePort());
  await server.start();
  nodes = new KurrentNodes(server.url);
  store = await nodes.open('here', { patience: { answer: 300, settling: 1000 } });
}, 60_000);
afterAll(async () => {
  await nodes.discard();
  await server.kill();
  rmSync(folder, { recursive: true });
});

describe('while the server stands still', () => {
  it('nobody waits for ever; what was sent is stored once, and all goes on when it wakes up or is killed', async () => {
    const asked = (n: number) => [write(`s${n % 3}`, 'any' as const, eventOf(n))];
    expect(await outcomeOf(store.append(asked(1)))).toBe('stored');
    for (const end of [async () => server.goOn(), () => server.restart()]) {
      const head = await store.head();
      const sent = Array.from({ length: 8 }, (_, n) => head + 1 + n);
      server.standStill();
      const outcomes = await Promise.all(sent.map((n) => outcomeOf(store.append(asked(n)))));
      expect(outcomes.filter((outcome) => outcome === 'stored')).toEqual([]);
      await end();
      for (const n of sent) expect(['stored', 'repeated']).toContain(await stored(asked(n)));
    }
    expect((await everything(store)).toSorted((one, other) => one - other)).toEqual(Array.from({ length: 17 }, (_, n) => n + 1));
    expect((await store.integrity()).size).toBe(17);
  }, 120_000);

  /** Again until it is known, as whoever sends does. */
  const stored = async (asked: Parameters<KurrentEventStore['append']>[0]): Promise<string> => {
    for (;;) {
      const outcome = await outcomeOf(store.append(asked));
      if (outcome !== 'unavailable' && outcome !== 'uncertain') return outcome;
    }
  };
});
