import { type EventStore, EventStoreError, type RecordedEvent } from '#event-store';
import { AGENCIES_STREAM } from '#agencies';
import { LogFollower } from './follow-log.ts';

const event = (position: number, stream: string): RecordedEvent => ({
  id: '',
  type: 'example',
  payload: new Uint8Array(),
  meta: { actor: 'broker', correlation: '', schema: 1 },
  stream,
  position,
  revision: 0,
  recordedAt: 0,
});

describe('following the log', () => {
  it('goes on where it was when a read has failed, says so meanwhile, and misses nothing', async () => {
    const [seen, asked, said, stopping]: [string[], number[], boolean[], AbortController] = [[], [], [], new AbortController()];
    const heads = [async () => 4, () => Promise.reject(new EventStoreError('unavailable', 'No.')), async () => 6];
    const store: Pick<EventStore, 'head' | 'subscribe'> = {
      head: () => {
        said.push(follower.interruption !== undefined);
        return (heads.shift() ?? (async () => 6))();
      },
      subscribe: async function* ({ after }) {
        asked.push(after);
        if (after === 4) yield [event(5, 'a')];
        if (after === 4) throw new EventStoreError('unavailable', 'No.');
        yield [event(6, AGENCIES_STREAM)];
      },
    };
    const parts = {
      store,
      streams: { outdate: ({ stream }: RecordedEvent) => void seen.push(stream) },
      agencies: { refresh: async () => stopping.abort() },
      protocols: { refresh: async () => undefined },
    };
    const follower = new LogFollower(parts, 4);
    await follower.run(stopping.signal);
    expect([seen, asked, said, follower.interruption]).toEqual([['a', AGENCIES_STREAM], [4, 5], [false, true, true], undefined]);
  });
});
