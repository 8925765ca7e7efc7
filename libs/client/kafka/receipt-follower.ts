// Follows the receipts for whoever waits for some: one reader for all, begun with the first and kept for the next.
import { setTimeout as after } from 'node:timers/promises';
import { ClientError } from '../client-error.ts';
import { AwaitedReceipts } from './awaited-receipts.ts';
import type { SentMessage } from './outbox.ts';
import type { ReceiptMessage } from './receipt-message.ts';

interface Waiter {
  readonly awaited: AwaitedReceipts;
  readonly done: () => void;
  readonly failed: (cause: unknown) => void;
}

interface Reader {
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

/** What came shortly before anybody asked: receipts may overtake the answer to what they are about. */
const REMEMBERED = 1000;

export class ReceiptFollower {
  readonly #begin: (signal: AbortSignal) => Promise<AsyncIterable<ReceiptMessage>>;
  readonly #waiters = new Set<Waiter>();
  readonly #recent: ReceiptMessage[] = [];
  #reader: Promise<Reader> | undefined;

  /** `begin` resolves once it is settled from where is read: what is sent from then on will be met. */
  constructor(begin: (signal: AbortSignal) => Promise<AsyncIterable<ReceiptMessage>>) {
    this.#begin = begin;
  }

  /** To be awaited before something is sent. Rejects with `ClientError`. */
  async ready(): Promise<void> {
    this.#reader ??= this.#start();
    try {
      await this.#reader;
    } catch (cause) {
      this.#reader = undefined;
      throw cause;
    }
  }

  /** Resolves when all have come, or after `timeoutMs`. Rejects with what ended the reading. */
  async receiptsOf(sent: readonly SentMessage[], timeoutMs: number): Promise<AwaitedReceipts> {
    const awaited = new AwaitedReceipts(sent);
    for (const message of this.#recent) awaited.take(message);
    if (!awaited.complete) await this.#wait(awaited, timeoutMs);
    return awaited;
  }

  async close(): Promise<void> {
    const reader = await this.#reader?.catch(() => undefined);
    this.#reader = undefined;
    reader?.stop.abort();
    await reader?.ended;
  }

  async #wait(awaited: AwaitedReceipts, timeoutMs: number): Promise<void> {
    const inTime = new AbortController();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter = { awaited, done: resolve, failed: reject };
    this.#waiters.add(waiter);
    try {
      await Promise.race([promise, after(timeoutMs, undefined, { signal: inTime.signal })]);
    } finally {
      this.#waiters.delete(waiter);
      inTime.abort();
    }
  }

  async #start(): Promise<Reader> {
    const stop = new AbortController();
    const messages = await this.#begin(stop.signal);
    return { stop, ended: this.#follow(messages) };
  }

  async #follow(messages: AsyncIterable<ReceiptMessage>): Promise<void> {
    try {
      for await (const message of messages) this.#take(message);
      throw new ClientError('no-receipt', 'It was closed before the receipts came: what was sent stays sent.');
    } catch (cause) {
      this.#reader = undefined;
      for (const { failed } of this.#waiters) failed(cause);
    }
  }

  #take(message: ReceiptMessage): void {
    this.#recent.push(message);
    if (this.#recent.length > REMEMBERED) this.#recent.shift();
    for (const { awaited, done } of this.#waiters) {
      awaited.take(message);
      if (awaited.complete) done();
    }
  }
}
