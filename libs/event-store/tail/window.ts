// The events that were read last, for all consumers that are near: each takes from it at its own pace.
import type { Position } from '#kernel';
import type { Delivered } from './consumer.ts';

/** Beyond these the oldest are dropped: whoever wants them still reads for himself. */
export interface WindowBounds {
  readonly events: number;
  /** Of payload. */
  readonly bytes: number;
  /** Milliseconds that one delivery may take while what follows it is held for its consumer. */
  readonly patience: number;
}

interface Waiter {
  readonly position: Position;
  wake: () => void;
}

export class Window<Event extends Delivered> {
  readonly #bounds: WindowBounds;
  readonly #waiting = new Set<Waiter>();
  #events: Event[] = [];
  #bytes = 0;
  /** Position of the last event before the first that is held; undefined: reading has not begun. */
  #start: Position | undefined;
  #end: Position = 0;
  #demand: (() => void) | undefined;

  constructor(bounds: WindowBounds) {
    this.#bounds = bounds;
  }

  /** Of the last event that was read. */
  get end(): Position {
    return this.#end;
  }

  get size(): number {
    return this.#events.length;
  }

  /** Empty, and reading goes on after this position. */
  begin(after: Position): void {
    this.#events = [];
    this.#bytes = 0;
    this.#start = this.#end = after;
    this.#wakeAll();
  }

  /** The next events that were read. */
  add(events: readonly Event[]): void {
    for (const event of events) this.#bytes += event.recorded.payload.byteLength;
    this.#events.push(...events);
    this.#end = events.at(-1)?.recorded.position ?? this.#end;
    this.#drop(this.#excess());
    this.#wakeAll();
  }

  /** Up to `limit` events with greater positions, in order; undefined where the next one is not held any more, or not read here. */
  after(position: Position, limit: number): readonly Event[] | undefined {
    if (this.#start === undefined || position < this.#start) return undefined;
    const from = this.#indexAfter(position);
    return this.#events.slice(from, from + limit);
  }

  /** Everybody near has passed this position. */
  release(position: Position): void {
    this.#drop(this.#indexAfter(position));
  }

  /** For one that has passed this position and found no more: resolves when there may be more, or when the signal aborts. */
  async more(position: Position, signal: AbortSignal): Promise<void> {
    if (signal.aborted || (this.#start !== undefined && position < this.#end)) return;
    const waiter: Waiter = { position, wake: () => undefined };
    await woken(signal, (wake) => {
      waiter.wake = wake;
      this.#waiting.add(waiter);
      this.#demand?.();
    });
    this.#waiting.delete(waiter);
  }

  /** Resolves when somebody has passed all that is held and waits for more, or when the signal aborts. */
  async demanded(signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.#waiting.size > 0) return;
    await woken(signal, (wake) => void (this.#demand = wake));
    this.#demand = undefined;
  }

  /** Where all who wait are beyond what was read here, having read for themselves: the position from which reading is of use. */
  get overtakenAt(): Position | undefined {
    const wanted = Math.min(...[...this.#waiting].map(({ position }) => position));
    return Number.isFinite(wanted) && wanted > this.#end ? wanted : undefined;
  }

  #excess(): number {
    let [count, bytes] = [Math.max(0, this.#events.length - this.#bounds.events), this.#bytes];
    for (const { recorded } of this.#events.slice(0, count)) bytes -= recorded.payload.byteLength;
    for (; bytes > this.#bounds.bytes && count < this.#events.length - 1; count++) {
      bytes -= this.#events[count]?.recorded.payload.byteLength ?? 0;
    }
    return count;
  }

  #drop(count: number): void {
    for (const { recorded } of this.#events.splice(0, count)) {
      this.#bytes -= recorded.payload.byteLength;
      this.#start = recorded.position;
    }
  }

  /** By halves, since positions ascend and need not count the events. */
  #indexAfter(position: Position): number {
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#events[middle]?.recorded.position ?? Infinity) <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #wakeAll(): void {
    for (const { wake } of [...this.#waiting]) wake();
    this.#waiting.clear();
  }
}

/** Resolves when what `enter` is given is called, or when the signal aborts. */
const woken = (signal: AbortSignal, enter: (wake: () => void) => void): Promise<void> =>
  new Promise((resolve) => {
    const wake = (): void => {
      signal.removeEventListener('abort', wake);
      resolve();
    };
    signal.addEventListener('abort', wake);
    enter(wake);
  });
