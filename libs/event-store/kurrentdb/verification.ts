// Whether a replica holds what its stream holds: at the start its end and a sample of the rest, on demand all of it (ADR 0030).
import type { Position } from '#kernel';
import { leafOf } from '../record-form.ts';
import { EventStoreError } from '../event-store.ts';
import type { SqliteReplica } from '../sqlite/index.ts';
import type { RemoteEntry } from './remote-form.ts';
import type { RemoteStream } from './remote-stream.ts';
import { sorted } from './write-sets.ts';

const SAMPLES = 32;
const PAGE = 1000;

const differs = (stream: string, revision: number): EventStoreError =>
  new EventStoreError(
    'corrupt',
    `log.sqlite does not hold what the stream ${stream} holds at revision ${revision}: stop the broker, and remove log.sqlite where the server is known to be sound, after which it is made anew from the stream.`,
  );

const leafText = ({ event }: RemoteEntry): string | undefined => event && Buffer.from(leafOf(event)).toString('base64url');

/** The entry at a revision as it counts: without its event where what it went together with never became whole. */
const countingAt = async (remote: RemoteStream, revision: number): Promise<RemoteEntry> => {
  const [entry] = await remote.read(revision, 1);
  if (entry?.revision !== revision) throw differs(remote.name, revision);
  const { part } = entry;
  if (part === undefined) return entry;
  const { settled } = sorted([], await remote.read(revision - part.n, part.of));
  return settled.find((one) => one.revision === revision) ?? { revision, id: entry.id };
};

/** Reads entries spread over all that was followed. Rejects with `corrupt`, or `RemoteFailure`. */
export const verifySample = async (remote: RemoteStream, replica: SqliteReplica): Promise<void> => {
  const { revision: end } = replica.place;
  const chosen = new Set(Array.from({ length: SAMPLES }, (_, n) => Math.max(1, Math.round((end * (n + 1)) / SAMPLES))));
  const verify = async (revision: number): Promise<void> => {
    const entry = await countingAt(remote, revision);
    if (entry.event && replica.leafAt(entry.event.position) !== leafText(entry)) throw differs(remote.name, revision);
  };
  await Promise.all([...chosen].filter((revision) => revision <= end).map(verify));
};

/** Reads the whole stream, as far as it was followed. Rejects as `verifySample` does. */
export const verifyWhole = async (remote: RemoteStream, replica: SqliteReplica): Promise<void> => {
  const { revision: end } = replica.place;
  let [next, position] = [0, 0];
  let open: readonly RemoteEntry[] = [];
  while (next <= end) {
    const page = (await remote.read(next, PAGE)).filter(({ revision }) => revision <= end);
    if (page[0]?.revision !== next) throw differs(remote.name, next);
    const sort = sorted(open, page);
    open = sort.open;
    position += await verifyEvents(remote.name, replica, { entries: sort.settled, after: position });
    next += page.length;
  }
};

interface Counting {
  readonly entries: readonly RemoteEntry[];
  readonly after: Position;
}

/** Gives how many events are among them. */
const verifyEvents = async (stream: string, replica: SqliteReplica, { entries, after }: Counting): Promise<number> => {
  const events = entries.filter(({ event }) => event !== undefined);
  const leaves = (await replica.readLeaves(after, events.length)).map((leaf) => Buffer.from(leaf).toString('base64url'));
  const wrong = events.find((entry, n) => entry.event?.position !== after + n + 1 || leaves[n] !== leafText(entry));
  if (wrong) throw differs(stream, wrong.revision);
  return events.length;
};
