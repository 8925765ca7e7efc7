// The tail of the log: reads it once for all who follow it, and sees to it that each goes on (house rule 6, ADR 0024).
import type { EventStore, RecordedEvent } from '../event-store.ts';
import type { Consumer, Delivered, TailHealth, Trouble } from './consumer.ts';
import { Following } from './following.ts';
import { SharedReading } from './shared-reading.ts';
import type { WindowBounds } from './window.ts';

export interface TailParts<Event extends Delivered> {
  readonly store: Pick<EventStore, 'head' | 'readAll' | 'subscribe'>;
  /** Wraps an event once for all consumers. */
  readonly decode: (recorded: RecordedEvent) => Event;
  /** Makes ready what a consumer says that it opens, before it is given that. */
  readonly prepare?: (events: readonly Event[]) => Promise<void>;
  /** How much of what was read is held for those who are near. */
  readonly bounds?: WindowBounds;
  /** Told of each trouble once; without a consumer it is the log that cannot be read. */
  readonly report?: (trouble: Trouble, consumer?: string) => void;
}

const BOUNDS: WindowBounds = { events: 4096, bytes: 8 * 1024 * 1024, patience: 5000 };

export class Tail<Event extends Delivered> {
  readonly #parts: TailParts<Event>;
  readonly #bounds: WindowBounds;
  readonly #followings = new Set<Following<Event>>();
  /** While anybody follows. */
  #reading: SharedReading<Event> | undefined;
  #isClosed = false;

  constructor(parts: TailParts<Event>) {
    this.#parts = parts;
    this.#bounds = parts.bounds ?? BOUNDS;
  }

  /**
   * Until the signal aborts or the tail is closed, through every failure; what the consumer has in hand then is finished first.
   * Throws `RangeError` where one of this name follows already.
   */
  async follow(consumer: Consumer<Event>, signal: AbortSignal): Promise<void> {
    const { name } = consumer;
    if ([...this.#followings].some((other) => other.name === name))
      throw new RangeError(`A consumer named ${name} follows the log already.`);
    if (this.#isClosed) return;
    const reading = (this.#reading ??= this.#read());
    const troubled = (trouble: Trouble): void => this.#parts.report?.(trouble, name);
    const { prepare = async () => undefined } = this.#parts;
    const passed = (): void => this.#release();
    const following = new Following({ consumer, reading, patience: this.#bounds.patience, prepare, troubled, passed });
    this.#followings.add(following);
    await following.run(signal);
    this.#followings.delete(following);
    if (this.#followings.size === 0) await this.#rest();
    else this.#release();
  }

  /** Why consumers cannot go on now, by their names; those who can are not in it. */
  get troubles(): ReadonlyMap<string, Trouble> {
    return new Map([...this.#followings].flatMap(({ name, trouble }) => (trouble ? [[name, trouble] as const] : [])));
  }

  /** Why the log cannot be read now. */
  get trouble(): Trouble | undefined {
    return this.#reading?.trouble;
  }

  /** Events in memory for those who have not passed them. */
  get held(): number {
    return this.#reading?.held ?? 0;
  }

  /** Rejects with `EventStoreError` where the head of the log cannot be told. */
  async health(): Promise<TailHealth> {
    const head = await this.#parts.store.head();
    const consumers = [...this.#followings].map(({ name, position, trouble }) => ({
      name,
      position,
      lag: Math.max(0, head - position),
      ...(trouble && { trouble }),
    }));
    return { head, consumers, ...(this.trouble && { trouble: this.trouble }) };
  }

  /** Ends those who follow, last come first, each when it has done what it has in hand; nobody follows from now on. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const following of [...this.#followings].reverse()) await following.stop();
    await this.#rest();
  }

  #read(): SharedReading<Event> {
    const { store, decode, report } = this.#parts;
    return new SharedReading({ store, decode, bounds: this.#bounds, troubled: (trouble) => report?.(trouble) });
  }

  async #rest(): Promise<void> {
    const reading = this.#reading;
    this.#reading = undefined;
    await reading?.stop();
  }

  #release(): void {
    const held = [...this.#followings].filter(({ holds }) => holds).map(({ position }) => position);
    this.#reading?.release(Math.min(...held));
  }
}
