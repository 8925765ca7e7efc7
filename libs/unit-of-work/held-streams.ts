// What is held of folded streams: as objects while they are in use, packed when others have been asked for since.
import { LRUCache } from 'lru-cache';
import type { Revision } from '#kernel';
import type { Packing } from './packed-state.ts';

export interface Held<State> {
  readonly state: State;
  /** Of the last event folded in; `NO_STREAM` where there is none. */
  readonly revision: Revision;
}

interface InUse<State> extends Held<State> {
  /** As it was packed before, since it has not changed. */
  readonly packed?: string;
}

/** One in so many is held as objects. */
const IN_USE = 16;
/** Fewer are not worth packing. */
const LEAST = 1000;

export class HeldStreams<State> {
  readonly #inUse: LRUCache<string, InUse<State>>;
  readonly #resting: LRUCache<string, string> | undefined;
  readonly #packing: Packing<Held<State>> | undefined;

  /** `max`: so many in all. Without `packing` all stay as they are. */
  constructor(max: number, packing?: Packing<Held<State>>) {
    const inUse = packing ? Math.min(max, Math.max(LEAST, Math.floor(max / IN_USE))) : max;
    this.#packing = packing;
    this.#resting = max > inUse ? new LRUCache({ max: max - inUse }) : undefined;
    this.#inUse = new LRUCache<string, InUse<State>>({
      max: inUse,
      ...(this.#resting && { dispose: (held, stream, reason) => reason === 'evict' && this.#rest(stream, held) }),
    });
  }

  get(stream: string): Held<State> | undefined {
    return this.#inUse.get(stream) ?? this.#wake(stream);
  }

  has(stream: string): boolean {
    return this.#inUse.has(stream) || (this.#resting?.has(stream) ?? false);
  }

  set(stream: string, held: Held<State>): void {
    this.#resting?.delete(stream);
    this.#inUse.set(stream, held);
  }

  delete(stream: string): void {
    this.#inUse.delete(stream);
    this.#resting?.delete(stream);
  }

  clear(): void {
    this.#inUse.clear();
    this.#resting?.clear();
  }

  #rest(stream: string, { state, revision, packed = this.#packing?.pack({ state, revision }) }: InUse<State>): void {
    if (packed !== undefined) this.#resting?.set(stream, packed);
  }

  #wake(stream: string): Held<State> | undefined {
    const packed = this.#resting?.get(stream);
    if (packed === undefined || !this.#packing) return undefined;
    this.#resting?.delete(stream);
    const woken = { ...this.#packing.unpack(packed, stream), packed };
    this.#inUse.set(stream, woken);
    return woken;
  }
}
