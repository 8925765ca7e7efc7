import { AGENCIES_STREAM } from '#agencies';
import { EventStoreError, type RecordedEvent, Tail } from '#event-store';
import { MemoryEventStore } from '#event-store/memory';
import { FollowedEvent } from '#learner-file';
import type { Vault } from '#privacy';
import { PROTOCOLS_STREAM } from '#sharing-protocols';
import { keepCurrent } from './held-state.ts';

let appended = 0;
const append = async (store: MemoryEventStore, ...streams: readonly string[]): Promise<void> => {
  for (const stream of streams) {
    const id = `00000000-0000-4000-8000-${String(++appended).padStart(12, '0')}`;
    const event = { id, type: 'example', payload: new Uint8Array(), meta: { actor: 'broker', correlation: '', schema: 1 } };
    await store.append([{ stream, expected: 'any', events: [event] }]);
  }
};
const unopened = (recorded: RecordedEvent): FollowedEvent => new FollowedEvent(recorded, undefined as unknown as Vault);

describe('what is held in memory', () => {
  it('is kept current from where it was read, and a register that could not be read is read again', async () => {
    const store = new MemoryEventStore();
    await append(store, 'read-before', 'a');
    const stopping = new AbortController();
    const outdated: string[] = [];
    let refused = 0;
    const held = keepCurrent(
      {
        streams: { outdate: ({ stream }: RecordedEvent) => void outdated.push(stream) },
        agencies: {
          refresh: async () => {
            if (++refused === 1) throw new EventStoreError('unavailable', 'No.');
          },
        },
        protocols: { refresh: async () => stopping.abort() },
      },
      1,
    );
    await append(store, AGENCIES_STREAM);
    const following = new Tail({ store, decode: unopened }).follow(held, stopping.signal);
    await append(store, PROTOCOLS_STREAM);
    await following;
    expect([...new Set(outdated)]).toEqual(['a', AGENCIES_STREAM, PROTOCOLS_STREAM]);
    expect(refused).toBeGreaterThan(1);
  });
});
