// One thread of the process that cuts long WALs, for all files; started when the first is found.
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CutAnswer } from './checkpoint.worker.ts';

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

export const cutting = new Cutting();
