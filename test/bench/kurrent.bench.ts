// What the log in KurrentDB costs the broker, beside the embedded log in the same run: the CPU time of the broker's own process by event or
// request, and nothing else, since the server is the stand-in of the tests, whose speed says nothing of KurrentDB's (ADR 30).
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore, StreamWrite } from '#event-store';
import { KurrentEventStore } from '#event-store/kurrentdb';
import { SqliteEventStore } from '#event-store/sqlite';
import { LogServer } from '../kurrentdb/log-server.ts';
import { fire, type Ready, type Requests, requestsTo, served } from './http.bench.ts';
import { cpuOf } from './process-cpu.ts';
import { median, type Row } from './row.ts';

const ROUNDS = 3;
const LANES = 64;
const SINGLES = 3200;
const BATCH = 100;
const BATCHES = 32;
const REQUESTS = 1500;

const payload = randomBytes(1024);
let made = 0;

const batchOf = (size: number): readonly StreamWrite[] => {
  const owner = `learner-${++made % 500}`;
  const meta = { actor: 'black-country-training', correlation: randomUUID(), schema: 1, category: 'assessment', owner };
  const events = Array.from({ length: size }, () => ({ id: randomUUID(), type: 'uk.concordat.assessment.recorded.v1', meta, payload }));
  return [{ stream: owner, expected: 'any', events }];
};

interface Both<Side> {
  readonly embedded: Side;
  readonly remote: Side;
}

/** Median µs of CPU on each side, in turns, after one round that does not count. */
const inTurns = async <Side>({ embedded, remote }: Both<Side>, cost: (side: Side) => Promise<number>): Promise<Both<number>> => {
  const costs: Both<number[]> = { embedded: [], remote: [] };
  for (let round = 0; round <= ROUNDS; round++) {
    const [here, there] = [await cost(embedded), await cost(remote)];
    if (round === 0) continue;
    costs.embedded.push(here);
    costs.remote.push(there);
  }
  return { embedded: median(costs.embedded), remote: median(costs.remote) };
};

const rowOf = (goal: string, name: string, { embedded, remote }: Both<number>): Row => {
  return {
    goal,
    name: `${name}, CPU of the broker, embedded and KurrentDB`,
    limit: embedded,
    ours: remote,
    ratio: embedded / remote,
    target: 0,
    unit: 'µs',
  };
};

/** µs by event, of this process with its threads. */
const appending = async (store: EventStore, size: number, appends: number): Promise<number> => {
  const batches = Array.from({ length: appends }, () => batchOf(size)).values();
  const lane = async (): Promise<void> => {
    for (const batch of batches) await store.append(batch);
  };
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: size === 1 ? LANES : 1 }, lane));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (size * appends);
};

const appendRows = async (folder: string, server: LogServer): Promise<readonly Row[]> => {
  const { CONCORDAT_LOG_STREAM: stream = '' } = server.settings();
  const stores: Both<EventStore> = {
    embedded: SqliteEventStore.open({ file: join(folder, 'embedded.sqlite') }),
    remote: await KurrentEventStore.open({ file: join(folder, 'replica.sqlite'), url: server.url, stream }),
  };
  const rows = [
    rowOf(
      'P2',
      `${LANES} concurrent appends of one event of 1 KB, by event`,
      await inTurns(stores, (store) => appending(store, 1, SINGLES)),
    ),
    rowOf('P2', `appends in batches of ${BATCH}, by event`, await inTurns(stores, (store) => appending(store, BATCH, BATCHES))),
  ];
  await Promise.all([stores.embedded.close(), stores.remote.close()]);
  return rows;
};

interface Broker {
  readonly pid: number;
  readonly url: string;
  readonly requests: ReturnType<typeof requestsTo>;
}

const brokerOf = ({ child, ready }: { readonly child: { readonly pid?: number | undefined }; readonly ready: Ready }): Broker => ({
  pid: child.pid ?? 0,
  url: ready.url,
  requests: requestsTo(ready),
});

const asking = async ({ pid, url }: Broker, requests: Requests): Promise<number> => {
  const before = cpuOf(pid);
  await fire(url, requests, { amount: REQUESTS });
  return ((cpuOf(pid) - before) * 1000) / REQUESTS;
};

const requestRows = async (folder: string, server: LogServer): Promise<readonly Row[]> => {
  const [one, other] = [await served(join(folder, 'embedded')), await served(join(folder, 'remote'), server.settings())];
  try {
    const brokers: Both<Broker> = { embedded: brokerOf(one), remote: brokerOf(other) };
    return [
      rowOf('P6', 'passport read (gate and durable disclosure)', await inTurns(brokers, (broker) => asking(broker, broker.requests.reads))),
      rowOf('P6', 'POST of single events', await inTurns(brokers, (broker) => asking(broker, broker.requests.posts))),
    ];
  } finally {
    for (const { child } of [one, other]) child.kill('SIGKILL');
  }
};

export const kurrentBench = async (): Promise<readonly Row[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-kurrent-'));
  const server = await LogServer.start(join(folder, 'server'));
  process.stdout.write(`the log's server: ${server.name}\n`);
  try {
    return [...(await appendRows(folder, server)), ...(await requestRows(folder, server))];
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
};
