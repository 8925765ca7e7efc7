// Appends without end, and prints `<id> <position>` of each event once its append has resolved. Run by kill-loop.ts.
// Arguments: the log's file, or the options of one in KurrentDB as JSON; a seed. It stops when it is killed.
import { randomUUID } from 'node:crypto';
import { type EventStore, EventStoreError, type EventStoreErrorCode, type NewEvent, type StreamWrite } from '#event-store';
import { KurrentEventStore, type KurrentEventStoreOptions } from '#event-store/kurrentdb';
import { SqliteEventStore } from '#event-store/sqlite';
import { chance, payloadOf } from './told-by-id.ts';

const LANES = 32;
const STREAMS = 150;
const EVENTS = 3;
const [address = '', seed = ''] = process.argv.slice(2);

const random = chance(Number(seed));
const upTo = (limit: number): number => Math.floor(random() * limit);

/** Events for the given streams; each names its append, and how many events that has. */
const writesTo = (streams: readonly StreamWrite[]): readonly StreamWrite[] => {
  const counts = streams.map(() => 1 + upTo(EVENTS));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const meta = { actor: 'broker', correlation: randomUUID(), causation: String(total), schema: 1 };
  const event = (): NewEvent => {
    const id = randomUUID();
    return { id, type: 'uk.concordat.word.said.v1', meta, payload: payloadOf(id) };
  };
  return streams.map((write, n) => ({ ...write, events: Array.from({ length: counts[n] ?? 0 }, event) }));
};

/** To one stream or two as they are, or to the end of one for which all lanes of all processes contend. */
const writes = async (): Promise<readonly StreamWrite[]> => {
  const chosen = random();
  if (chosen < 0.2) {
    const [last] = await store.readStream('contended', { direction: 'backwards', limit: 1 });
    return writesTo([{ stream: 'contended', expected: last?.revision ?? 'no-stream', events: [] }]);
  }
  const first = upTo(STREAMS);
  const streams = chosen < 0.45 ? [first, (first + 1) % STREAMS] : [first];
  return writesTo(streams.map((stream) => ({ stream: `stream-${stream}`, expected: 'any', events: [] })));
};

/** While a server is away; the same again finds what was stored. */
const PASSING: ReadonlySet<EventStoreErrorCode> = new Set(['unavailable', 'uncertain']);

/** Where the events stand, or undefined where another lane was first. */
const positionsOf = async (asked: readonly StreamWrite[]): Promise<readonly number[] | undefined> => {
  for (;;) {
    try {
      return (await store.append(asked)).positions;
    } catch (cause) {
      if (!(cause instanceof EventStoreError)) throw cause;
      if (cause.code === 'wrong-expected-revision') return undefined;
      if (!PASSING.has(cause.code)) throw cause;
    }
  }
};

const store: EventStore = address.startsWith('{')
  ? await KurrentEventStore.open(JSON.parse(address) as KurrentEventStoreOptions)
  : SqliteEventStore.open({ file: address });

const lane = async (): Promise<never> => {
  for (;;) {
    const asked = await writes();
    const positions = await positionsOf(asked);
    if (positions === undefined) continue;
    const ids = asked.flatMap(({ events }) => events.map(({ id }) => id));
    // A pipe is written to before this returns: what is printed is not lost with the process.
    process.stdout.write(ids.map((id, n) => `${id} ${positions[n]}\n`).join(''));
  }
};

await Promise.all(Array.from({ length: LANES }, lane));
