// Keeps the WAL of a file short. Who reads in another process keeps it from being cut; once that is over it is cut off the main thread,
// since copying much would stand the event loop still.
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { stat } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';
import type { CutAnswer } from './checkpoint.worker.ts';

// One thread of the process that cuts long WALs, for all files; started when the first is found.

const FILE = new URL(`./checkpoint.worker${extname(import.meta.url)}`, import.meta.url);

class Cutting {
  #worker: Worker | undefined;
  readonly #asked = new Map<string, (cut: boolean) => void>();

  /** True where the WAL of the file is empty now; one at a time may ask for a file. */
  async cut(file: string): Promise<boolean> {
    this.#worker ??= this.#start();
    const answer = new Promise<boolean>((resolve) => this.#asked.set(file, resolve));
    this.#worker.postMessage(file);
    return answer;
  }

  #start(): Worker {
    const worker = new Worker(FILE, { name: 'cut-wal', env: {} });
    worker.on('message', ({ file, cut }: CutAnswer) => this.#answer(file, cut));
    worker.on('error', () => this.#lose());
    worker.on('exit', () => this.#lose());
    worker.unref();
    return worker;
  }

  #answer(file: string, cut: boolean): void {
    this.#asked.get(file)?.(cut);
    this.#asked.delete(file);
  }

  #lose(): void {
    this.#worker = undefined;
    for (const file of [...this.#asked.keys()]) this.#answer(file, false);
  }
}

const cutting = new Cutting();

const MIB = 1024 * 1024;
const LOOK_MS = 1000;
/** As SQLite makes files. */
const PAGE_BYTES = 4096;
/** Nobody needs a longer one at rest. */
const RESTING_BYTES = 8 * MIB;

export interface WalTerms {
  /** After so many pages a commit copies the WAL into the database itself: little at a time. */
  readonly checkpointPages: number;
  /** Within a second after so many pages the thread does, and no commit ever: where pages lie far apart, copying takes a commit long. */
  readonly elsewhere?: boolean;
  /** A longer one is somebody's who reads. */
  readonly longest?: number;
}

export class ShortWal {
  readonly #db: DatabaseSync;
  readonly #file: string;
  readonly #terms: Required<WalTerms>;
  readonly #timer: NodeJS.Timeout;
  #looking = false;
  #changedAt = 0;
  #left = false;

  /** `db` is the connection that writes. */
  constructor(db: DatabaseSync, file: string, { checkpointPages, elsewhere = false, longest = 2 * RESTING_BYTES }: WalTerms) {
    this.#db = db;
    this.#file = file;
    this.#terms = { checkpointPages, elsewhere, longest };
    this.#left = elsewhere;
    db.exec(`PRAGMA wal_autocheckpoint = ${elsewhere ? 0 : checkpointPages}`);
    this.#timer = setInterval(() => void this.#look(), LOOK_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    await this.#cutIfLong().catch(() => undefined); // it is looked at again
    this.#looking = false;
  }

  async #cutIfLong(): Promise<void> {
    const { size, mtimeMs } = await stat(`${this.#file}-wal`);
    const rests = mtimeMs === this.#changedAt;
    this.#changedAt = mtimeMs;
    const { checkpointPages, elsewhere, longest } = this.#terms;
    const tooLong = size > (elsewhere ? checkpointPages * PAGE_BYTES : longest);
    this.#leave(elsewhere || tooLong);
    if (!tooLong && !(rests && size > RESTING_BYTES)) return;
    if (await cutting.cut(this.#file)) this.#leave(elsewhere);
  }

  /** While it is too long commits leave it alone: copying it would take them long. */
  #leave(left: boolean): void {
    if (left === this.#left || !this.#db.isOpen) return;
    this.#db.exec(`PRAGMA wal_autocheckpoint = ${left ? 0 : this.#terms.checkpointPages}`);
    this.#left = left;
  }
}
