// Signature checks spread over worker threads: the one work that is too slow for the main thread (a quarter of a millisecond each).
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { KeyObject } from 'node:crypto';
import { availableParallelism } from 'node:os';
import {
  type Check,
  type CheckAnswer,
  type CheckRequest,
  isSignedBy,
  packChecks,
  publicKeyOf,
  SIGNATURE_BYTES,
  type SigningJwk,
} from './signature-keys.ts';

/** A signature could not be checked, for no fault of the message: to be tried again (HTTP 503). */
export class VerifyPoolError extends Error {
  override readonly name = 'VerifyPoolError';
}

// One worker of the pool and what it has been asked. A worker that dies is replaced at the next request.

/** `.ts` from the sources, `.js` from dist. */
const WORKER_FILE = new URL(`./verify.worker${extname(import.meta.url)}`, import.meta.url);

interface PendingCheck extends Check {
  readonly jwk: SigningJwk;
  readonly resolve: (valid: boolean) => void;
  readonly reject: (cause: VerifyPoolError) => void;
}

class VerifyLane {
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

export interface VerifyPoolOptions {
  /** 0: checked on the calling thread. Default: the cores, at most 2. */
  readonly workers?: number;
  /** Of the worker's code; for specs. */
  readonly file?: URL;
}

/** Requests that a worker holds: one that it works on, one that waits, so that it never idles. */
const HELD = 2;
const CHECKS = 16;
/** So few are not shared out: it costs more to wake a worker than to wait for them. */
const FEW = 8;
const BYTES = 1_048_576;

export class VerifyPool {
  readonly #lanes: readonly VerifyLane[];
  readonly #indexes = new Map<string, number>();
  readonly #inline: (KeyObject | undefined)[] = [];
  readonly #waiting: PendingCheck[] = [];
  #sending = false;
  #closing: (() => void) | undefined;

  constructor({ workers = Math.min(2, availableParallelism()), file = WORKER_FILE }: VerifyPoolOptions = {}) {
    this.#lanes = Array.from({ length: workers }, () => new VerifyLane(file, () => this.#send()));
  }

  /** Whether the key made this signature over these bytes. Rejects with `VerifyPoolError` when that could not be found out. */
  async verify(jwk: SigningJwk, input: Uint8Array, signature: Uint8Array): Promise<boolean> {
    if (this.#closing) throw new VerifyPoolError('Signatures are no longer checked: the service is stopping.');
    if (signature.byteLength !== SIGNATURE_BYTES) return false;
    const key = this.#indexOf(jwk);
    if (this.#lanes.length === 0) return isSignedBy(this.#inline[key], input, signature);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, jwk, input, signature, resolve, reject });
      this.#sendSoon();
    });
  }

  /** By what makes the key, not by its name: equal keys are told once. */
  #indexOf(jwk: SigningJwk): number {
    const id = `${jwk.kty} ${jwk.crv} ${jwk.x} ${jwk.y}`;
    const known = this.#indexes.get(id);
    if (known !== undefined) return known;
    if (this.#lanes.length === 0) this.#inline[this.#indexes.size] = publicKeyOf(jwk);
    this.#indexes.set(id, this.#indexes.size);
    return this.#indexes.size - 1;
  }

  /** Once all that arrived in this turn of the event loop is together. */
  #sendSoon(): void {
    if (this.#sending) return;
    this.#sending = true;
    setImmediate(() => {
      this.#sending = false;
      this.#send();
    });
  }

  #send(): void {
    for (let lane = this.#idlest(); lane && this.#waiting.length > 0; lane = this.#idlest()) lane.ask(this.#share());
    if (this.#closing && this.#isIdle) this.#closing();
  }

  /** An equal part of what waits, so that no worker idles, unless that is little; and no more than it can soon have done. */
  #share(): readonly PendingCheck[] {
    const most = Math.min(CHECKS, Math.max(FEW, Math.ceil(this.#waiting.length / this.#lanes.length)));
    let bytes = this.#waiting[0]?.input.byteLength ?? 0;
    let count = 1;
    while (count < most && count < this.#waiting.length && (bytes += this.#waiting[count]?.input.byteLength ?? 0) <= BYTES) count++;
    return this.#waiting.splice(0, count);
  }

  get #isIdle(): boolean {
    return this.#waiting.length === 0 && this.#lanes.every(({ load }) => load === 0);
  }

  #idlest(): VerifyLane | undefined {
    const [idlest] = this.#lanes.filter(({ load }) => load < HELD).sort((one, other) => one.load - other.load);
    return idlest;
  }

  /** Resolves when all that was asked has been answered and the workers have stopped. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#closing = resolve;
      this.#send();
    });
    await Promise.all(this.#lanes.map((lane) => lane.stop()));
  }
}
