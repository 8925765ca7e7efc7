// What goes wrong while a partnership is sent, at moments drawn from a seed; and how long after its end the next receipt came.
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import type { BrokerProcess } from '../broker-process.ts';
import { chance } from '../chaos/told-by-id.ts';
import type { LogServer } from '../kurrentdb/log-server.ts';
import type { KafkaProcess } from './kafka-process.ts';

/** How often each. */
export interface Faults {
  /** kill -9 and a start at once. */
  readonly brokerKills: number;
  /** SIGTERM and a start at once. */
  readonly brokerStops?: number;
  readonly kafkaKills: number;
  /** Of the server that keeps the log, where that is KurrentDB. */
  readonly serverKills?: number;
  /** Kafka stands still for some seconds, its connections open. */
  readonly kafkaStalls?: number;
  /** Another process holds the write lock of the log for some seconds. */
  readonly logLocks?: number;
  /** The same of the key file. */
  readonly keyLocks?: number;
  /**
   * Every message a second time, at any moment after the first was answered;
   * a refused one before anything changes that it may be judged by.
   */
  readonly doubled: boolean;
}

export interface Stage {
  readonly broker: BrokerProcess;
  readonly kafka: KafkaProcess;
  readonly server?: LogServer;
}

export type FaultKind = Exclude<keyof Faults, 'doubled'>;

const STALL_MS = 4000;
const LOCK_MS = 2000;

const locked = async (file: string): Promise<void> => {
  const db = new DatabaseSync(file, { timeout: 5000 });
  db.exec('BEGIN IMMEDIATE');
  await pause(LOCK_MS);
  db.exec('ROLLBACK');
  db.close();
};

/** Each resolves at the end of its cause. */
const KINDS: { readonly [Kind in FaultKind]: (stage: Stage) => Promise<void> } = {
  brokerKills: async ({ broker }) => broker.restart(),
  brokerStops: async ({ broker }) => {
    await broker.stop();
    await broker.start();
  },
  kafkaKills: async ({ kafka }) => {
    await kafka.kill9();
    await kafka.start();
  },
  serverKills: async ({ server }) => server?.restart(),
  kafkaStalls: async ({ kafka }) => kafka.stall(STALL_MS),
  logLocks: async ({ broker }) => locked(join(broker.data, 'log.sqlite')),
  keyLocks: async ({ broker }) => locked(join(broker.data, 'keys.sqlite')),
};

export const FAULT_KINDS = Object.keys(KINDS) as readonly FaultKind[];

export interface Suffered {
  readonly kind: FaultKind;
  /** From the end of the cause to the next receipt. */
  readonly recoveredMs: number;
}

export interface Progress {
  /** Share of what is to be answered that is answered. */
  readonly share: () => number;
  readonly answered: () => number;
}

/** Without the last twentieth: after it nothing may be left to be answered, by which recovery is seen. */
const LATEST = 0.95;

export const sufferAlong = async (
  faults: Faults,
  stage: Stage,
  { seed, share, answered }: Progress & { readonly seed: number },
): Promise<readonly Suffered[]> => {
  const random = chance(seed + 1);
  const planned = FAULT_KINDS.flatMap((kind) => Array.from({ length: faults[kind] ?? 0 }, () => ({ at: random() * LATEST, kind }))).sort(
    (a, b) => a.at - b.at,
  );
  const suffered: Suffered[] = [];
  for (const { at, kind } of planned) {
    while (share() < at) await pause(2);
    await KINDS[kind](stage);
    suffered.push({ kind, recoveredMs: await untilNext(answered) });
  }
  return suffered;
};

const untilNext = async (answered: () => number): Promise<number> => {
  const [began, before] = [performance.now(), answered()];
  while (answered() === before) await pause(2);
  return Math.round(performance.now() - began);
};
