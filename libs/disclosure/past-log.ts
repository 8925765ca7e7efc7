// The log as it stood at given revisions of some streams: what replaying a decision may look at.
import { type EventStore, EventStoreError, type RecordedEvent } from '#event-store';
import type { Revision } from '#kernel';

/** Streams that are not named are seen whole. Nothing can be appended to the past. */
export const pastLog = (store: EventStore, last: ReadonlyMap<string, Revision>): EventStore => {
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
