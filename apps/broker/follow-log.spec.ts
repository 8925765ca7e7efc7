import { AGENCIES_STREAM } from '#agencies';
import { EventStoreError, type RecordedEvent } from '#event-store';
import { LogFollower } from './follow-log.ts';

const event = (position: number, stream: string): RecordedEvent => ({ position, stream }) as RecordedEvent;
const unavailable = (): EventStoreError => new EventStoreError('unavailable', 'The disk does not answer.');

describe('following the log', () => {
  it('goes on after reads that fail, from where it was, and says so meanwhile', async () => {
    const asked: number[] = [];
    const outdated: number[] = [];
    let refreshed = 0;
    const over = new AbortController();
    const follower: LogFollower = new LogFollower({
      store: {
        head: async () => (asked.length === 0 && refreshed === 0 && ++refreshed ? Promise.reject(unavailable()) : 7),
        subscribe: async function* ({ after }) {
          asked.push(after);
          if (asked.length === 1) {
            yield [event(8, 'learner-a')];
            throw unavailable();
          }
          expect(follower.reasons).toEqual([]);
          yield [event(9, AGENCIES_STREAM)];
          over.abort();
        },
      },
      streams: { outdate: ({ position }) => void outdated.push(position) },
      agencies: { refresh: async () => void (expect(follower.reasons.length).toBeLessThan(2), refreshed++) },
      protocols: { refresh: async () => undefined },
    });
    await follower.run(over.signal);
    expect(asked).toEqual([7, 8]);
    expect(outdated).toEqual([8, 9]);
    expect(refreshed).toBeGreaterThan(2);
  });

  it('tells that it is behind while what it reads cannot be taken in', async () => {
    const over = new AbortController();
    const said: (readonly string[])[] = [];
    let failures = 2;
    const follower: LogFollower = new LogFollower({
      store: {
        head: async () => 0,
        subscribe: async function* () {
          yield [event(1, AGENCIES_STREAM)];
          over.abort();
        },
      },
      streams: { outdate: () => undefined },
      agencies: {
        refresh: async () => {
          said.push(follower.reasons.map(({ check }) => check));
          if (failures-- > 0) throw unavailable();
        },
      },
      protocols: { refresh: async () => undefined },
    });
    await follower.run(over.signal);
    expect(said.slice(0, 3)).toEqual([[], ['log'], ['log']]);
    expect(follower.reasons).toEqual([]);
  });
});
