// One Kafka for all specs of a run: the first that asks has it started, by a keeper that ends it when the run has ended, however that was.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { NoKafka } from './kafka-jars.ts';

/** What the keeper tells, in `kafka.json` of the run's folder. */
export interface Kept {
  readonly pid: number;
  readonly brokers: readonly string[];
  /** Why there is none; then `brokers` is empty. */
  readonly failed?: string;
}

const keeper = fileURLToPath(new URL('keeper.ts', import.meta.url));
const PATIENCE_MS = 180_000;
const told = (folder: string): string => join(folder, 'kafka.json');
const lock = (folder: string): string => join(folder, 'kafka.lock');

/** Written aside first: whoever looks sees all of it or nothing. */
export const tell = (folder: string, kept: Kept): void => {
  writeFileSync(`${told(folder)}.new`, JSON.stringify(kept));
  renameSync(`${told(folder)}.new`, told(folder));
};

const heard = (folder: string): Kept | undefined =>
  existsSync(told(folder)) ? (JSON.parse(readFileSync(told(folder), 'utf8')) as Kept) : undefined;

const first = (folder: string): boolean => {
  try {
    mkdirSync(lock(folder));
    return true;
  } catch {
    return false;
  }
};

const hear = async (folder: string): Promise<Kept> => {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const kept = heard(folder);
    if (kept) return kept;
    if (Date.now() > until) throw new NoKafka("Kafka did not start; kafka.log in the run's folder tells more.");
    await pause(50);
  }
};

/** The Kafka of the run whose folder this is, kept until the process `run` has ended. Throws `NoKafka`. */
export const keptKafka = async (folder: string, run: number): Promise<Kept> => {
  if (first(folder)) {
    const log = openSync(join(folder, 'kafka.log'), 'a');
    spawn(process.execPath, ['--disable-warning=ExperimentalWarning', keeper, folder, String(run)], {
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, NODE_OPTIONS: '' },
    }).unref();
  }
  const kept = await hear(folder);
  if (kept.failed !== undefined) throw new NoKafka(kept.failed);
  return kept;
};

export const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Ends the Kafka of this run, if any spec had it started. */
export const endKept = async (folder: string): Promise<void> => {
  if (!existsSync(lock(folder))) return;
  const { pid } = await hear(folder);
  if (alive(pid)) process.kill(pid, 'SIGTERM');
  while (alive(pid)) await pause(20);
};
