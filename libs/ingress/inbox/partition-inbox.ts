// One partition on its way into the log: messages wait, are read ahead, and are recorded chunk by chunk in the order of their offsets.
import { EventStoreError } from '#event-store';
import { StorageError } from '#kernel';
import { VaultError } from '#privacy';
import { VerifyPoolError } from '../jws/index.ts';
import { type Chunk, chunksOf, readAhead } from './record-chunk.ts';
import { Slices } from './record-slices.ts';
import { type InboxBatch, type InboxMessage, type OpenPartition, reachedIn, type TakenIn } from './message-source.ts';
import type { Outbox } from './outbox.ts';
import type { MessageReader, ReadMessage } from './read-message.ts';
import { Backoff, Changes } from './waiting.ts';

export interface PartitionParts {
  readonly reader: MessageReader;
  readonly outbox: Outbox;
  /** As `recordChunk` does. */
  readonly record: (chunk: Chunk) => Promise<string>;
  /** Told a code whenever work has to be tried again. */
  readonly stalled: (cause: unknown) => void;
  /** Resolves when those who follow the log keep up; absent: nobody is waited for. */
  readonly givesWay?: (signal: AbortSignal) => Promise<void>;
}

/** Messages that wait in memory, before more are taken. */
const MOST_WAITING = 500;
const MOST_BYTES = 8 * 1024 * 1024;
/** A message at which the broker itself fails so often is set apart. */
const TRIES = 3;

export class PartitionInbox {
  readonly #parts: PartitionParts;
  readonly #of: OpenPartition;
  readonly #signal: AbortSignal;
  readonly #changes = new Changes();
  readonly #slices: Slices;
  #takenIn: TakenIn;
  readonly #waiting: InboxMessage[] = [];
  #bytes = 0;
  #reading = 0;
  /** Offset of the message that comes next. */
  #next: number;
  #sought = false;
  #end = 0;
  #isWorking = false;
  #working: Promise<void> = Promise.resolve();

  /** When the signal aborts, no further chunk is begun. */
  constructor(parts: PartitionParts, of: OpenPartition, { takenIn, signal }: { readonly takenIn: TakenIn; readonly signal: AbortSignal }) {
    this.#parts = parts;
    this.#of = { topic: of.topic, partition: of.partition, agency: of.agency, topicId: of.topicId };
    this.#takenIn = takenIn;
    this.#next = reachedIn(takenIn, of.topicId).next;
    this.#signal = signal;
    this.#slices = new Slices(parts.record);
  }

  get agency(): string {
    return this.#of.agency;
  }

  get recorded(): number {
    return reachedIn(this.#takenIn, this.#of.topicId).next;
  }

  /** Offset to be read next. */
  get next(): number {
    return this.#next;
  }

  /** Messages in the partition that are not recorded, as far as is known: the marks of transactions are none once they are passed. */
  get lag(): number {
    return Math.max(0, this.#end - this.#next) + this.inFlight;
  }

  /** Messages in memory. */
  get inFlight(): number {
    return this.#waiting.length + this.#reading;
  }

  /** The offset to go on from where these are not the messages that come next; else they are taken. */
  accept(batch: InboxBatch): number | undefined {
    this.#end = batch.end;
    if (batch.end < this.#next) this.#next = batch.first; // the topic was cut: what is there is what comes next
    const elsewhere = batch.first > this.#next || batch.last + 1 < this.#next;
    if (elsewhere && !this.#sought) {
      this.#sought = true; // what is missing after that is no longer there
      return this.#next;
    }
    this.#sought = false;
    this.#take(batch);
    return undefined;
  }

  #take({ messages, last }: InboxBatch): void {
    const fresh = messages.filter(({ offset }) => offset >= this.#next);
    this.#waiting.push(...fresh);
    this.#bytes += bytesIn(fresh);
    this.#next = Math.max(this.#next, last + 1);
    if (fresh.length > 0 && !this.#isWorking) this.#working = this.#work();
  }

  /** Resolves when there is room for more messages. */
  async room(): Promise<void> {
    while (this.#isFull && !this.#signal.aborted) await this.#changes.next(this.#signal);
  }

  get #isFull(): boolean {
    return this.#waiting.length >= MOST_WAITING || this.#bytes >= MOST_BYTES;
  }

  /** Resolves when what is under way has ended; rejects where the partition must be given up. */
  async settled(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    try {
      for (let reading = this.#readAhead(); reading;) {
        const messages = await reading;
        reading = this.#readAhead();
        for (const chunk of chunksOf(messages)) await this.#record(chunk);
        this.#reading -= messages.length;
        reading ??= this.#readAhead(); // what came while those were recorded
      }
    } finally {
      this.#isWorking = false; // in the turn in which nothing was left, so that nothing which comes later is left lying
      this.#reading = 0;
      this.#changes.announce();
    }
  }

  /** Begins to read the messages that come next; undefined where none wait, or no more are to be taken. */
  #readAhead(): Promise<readonly ReadMessage[]> | undefined {
    if (this.#signal.aborted) return undefined;
    const messages = this.#waiting.splice(0, readAhead(this.#waiting));
    if (messages.length === 0) return undefined;
    this.#bytes -= bytesIn(messages);
    this.#reading += messages.length;
    this.#changes.announce();
    const reading = Promise.all(messages.map((message) => this.#read(message)));
    reading.catch(() => undefined); // it is awaited later
    return reading;
  }

  async #read(message: InboxMessage): Promise<ReadMessage> {
    const read = (): Promise<ReadMessage> => this.#parts.reader.read(this.#of, message);
    return this.#untilDone(read, () => this.#apart(message));
  }

  async #record(messages: readonly ReadMessage[]): Promise<void> {
    await this.#parts.outbox.room(this.#signal);
    await this.#parts.givesWay?.(this.#signal);
    const slices = this.#slices.of(messages);
    if (slices.length < 2) return this.#insist(messages);
    const { takenIn, left } = await this.#slices.record({ of: this.#of, expected: this.#takenIn }, slices);
    this.#takenIn = takenIn;
    for (const slice of left) await this.#insist(slice);
  }

  async #insist(messages: readonly ReadMessage[]): Promise<void> {
    const record = (): Promise<void> => this.#append(messages);
    await this.#untilDone(record, () => this.#recordApart(messages));
  }

  /** Where the broker fails at a chunk, each of its messages is tried alone, so that one of them does not hold up the others. */
  async #recordApart(messages: readonly ReadMessage[]): Promise<void> {
    const [first] = messages;
    if (messages.length === 1 && first) return this.#append([this.#apart(first)]);
    for (const message of messages) await this.#insist([message]);
  }

  #apart(message: InboxMessage): ReadMessage {
    return this.#parts.reader.poisoned(this.#of, message, 'internal');
  }

  async #append(messages: readonly ReadMessage[]): Promise<void> {
    this.#takenIn = await this.#parts.record({ of: this.#of, messages, expected: this.#takenIn });
  }

  /** What passes is waited out. Work that fails for another reason is done `otherwise`, after a few tries. */
  async #untilDone<T>(work: () => Promise<T>, otherwise: () => T | Promise<T>): Promise<T> {
    let failures = 0;
    for (const backoff = new Backoff(); failures < TRIES; await backoff.wait(this.#signal)) {
      try {
        return await work();
      } catch (cause) {
        if (isOthers(cause) || this.#signal.aborted) throw cause;
        this.#parts.stalled(cause);
        if (!passes(cause)) failures += 1;
      }
    }
    return otherwise();
  }
}

const bytesIn = (messages: readonly InboxMessage[]): number => messages.reduce((sum, { value }) => sum + (value?.byteLength ?? 0), 0);

/** Another process took the messages in. */
export const isOthers = (cause: unknown): boolean => cause instanceof EventStoreError && cause.code === 'wrong-bookmark';

const passes = (cause: unknown): boolean =>
  cause instanceof EventStoreError || cause instanceof StorageError || cause instanceof VaultError || cause instanceof VerifyPoolError;
