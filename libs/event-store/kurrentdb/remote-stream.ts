// The stream on the server: appending at an expected revision, reading, following. Every failure is a `RemoteFailure`.
import { BACKWARDS, END, type EventStoreDBClient, FORWARDS, NO_STREAM, type ResolvedEvent } from '@eventstore/db-client';
import type { Connection } from '../connection-string.ts';
import { type Connected, RemoteConnection } from './remote-connection.ts';
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
  readonly #credentials: Connection['credentials'];
  readonly #answerMs: number;
  readonly #connection: RemoteConnection;

  constructor({ connection, stream, answerMs = ANSWER_MS }: RemoteTerms) {
    this.name = stream;
    this.#credentials = connection.credentials;
    this.#answerMs = answerMs;
    this.#connection = new RemoteConnection(connection);
  }

  /** Resolves when they stand directly after this revision, or stood there before; −1: at the beginning. */
  async append(entries: readonly Proposed[], expected: number): Promise<void> {
    const options = {
      expectedRevision: expected < 0 ? NO_STREAM : BigInt(expected),
      requiresLeader: true,
      deadline: this.#answerMs,
      ...(this.#credentials && { credentials: this.#credentials }),
    } as const;
    const connected = this.#connection.now;
    const appending = connected.client.appendToStream(this.name, entries.map(encode), options);
    await answeredWithin(this.#answerMs + GRACE_MS, appending).catch((cause: unknown) => {
      throw this.#told(connected, cause);
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
    const connected = this.#connection.now;
    const options = { fromRevision: BigInt(after), requiresLeader: false };
    const reading = connected.client.subscribeToStream(this.name, options, { highWaterMark: BUFFERED });
    const silence = new Silence(this.#answerMs);
    // Once it stands there may be nothing to say for long; that the connection still does, the client looks after.
    reading.once('confirmation', () => silence.end());
    yield* this.#entriesOf(reading, { connected, silence, signal });
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }

  async #page(options: Parameters<EventStoreDBClient['readStream']>[1]): Promise<RemoteEntry[]> {
    const connected = this.#connection.now;
    const reading = connected.client.readStream(this.name, { ...options, requiresLeader: true }, { highWaterMark: BUFFERED });
    const silence = new Silence(this.#answerMs);
    const entries: RemoteEntry[] = [];
    for await (const entry of this.#entriesOf(reading, { connected, silence })) {
      entries.push(entry);
      silence.broken();
    }
    return entries;
  }

  /** Ends without a failure where the signal aborts. */
  async *#entriesOf(reading: Reading, circumstances: Circumstances): AsyncGenerator<RemoteEntry, void> {
    const { connected, silence, signal } = circumstances;
    // What comes after nobody listens any more would end the process.
    reading.on('error', () => undefined);
    const over = anyOf(circumstances);
    const end = (): void => void reading.destroy();
    over.addEventListener('abort', end);
    if (over.aborted) end();
    try {
      for await (const { event } of reading) if (event) yield decode(event);
    } catch (cause) {
      if (signal?.aborted !== true) throw this.#told(connected, silence.signal.aborted ? silence.signal.reason : cause);
    } finally {
      silence.end();
      over.removeEventListener('abort', end);
      cancel(reading);
    }
  }

  /** What is wrong with an entry is told as it is. A connection on which something went unanswered is not used any more. */
  #told(connected: Connected, cause: unknown): unknown {
    if (isStoreError(cause)) return cause;
    const failure = failureOf(cause);
    if (failure.trouble === 'unknown') this.#connection.giveUp(connected);
    return failure;
  }
}

interface Circumstances {
  readonly connected: Connected;
  readonly silence: Silence;
  readonly signal?: AbortSignal;
}

const anyOf = ({ connected, silence, signal }: Circumstances): AbortSignal =>
  AbortSignal.any([connected.over, silence.signal, ...(signal ? [signal] : [])]);

/** Lasts too long when nothing has been heard for so many milliseconds. */
class Silence {
  readonly #late = new AbortController();
  readonly #timer: NodeJS.Timeout;

  constructor(ms: number) {
    this.#timer = setTimeout(() => this.#late.abort(unanswered()), ms);
  }

  get signal(): AbortSignal {
    return this.#late.signal;
  }

  broken(): void {
    this.#timer.refresh();
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

const unanswered = (): RemoteFailure => new RemoteFailure('unknown', 'KurrentDB did not answer in time.');

const answeredWithin = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(unanswered()), ms);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
};

const isStoreError = (cause: unknown): boolean => cause instanceof Error && cause.name === 'EventStoreError';

/** Nobody waits for it: the client first waits until its call has begun, which it may never where the server went away meanwhile. */
const cancel = (reading: Reading & { cancel?: () => Promise<void>; unsubscribe?: () => Promise<void> }): void => {
  (reading.cancel?.() ?? reading.unsubscribe?.() ?? Promise.resolve()).catch(() => undefined);
  reading.destroy();
};
