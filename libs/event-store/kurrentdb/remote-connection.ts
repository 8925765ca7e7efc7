// The connection to the server: one at a time. Where the server gives no answer on it, another is made, with a socket of its own.
import { EventStoreDBClient } from '@eventstore/db-client';
import type { Connection } from '../connection-string.ts';
import { EventStoreError } from '../event-store.ts';

/** One connection as it is used. */
export interface Connected {
  readonly client: EventStoreDBClient;
  /** Aborts when the connection is given up, or closed: what is read over it ends. */
  readonly over: AbortSignal;
}

interface Held extends Connected {
  readonly ending: AbortController;
}

export class RemoteConnection {
  readonly #connection: Connection;
  #held: Held;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#held = held(connected(connection));
  }

  get now(): Connected {
    return this.#held;
  }

  /** Begins anew, unless somebody has done so: with a cluster, whoever leads it is looked for. */
  giveUp(given: Connected): void {
    const old = this.#held;
    if (given !== old || old.over.aborted) return;
    try {
      this.#held = held(connected(this.#connection));
    } catch {
      return; // A certificate file is gone for now: the old connection has to do.
    }
    // Nobody waits for what is left of the old connection: whoever asked has to learn what became of an append.
    ended(old).catch(() => undefined);
  }

  async close(): Promise<void> {
    await ended(this.#held).catch(() => undefined);
  }
}

const held = (client: EventStoreDBClient): Held => {
  const ending = new AbortController();
  return { client, ending, over: ending.signal };
};

/** Throws `EventStoreError` (`unavailable`) where a certificate file that the connection string names cannot be read. */
const connected = ({ string }: Connection): EventStoreDBClient => {
  try {
    return EventStoreDBClient.connectionString(string);
  } catch (cause) {
    if (!(cause as Error).message.startsWith('Failed to load')) throw cause;
    throw new EventStoreError('unavailable', 'A certificate file that KURRENTDB_URL names cannot be read.', { cause });
  }
};

/** What the client does not show. */
interface WithChannel {
  getChannel(): Promise<{ close(): void }>;
}

/**
 * The client ends its calls, and leaves its channel open: as long as one is, others to the same address share its socket, dead or not. What
 * is about to call on the channel does so in the turn in which it gets it.
 */
const ended = async ({ client, ending }: Held): Promise<void> => {
  ending.abort();
  const disposed = client.dispose();
  const channel = await (client as unknown as WithChannel).getChannel();
  setImmediate(() => channel.close());
  await disposed;
};
