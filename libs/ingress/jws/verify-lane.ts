// One worker of the pool and what it has been asked. A worker that dies is replaced at the next request.
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Check, type CheckAnswer, type CheckRequest, packChecks } from './check-packing.ts';
import type { SigningJwk } from './signature-keys.ts';
import { VerifyPoolError } from './verify-pool-error.ts';

/** `.ts` from the sources, `.js` from dist. */
export const WORKER_FILE = new URL(`./verify.worker${extname(import.meta.url)}`, import.meta.url);

export interface PendingCheck extends Check {
  readonly jwk: SigningJwk;
  readonly resolve: (valid: boolean) => void;
  readonly reject: (cause: VerifyPoolError) => void;
}

export class VerifyLane {
  readonly #file: URL;
  readonly #free: () => void;
  readonly #asked = new Map<number, readonly PendingCheck[]>();
  #told = new Set<number>();
  #worker: Worker | undefined;
  #ids = 0;

  /** `free` is called whenever the worker can be asked more. */
  constructor(file: URL, free: () => void) {
    this.#file = file;
    this.#free = free;
  }

  /** Requests that are not answered yet. */
  get load(): number {
    return this.#asked.size;
  }

  ask(checks: readonly PendingCheck[]): void {
    const worker = (this.#worker ??= this.#start());
    const id = this.#ids++;
    const packed = packChecks(checks);
    this.#asked.set(id, checks);
    worker.ref();
    worker.postMessage({ id, packed, keys: this.#untold(checks) } satisfies CheckRequest, [packed]);
  }

  #untold(checks: readonly PendingCheck[]): CheckRequest['keys'] {
    const untold = new Map(
      checks.filter(({ key }) => !this.#told.has(key)).map(({ key, jwk: { kty, crv, x, y } }) => [key, { kty, crv, x, y }]),
    );
    for (const key of untold.keys()) this.#told.add(key);
    return [...untold];
  }

  /** Its environment is empty: a worker has no use for secrets. */
  #start(): Worker {
    const worker = new Worker(this.#file, { name: 'verify-signatures', env: {} });
    this.#told = new Set();
    worker.on('message', (answer: CheckAnswer) => this.#answer(answer));
    worker.on('error', (cause) => this.#lose(worker, cause));
    worker.on('exit', (code) => this.#lose(worker, new Error(`It ended with code ${code}.`)));
    worker.unref();
    return worker;
  }

  #answer({ id, results }: CheckAnswer): void {
    const checks = this.#asked.get(id);
    this.#asked.delete(id);
    if (this.#asked.size === 0) this.#worker?.unref();
    checks?.forEach(({ resolve }, index) => resolve(results[index] === 1));
    this.#free();
  }

  /** Nothing is known of what it was checking: whoever sent that may send it again. */
  #lose(worker: Worker, cause: unknown): void {
    if (worker !== this.#worker) return;
    this.#worker = undefined;
    const lost = [...this.#asked.values()].flat();
    this.#asked.clear();
    for (const { reject } of lost)
      reject(new VerifyPoolError('A worker that checks signatures failed: send the message again.', { cause }));
    this.#free();
  }

  async stop(): Promise<void> {
    await this.#worker?.terminate();
  }
}
