// The log of a data directory, in the store that the configuration names.
import { join } from 'node:path';
import type { LogWitness } from '#custody';
import type { EventStore } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import type { Clock } from '#kernel';
import type { BrokerConfig } from './config.ts';

/** The log itself, or the replica of one in KurrentDB. */
export const LOG_FILE = 'log.sqlite';

export interface DataLog extends EventStore, LogWitness {
  /** Aborts once another data directory has taken over, and this one records nothing more; absent: that cannot come to be. */
  readonly overtaken?: AbortSignal;
  /** A file beside the log is to begin anew: no copy of what it was has as many changes as the log counts on from now on. */
  outcount(file: string): Promise<void>;
}

/** Opens or makes it. Throws `EventStoreError` with a sentence. */
export const openStore = async (config: BrokerConfig, clock: Clock): Promise<DataLog> => {
  const file = join(config.data, LOG_FILE);
  const { store, kurrentdbUrl: url, logStreamName: stream } = config;
  if (store === 'sqlite' || url === undefined) return SqliteEventStore.open({ file, clock });
  // Loaded where it is used: the client of KurrentDB takes time to load.
  const { KurrentEventStore } = await import('#event-store/kurrentdb');
  return KurrentEventStore.open({ file, url, stream, clock });
};
