// The log in KurrentDB under kill -9: of its writers, which keep replicas of their own, and now and then of the server.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { KurrentEventStore } from '#event-store/kurrentdb';
import { freePort } from '../broker-process.ts';
import { KurrentProcess } from '../kurrentdb/kurrent-process.ts';
import { killLoop } from './kill-loop.ts';

/** The server is killed beside every third writer; and every fifth time the replica is lost. */
const SERVER_KILLED = 3;
const REPLICA_LOST = 5;
/** A server that was killed may be slow to answer again on a busy machine. */
const OPENING_MS = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'kill-kurrent-store-'));
const real = process.env['KURRENTDB_URL'];
process.stdout.write(
  real ? 'KILL LOOP: the REAL server of KURRENTDB_URL, which is not killed\n' : 'KILL LOOP: the STAND-IN, no real KurrentDB\n',
);
const server = real ? undefined : new KurrentProcess(join(folder, 'server'), await freePort());
await server?.start();
afterAll(async () => {
  await server?.kill();
  rmSync(folder, { recursive: true });
});

const url = real ?? server?.url ?? '';
const stream = `kill-${randomUUID()}`;
const directory = (writer: number): string => join(folder, `replica-${writer}`);
let opened = 0;

killLoop(
  {
    name: 'a log in KurrentDB',
    address: (writer) => JSON.stringify({ file: join(directory(writer), 'log.sqlite'), url, stream }),
    open: async () => {
      const lost = ++opened % REPLICA_LOST === 0 && existsSync(directory(0));
      if (lost) rmSync(directory(0), { recursive: true });
      return KurrentEventStore.open({ file: join(directory(0), 'log.sqlite'), url, stream, patience: { opening: OPENING_MS } });
    },
    meanwhile: async (kill) => {
      if (!server || kill % SERVER_KILLED !== 0) return;
      await pause(700);
      await server.kill();
      await server.start();
    },
  },
  { kills: Number(process.env['CONCORDAT_KILLS'] ?? 12), seed: Number(process.env['CONCORDAT_SEED'] ?? 7) },
);
