// How the log stands in its stream (ADR 0030): an entry for each event, as people with the server's own tools read it; one for what was
// changed beside the events with an append; and a first one that says which log it is.
import { randomUUID } from 'node:crypto';
import type { EventData } from '@eventstore/db-client';
import type { Bookmark, EventMetadata, RecordedEvent } from '../event-store.ts';
import { EventStoreError } from '../event-store.ts';
import { leafOf } from '../record-form.ts';
import type { BesideEvents, FollowedEntry } from '../sqlite/index.ts';

const BEGUN = 'concordat.log.begun.v1';
const BESIDE = 'concordat.log.beside.v1';
const FORMAT = 1;

/** Of entries that go together, which one: they count once the last has directly followed the others, in one append or in several. */
export interface Part {
  /** From 0 on. */
  readonly n: number;
  readonly of: number;
}

export interface RemoteEntry extends FollowedEntry {
  /** Of the first entry of an append: the id of the entry before it in the stream. */
  readonly after?: string;
  readonly part?: Part;
  /** The id of the log that begins with this entry. */
  readonly begun?: string;
}

/** An entry that has no place yet. */
export interface Proposed extends Omit<RemoteEntry, 'revision'> {
  /** Of its event, base64url. */
  readonly leaf?: string;
}

/** As the client gives what the server holds. */
export interface Received {
  readonly id: string;
  readonly revision: bigint;
  readonly type: string;
  readonly data: unknown;
  readonly metadata?: unknown;
}

interface EventFacts extends EventMetadata {
  readonly id: string;
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly recordedAt: number;
  /** base64url. */
  readonly leaf: string;
}

interface BesideFacts {
  /** Null: removed. */
  readonly bookmarks: readonly (readonly [name: string, value: string | null])[];
  readonly files: readonly (readonly [name: string, changes: number])[];
  /** Whose files they are; absent where none changed. */
  readonly by?: string;
}

interface Chaining {
  readonly after?: string;
  readonly part?: readonly [n: number, of: number];
}

/**
 * The id of an entry follows from the event's leaf, not from the event's own id: to the server an append is a repetition where its ids
 * stand where they were to stand, and two nodes that record the same message at once would both be told that theirs is stored.
 */
const idFrom = (leaf: Uint8Array): string => {
  const bytes = Buffer.from(leaf.subarray(0, 16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

export const proposedEvent = (event: RecordedEvent): Proposed => {
  const leaf = leafOf(event);
  return { id: idFrom(leaf), event, leaf: Buffer.from(leaf).toString('base64url') };
};

/** `node`: whose files they are. */
export const proposedBeside = (bookmarks: readonly Bookmark[], files: ReadonlyMap<string, number>, node: string): Proposed => {
  const changed = new Map(bookmarks.map(({ name, value }) => [name, value]));
  const beside = { bookmarks: [...changed].map(([name, value]) => ({ name, value })), files };
  return { id: randomUUID(), beside: { ...beside, ...(files.size > 0 && { by: node }) } };
};

export const proposedBeginning = (log: string): Proposed => ({ id: randomUUID(), begun: log });

const chainingOf = ({ after, part }: Proposed): Chaining => ({
  ...(after === undefined ? {} : { after }),
  ...(part && { part: [part.n, part.of] as const }),
});

const chained = ({ after, part }: Chaining): Pick<RemoteEntry, 'after' | 'part'> => ({
  ...(after === undefined ? {} : { after }),
  ...(part && { part: { n: part[0], of: part[1] } }),
});

const encodeEvent = ({ id, leaf = '' }: Proposed, event: RecordedEvent, chaining: Chaining): EventData => {
  const { type, meta, payload, stream, revision, position, recordedAt } = event;
  const facts: EventFacts = { ...meta, id: event.id, position, stream, revision, recordedAt, leaf };
  return { id, type, contentType: 'application/octet-stream', data: payload, metadata: { ...facts, ...chaining } };
};

const besideFacts = ({ bookmarks, files, by }: BesideEvents): BesideFacts => ({
  bookmarks: bookmarks.map(({ name, value }) => [name, value ?? null]),
  files: [...files],
  ...(by !== undefined && { by }),
});

/** As the client takes it. */
export const encode = (entry: Proposed): EventData => {
  const { id, event, beside, begun } = entry;
  const metadata = { ...chainingOf(entry) };
  if (event) return encodeEvent(entry, event, metadata);
  const [type, data] = beside ? [BESIDE, { ...besideFacts(beside) }] : [BEGUN, { log: begun, format: FORMAT }];
  return { id, type, contentType: 'application/json', data, metadata };
};

/** What the server counts of an entry against its `MaxAppendSize`: data, metadata, and two bytes for each letter of its type. */
export const sizeOf = ({ type, data, metadata }: EventData): number => {
  const body = data instanceof Uint8Array ? data.byteLength : Buffer.byteLength(JSON.stringify(data));
  return body + Buffer.byteLength(JSON.stringify(metadata)) + 2 * type.length;
};

const foreign = (revision: number, why: string): EventStoreError =>
  new EventStoreError('corrupt', `Revision ${revision} of the stream is no entry of a log of this release: ${why}.`);

/** Throws `EventStoreError` (`corrupt`) where somebody else wrote it, or it is not what was recorded. */
export const decode = (received: Received): RemoteEntry => {
  const { id, type, data } = received;
  const revision = Number(received.revision);
  const facts = (received.metadata ?? {}) as Partial<EventFacts & Chaining>;
  const entry = { revision, id, ...chained(facts) };
  if (type === BEGUN) return { ...entry, begun: logIn(revision, data) };
  if (type === BESIDE) return { ...entry, beside: besideIn(revision, data as Partial<BesideFacts> | null) };
  return { ...entry, event: eventIn(revision, received, facts) };
};

const logIn = (revision: number, data: unknown): string => {
  const { log, format } = (data ?? {}) as { readonly log?: unknown; readonly format?: unknown };
  if (format !== FORMAT || typeof log !== 'string') throw foreign(revision, 'it begins a log of another format');
  return log;
};

const besideIn = (revision: number, data: Partial<BesideFacts> | null): BesideEvents => {
  const { bookmarks, files, by } = data ?? {};
  if (!Array.isArray(bookmarks) || !Array.isArray(files)) throw foreign(revision, 'bookmarks that cannot be read');
  return {
    bookmarks: (bookmarks as BesideFacts['bookmarks']).map(([name, value]) => ({ name, value: value ?? undefined })),
    files: new Map(files as BesideFacts['files']),
    ...(by !== undefined && { by }),
  };
};

const eventIn = (revision: number, { id, type, data }: Received, facts: Partial<EventFacts>): RecordedEvent => {
  if (!(data instanceof Uint8Array) || typeof facts.leaf !== 'string') throw foreign(revision, 'an event of somebody else');
  const { actor, correlation, causation, schema, category, owner } = facts;
  const meta = { actor, correlation, schema, ...defined({ causation, category, owner }) } as EventMetadata;
  const { stream, position, recordedAt } = facts;
  const event = { id: facts.id, type, meta, payload: data, stream, revision: facts.revision, position, recordedAt } as RecordedEvent;
  const leaf = leafFound(event);
  if (!leaf || Buffer.from(leaf).toString('base64url') !== facts.leaf || idFrom(leaf) !== id)
    throw foreign(revision, 'an event that is not what was recorded');
  return event;
};

/** Undefined where it has no form. */
const leafFound = (event: RecordedEvent): Uint8Array | undefined => {
  try {
    return leafOf(event);
  } catch {
    return undefined;
  }
};

const defined = (values: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((pair): pair is [string, string] => pair[1] !== undefined));
