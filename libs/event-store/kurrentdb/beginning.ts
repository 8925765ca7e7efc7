// Which log a stream holds: its first entry says so, or is made by whoever finds no stream and has never seen one.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { backOff } from '#kernel';
import { EventStoreError } from '../event-store.ts';
import { type ReplicaOf, SqliteReplica } from '../sqlite/index.ts';
import { RemoteFailure } from './remote-failure.ts';
import { proposedBeginning, type RemoteEntry } from './remote-form.ts';
import type { RemoteStream } from './remote-stream.ts';

/** Runs `work` until the server answers. Rejects with `unavailable` where it does not in time. */
export const answered = async <T>(work: () => Promise<T>, patienceMs: number): Promise<T> => {
  const until = performance.now() + patienceMs;
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (cause) {
      if (!(cause instanceof RemoteFailure)) throw cause;
      if (cause.trouble === 'refused' || performance.now() >= until)
        throw new EventStoreError('unavailable', `${cause.message} See to KURRENTDB_URL and to the server.`, { cause });
    }
    await pause(backOff(Math.min(attempt, 8), Math.random()));
  }
};

/**
 * The log that the stream holds, and where it begins; a stream that is not there is begun. Rejects with `RemoteFailure` or
 * `EventStoreError`.
 */
export const beginningOf = async (remote: RemoteStream, file: string): Promise<ReplicaOf> => {
  const first = await firstOf(remote);
  if (first) return begunBy(remote.name, first);
  mustBeNew(remote.name, file);
  await remote.append([proposedBeginning(randomUUID())], -1).catch((cause: unknown) => {
    // Another node may have been faster, or the answer was lost: the stream tells.
    if (!(cause instanceof RemoteFailure) || (cause.trouble !== 'elsewhere' && cause.trouble !== 'unknown')) throw cause;
  });
  const begun = await firstOf(remote);
  if (!begun) throw new RemoteFailure('unknown', 'KurrentDB did not answer.');
  return begunBy(remote.name, begun);
};

const firstOf = async (remote: RemoteStream): Promise<RemoteEntry | undefined> => {
  try {
    return (await remote.read(0, 1))[0];
  } catch (cause) {
    if (cause instanceof RemoteFailure && cause.trouble === 'missing') return undefined;
    throw cause;
  }
};

const begunBy = (stream: string, { revision, id, begun }: RemoteEntry): ReplicaOf => {
  if (revision !== 0)
    throw new EventStoreError(
      'corrupt',
      `The stream ${stream} was truncated before revision ${revision}: restore the server from a backup.`,
    );
  if (begun === undefined)
    throw new EventStoreError('corrupt', `The stream ${stream} does not begin a log: set CONCORDAT_LOG_STREAM to a stream of its own.`);
  return { log: begun, stream, begin: { revision, id } };
};

const mustBeNew = (stream: string, file: string): void => {
  const found = SqliteReplica.lookInto(file);
  if (found === 'nothing') return;
  if (found === 'another')
    throw new EventStoreError(
      'unavailable',
      `${file} is a log of its own and no replica: set CONCORDAT_STORE=sqlite, or choose an empty data directory.`,
    );
  throw new EventStoreError(
    'corrupt',
    `The stream ${stream} is not on the server, and log.sqlite has followed the stream ${found.stream} to revision ${found.revision}: see to KURRENTDB_URL and CONCORDAT_LOG_STREAM, or restore the server from a backup.`,
  );
};
