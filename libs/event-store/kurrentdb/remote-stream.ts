// The stream on the server: appending at an expected revision, reading, following. Every failure is a `RemoteFailure`.
import { BACKWARDS, END, EventStoreDBClient, FORWARDS, NO_STREAM, type ResolvedEvent } from '@eventstore/db-client';
import type { Connection } from '../connection-string.ts';
import { EventStoreError } from '../event-store.ts';
import { failureOf, RemoteFailure } from './remote-failure.ts';
import { decode, encode, type Proposed, type RemoteEntry } from './remote-form.ts';

/** Milliseconds until an append or a page is held to have no answer. */
export const ANSWER_MS = 5000;
const BUFFERED = 1000;
/** The client's own deadline comes first, where it has one. */
const GRACE_MS = 250;

/** What the client's reads and subscriptions have in common. */
interface Reading extends AsyncIterable<ResolvedEvent> {
  on(event: 'error', listener: () => void): unknown;
  destroy(): unknown;
}

export interface RemoteTerms {
  readonly connection: Connection;
  readonly stream: string;
  readonly answerMs?: number;
}

export class RemoteStream {
  readonly name: string;
  readonly #connection: Connection;
  readonly #answerMs: number;
  #client: EventStoreDBClient;
  /** Ends what is read over the client. */
  #ending = new AbortController();

  constructor({ connection, stream, answerMs = ANSWER_MS }: RemoteTerms) {
    this.name = stream;
    this.#connection = connection;
    this.#answerMs = answerMs;
    this.#client = connected(connection);
  }

  /** Resolves when they stand directly after this revision, or stood there before; −1: at the beginning. */
  async append(entries: readonly Proposed[], expected: number): Promise<void> {
    const { credentials } = this.#connection;
    const options = {
      expectedRevision: expected < 0 ? NO_STREAM : BigInt(expected),
      requiresLeader: true,
      deadline: this.#answerMs,
      ...(credentials && { credentials }),
    } as const;
    const appending = this.#client.appendToStream(this.name, entries.map(encode), options);
    await answeredWithin(this.#answerMs + GRACE_MS, appending).catch((cause: unknown) => {
      throw failureOf(cause);
    });
  }

  /** Up to `limit` entries from this revision on. */
  async read(from: number, limit: number): Promise<readonly RemoteEntry[]> {
    return this.#page({ fromRevision: BigInt(from), direction: FORWARDS, maxCount: limit });
  }

  /** The last entry. */
  async last(): Promise<RemoteEntry | undefined> {
    return (await this.#page({ fromRevision: END, direction: BACKWARDS, maxCount: 1 }))[0];
  }

  /** Entries after this revision as they come, until the signal aborts. */
  async *follow(after: number, signal: AbortSignal): AsyncGenerator<RemoteEntry, void> {
    const options = { fromRevision: BigInt(after), requiresLeader: false };
    const reading = this.#client.subscribeToStream(this.name, options, { highWaterMark: BUFFERED });
    yield* this.#entriesOf(reading, signal);
  }

  /** Begins anew with the connection: with a cluster, whoever leads it is looked for. What is read over the old one ends with a failure. */
  renew(): void {
    const [old, ending] = [this.#client, this.#ending];
    try {
      this.#client = connected(this.#connection);
    } catch {
      return; // A certificate file is gone for now: the old connection has to do.
    }
    this.#ending = new AbortController();
    ending.abort();
    // Nobody waits for what is left of the old connection: whoever asked has to learn what became of an append.
    old.dispose().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await this.#client.dispose().catch(() => undefined);
  }

  async #page(options: Parameters<EventStoreDBClient['readStream']>[1]): Promise<RemoteEntry[]> {
    const silent = new AbortController();
    const timer = setTimeout(() => silent.abort(), this.#answerMs);
    const reading = this.#client.readStream(this.name, { ...options, requiresLeader: true }, { highWaterMark: BUFFERED });
    const entries: RemoteEntry[] = [];
    try {
      for await (const entry of this.#entriesOf(reading, silent.signal)) {
        entries.push(entry);
        timer.refresh();
      }
    } finally {
      clearTimeout(timer);
    }
    if (silent.signal.aborted) throw new RemoteFailure('unknown', 'KurrentDB did not answer in time.');
    return entries;
  }

  /** Ends without a failure where the signal aborts. */
  async *#entriesOf(reading: Reading, signal: AbortSignal): AsyncGenerator<RemoteEntry, void> {
    // What comes after nobody listens any more would end the process.
    reading.on('error', () => undefined);
    const either = AbortSignal.any([signal, this.#ending.signal]);
    const end = (): void => void reading.destroy();
    either.addEventListener('abort', end);
    if (either.aborted) end();
    try {
      for await (const { event } of reading) if (event) yield decode(event);
    } catch (cause) {
      if (!signal.aborted) throw knownOr(cause);
    } finally {
      either.removeEventListener('abort', end);
      cancel(reading);
    }
  }
}

/** Throws `EventStoreError` (`unavailable`) where a certificate file that the connection string names cannot be read. */
const connected = ({ string }: Connection): EventStoreDBClient => {
  try {
    return EventStoreDBClient.connectionString(string);
  } catch (cause) {
    if (!(cause as Error).message.startsWith('Failed to load')) throw cause;
    throw new EventStoreError('unavailable', 'A certificate file that KURRENTDB_URL names cannot be read.', { cause });
  }
};

const answeredWithin = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new RemoteFailure('unknown', 'KurrentDB did not answer in time.')), ms);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
};

/** What is wrong with an entry is told as it is. */
const knownOr = (cause: unknown): unknown => (isStoreError(cause) ? cause : failureOf(cause));
const isStoreError = (cause: unknown): boolean => cause instanceof Error && cause.name === 'EventStoreError';

/** Nobody waits for it: the client first waits until its call has begun, which it may never where the server went away meanwhile. */
const cancel = (reading: Reading & { cancel?: () => Promise<void>; unsubscribe?: () => Promise<void> }): void => {
  (reading.cancel?.() ?? reading.unsubscribe?.() ?? Promise.resolve()).catch(() => undefined);
  reading.destroy();
};
