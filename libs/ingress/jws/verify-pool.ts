// Signature checks spread over worker threads: the one work that is too slow for the main thread (a quarter of a millisecond each).
import type { KeyObject } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { isSignedBy, publicKeyOf, SIGNATURE_BYTES, type SigningJwk } from './signature-keys.ts';
import { type PendingCheck, VerifyLane, WORKER_FILE } from './verify-lane.ts';
import { VerifyPoolError } from './verify-pool-error.ts';

export interface VerifyPoolOptions {
  /** 0: checked on the calling thread. Default: the cores, at most 2. */
  readonly workers?: number;
  /** Of the worker's code; for specs. */
  readonly file?: URL;
}

/** Requests that a worker holds: one that it works on, one that waits, so that it never idles. */
const HELD = 2;
const CHECKS = 16;
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

  /** An equal part of what waits, so that no worker idles, and no more than it can soon have done. */
  #share(): readonly PendingCheck[] {
    const most = Math.min(CHECKS, Math.ceil(this.#waiting.length / this.#lanes.length));
    let bytes = this.#waiting[0]?.input.byteLength ?? 0;
    let count = 1;
    while (count < most && (bytes += this.#waiting[count]?.input.byteLength ?? 0) <= BYTES) count++;
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
