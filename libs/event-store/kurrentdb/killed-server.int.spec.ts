// The log's server killed at any moment under a node that goes on appending: each append comes to an end, and is stored once. Longer:
// CONCORDAT_KILLS=150 CONCORDAT_SEED=7.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../../test/broker-process.ts';
import { KurrentProcess } from '../../../test/kurrentdb/kurrent-process.ts';
import { eventOf, everything, outcomeOf, write } from '../contract/log-under-test.ts';
import { KurrentNodes } from '../fixtures/index.ts';

const KILLS = Number(process.env['CONCORDAT_KILLS'] ?? 5);
const SEED = Number(process.env['CONCORDAT_SEED'] ?? 7);
const WRITERS = 8;
/** Longer than an append may take to learn what became of it, on a busy machine. */
const MOST_MS = 30_000;

/** The minimal standard generator of Park and Miller: numbers between 0 and 1. */
const chanceFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
};

let folder: string;
let server: KurrentProcess;
let nodes: KurrentNodes;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kill-log-server-'));
  server = new KurrentProcess(join(folder, 'server'), await freePort());
  await server.start();
  nodes = new KurrentNodes(server.url);
}, 60_000);
afterAll(async () => {
  await nodes.discard();
  await server.kill();
  rmSync(folder, { recursive: true });
});

it(
  `${KILLS} kills of the server (seed ${SEED}) leave each append stored once, and none without an end`,
  async () => {
    const store = await nodes.open('here', { patience: { answer: 5000, away: 3000, settling: 8000 } });
    const random = chanceFrom(SEED);
    let [asked, longest, over] = [0, 0, false];
    const endOf = async (n: number): Promise<string> => {
      const began = performance.now();
      const outcome = await outcomeOf(store.append([write(`s${n % 7}`, 'any', eventOf(n))]));
      longest = Math.max(longest, performance.now() - began);
      return outcome;
    };
    const writing = async (): Promise<void> => {
      while (!over) {
        const n = ++asked;
        while (!['stored', 'repeated'].includes(await endOf(n))) await pause(25);
        await pause(random() * 20);
      }
    };
    const writers = Array.from({ length: WRITERS }, writing);
    for (let kill = 0; kill < KILLS; kill++) {
      await pause(random() * 1000);
      await server.kill();
      await pause(random() < 0.3 ? random() * 2500 : 0);
      await server.start();
    }
    over = true;
    await Promise.all(writers);
    expect(longest).toBeLessThan(MOST_MS);
    expect((await everything(store)).toSorted((one, other) => one - other)).toEqual(Array.from({ length: asked }, (_, n) => n + 1));
    expect((await store.integrity()).size).toBe(asked);
    process.stdout.write(`${KILLS} kills, seed ${SEED}: ${asked} events, the longest append took ${Math.round(longest)} ms\n`);
  },
  60_000 + KILLS * 30_000,
);
