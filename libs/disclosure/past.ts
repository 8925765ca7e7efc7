// What a recorded decision could look at: registers, link advisers and learners' files as they stood at the revisions that it names.
import { LRUCache } from 'lru-cache';
import { type EventStore, EventStoreError, type RecordedEvent } from '#event-store';
import { type Instant, type LearnerId, londonDate, type Revision } from '#kernel';
import type { Asker } from '#access';
import { AGENCIES_STREAM, AgencyRegister } from '#agencies';
import type { Catalogue } from '#catalogue';
import { learnerOfStream, learnerStream, LearnerStreams, LINK_ADVISERS, type StreamPlace } from '#learner-file';
import type { Vault } from '#privacy';
import { type DecisionTable, ProtocolRegister, PROTOCOLS_STREAM } from '#sharing-protocols';
import type { LearnerAtMoment } from './decide-answer.ts';
import { type Reader, readerFor, Registers } from './in-force.ts';
import type { Versioned } from './moment.ts';

// The log as it stood at given revisions of some streams: what replaying a decision may look at.

/** Streams that are not named are seen whole. Nothing can be appended to the past. */
const pastLog = (store: EventStore, last: ReadonlyMap<string, Revision>): EventStore => {
  const wasThere = ({ stream, revision }: RecordedEvent): boolean => revision <= (last.get(stream) ?? Infinity);
  return {
    append: () => Promise.reject(new EventStoreError('closed', 'The past cannot be added to.')),
    bookmarks: () => Promise.reject(new EventStoreError('closed', 'Bookmarks have no past.')),
    readStream: async (stream, options) => (await store.readStream(stream, options)).filter(wasThere),
    readAll: async (options) => (await store.readAll(options)).filter(wasThere),
    findByIds: async (ids) => new Map([...(await store.findByIds(ids))].filter(([, event]) => wasThere(event))),
    subscribe: () => {
      throw new EventStoreError('closed', 'The past does not go on.');
    },
    head: () => store.head(),
    readLeaves: (after, limit) => store.readLeaves(after, limit),
    integrity: () => store.integrity(),
    probe: () => store.probe(),
    close: () => Promise.resolve(),
  };
};

export interface PastParts {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly catalogue: Catalogue;
}

export interface PastInputs extends Versioned {
  readonly at: Instant;
}

export interface Past {
  readonly decisions: DecisionTable;
  /** Who that was then; undefined: nobody. */
  readonly registered: (asker: Asker | undefined) => Reader | undefined;
  /** The same, where it took part: nobody else is served. */
  readonly taking: (asker: Asker | undefined) => Reader | undefined;
  readonly learner: (id: LearnerId, revision: Revision, united?: readonly StreamPlace[]) => Promise<LearnerAtMoment>;
  /** Whether the stream of a learner, or of an identifier, named anybody when it stood there. */
  readonly isNamedIn: (stream: string, revision: Revision) => Promise<boolean>;
}

/** What stood at a revision stands there for ever: whoever replays many decisions reads the registers once. */
const registersRead = new WeakMap<EventStore, LRUCache<string, Promise<Registers>>>();
const KEPT = 16;

const registersAsOf = (store: EventStore, { at, agencies, protocols }: PastInputs): Promise<Registers> => {
  const known = registersRead.get(store) ?? new LRUCache({ max: KEPT });
  registersRead.set(store, known);
  const name = `${agencies} ${protocols}`;
  const read = known.get(name) ?? openRegisters(store, { at, agencies, protocols });
  known.set(name, read);
  read.catch(() => known.delete(name));
  return read;
};

const openRegisters = async (store: EventStore, { at, agencies, protocols }: Omit<PastInputs, 'linkAdvisers'>): Promise<Registers> => {
  const past = pastLog(
    store,
    new Map([
      [AGENCIES_STREAM, agencies],
      [PROTOCOLS_STREAM, protocols],
    ]),
  );
  const clock = { now: () => at };
  return new Registers(await AgencyRegister.open(past, clock), await ProtocolRegister.open(past, clock));
};

export const pastOf = async ({ store, vault, catalogue }: PastParts, inputs: PastInputs): Promise<Past> => {
  const { at, agencies, protocols, linkAdvisers } = inputs;
  const ground: readonly (readonly [string, Revision])[] = [
    [LINK_ADVISERS, linkAdvisers],
    [AGENCIES_STREAM, agencies],
    [PROTOCOLS_STREAM, protocols],
  ];
  const inForce = (await registersAsOf(store, inputs)).inForce(londonDate(at));
  return {
    decisions: inForce.decisions,
    registered: (asker) => asker && readerFor(asker, (slug) => inForce.agency(slug)),
    taking: (asker) => asker && readerFor(asker, (slug) => inForce.partner(slug)),
    learner: async (id, asOf, united = []) => {
      const stream = learnerStream(id);
      const beside = united.map(({ learner, revision }) => [learnerStream(learner), revision] as const);
      const log = pastLog(store, new Map([...ground, ...beside, [stream, asOf]]));
      const streams = new LearnerStreams({ store: log, vault, catalogue, learners: 1 });
      const { state: file, revision } = await streams.files.load(stream);
      const { state } = await streams.linkAdvisers.load(LINK_ADVISERS);
      return { file, revision, inForce, linkAdvisers: state, at };
    },
    isNamedIn: async (stream, asOf) => {
      const streams = new LearnerStreams({ store: pastLog(store, new Map([[stream, asOf]])), vault, catalogue, learners: 1 });
      if (learnerOfStream(stream) !== undefined) return (await streams.files.load(stream)).revision >= 0;
      return (await streams.identifiers.load(stream)).state.length > 0;
    },
  };
};
