// Sends receipts, one broker for all: whoever opened the channel last. The others watch, and take over when receipts wait too long.
import type { Outbox, Owed } from './outbox.ts';
import { isAnother, partitionName } from './message-source.ts';
import type { OutboxEntry } from './outbox-entry.ts';
import { type ReceiptsChannel, type ReceiptsSession, type SentUpTo, Superseded } from './receipts-channel.ts';
import { Backoff } from './waiting.ts';

export interface SenderObserver {
  /** A code for why receipts could not be sent. */
  sendingFailed(cause: unknown): void;
}

/** How often one looks for what other brokers owe. */
const LOOK_MS = 250;
/** Receipts that the sending broker leaves for so long are sent by another. */
const LEFT_MS = 2000;
const MOST_ENTRIES = 1000;

export class ReceiptsSender {
  readonly #outbox: Outbox;
  readonly #channel: ReceiptsChannel;
  readonly #observer: SenderObserver | undefined;
  #looked = 0;
  #failing = false;

  constructor(outbox: Outbox, channel: ReceiptsChannel, observer?: SenderObserver) {
    this.#outbox = outbox;
    this.#channel = channel;
    this.#observer = observer;
  }

  /** True while receipts cannot be sent. */
  get failing(): boolean {
    return this.#failing;
  }

  /** Until the signal aborts; then what is under way is finished. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const backoff = new Backoff();
    while (!signal.aborted) {
      try {
        await this.#session(signal, backoff);
      } catch (cause) {
        await this.#failed(cause, signal, backoff);
      }
    }
  }

  async #failed(cause: unknown, signal: AbortSignal, backoff: Backoff): Promise<void> {
    if (cause instanceof Superseded) return this.#watch(signal);
    this.#failing = true;
    this.#observer?.sendingFailed(cause);
    await backoff.wait(signal);
  }

  async #session(signal: AbortSignal, backoff: Backoff): Promise<void> {
    const session = await this.#channel.open();
    try {
      await this.#outbox.lookUp();
      await this.#passOver(session);
      this.#failing = false;
      while (!signal.aborted) {
        await this.#sendNext(session, signal);
        backoff.succeeded();
      }
    } finally {
      await session.close();
    }
  }

  /** What was sent before, by a process that could not say so. */
  async #passOver(session: ReceiptsSession): Promise<void> {
    const upTo = await session.sentUpTo(this.#outbox.partitions());
    this.#outbox.sent(this.#outbox.waiting().filter(({ entry }) => isCovered(entry, upTo.get(partitionName(entry)))));
  }

  async #sendNext(session: ReceiptsSession, signal: AbortSignal): Promise<void> {
    await this.#lookNowAndThen();
    const entries = this.#outbox.waiting().slice(0, MOST_ENTRIES);
    if (entries.length > 0) return this.#send(session, entries);
    await this.#outbox.changes.next(signal, LOOK_MS);
    if (this.#outbox.outstanding === 0) await this.#outbox.sweep();
  }

  async #send(session: ReceiptsSession, entries: readonly Owed[]): Promise<void> {
    const records = (await Promise.all(entries.map((owed) => owed.records))).flat();
    await session.send(records, upToOf(entries));
    this.#outbox.sent(entries);
  }

  async #lookNowAndThen(): Promise<void> {
    if (performance.now() - this.#looked < LOOK_MS) return;
    this.#looked = performance.now();
    await this.#outbox.lookUp();
  }

  /** Resolves when receipts have been left lying: by chance a little earlier or later than by other brokers. */
  async #watch(signal: AbortSignal): Promise<void> {
    const left = LEFT_MS * (1 + Math.random());
    while (!signal.aborted) {
      await this.#outbox.changes.next(signal, LOOK_MS);
      await this.#outbox.lookUp().catch((cause: unknown) => this.#observer?.sendingFailed(cause));
      if (this.#outbox.waiting().some(({ since }) => performance.now() - since > left)) return;
    }
  }
}

const isCovered = ({ next, topicId }: OutboxEntry, upTo: SentUpTo | undefined): boolean =>
  upTo !== undefined && next <= upTo.offset && !isAnother(topicId, upTo.topicId);

const upToOf = (entries: readonly Owed[]): readonly SentUpTo[] => {
  const upTo = new Map<string, SentUpTo>();
  for (const {
    entry: { topic, partition, topicId, next },
  } of entries)
    upTo.set(partitionName({ topic, partition }), { topic, partition, topicId, offset: next });
  return [...upTo.values()];
};
