// Appends without end, and prints `<id> <position>` of each event once its append has resolved. Run by kill-event-store.int.spec.ts.
// Arguments: the log's file, a seed. It stops when it is killed.
import { randomUUID } from 'node:crypto';
import type { NewEvent, StreamWrite } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { chance, payloadOf } from './told-by-id.ts';

const LANES = 32;
const STREAMS = 150;
const EVENTS = 3;
const [file = '', seed = ''] = process.argv.slice(2);

const random = chance(Number(seed));
const upTo = (limit: number): number => Math.floor(random() * limit);

/** Events over one stream or two; each names its append, and how many events that has. */
const writes = (): readonly StreamWrite[] => {
  const first = upTo(STREAMS);
  const streams = random() < 0.3 ? [first, (first + 1) % STREAMS] : [first];
  const counts = streams.map(() => 1 + upTo(EVENTS));
  const total = counts.reduce((sum, count) => sum + count, 0);
  const meta = { actor: 'broker', correlation: randomUUID(), causation: String(total), schema: 1 };
  const event = (): NewEvent => {
    const id = randomUUID();
    return { id, type: 'uk.concordat.word.said.v1', meta, payload: payloadOf(id) };
  };
  return streams.map((stream, n) => ({ stream: `stream-${stream}`, expected: 'any', events: Array.from({ length: counts[n] ?? 0 }, event) }));
};

const store = SqliteEventStore.open({ file });

const lane = async (): Promise<never> => {
  for (;;) {
    const asked = writes();
    const { positions } = await store.append(asked);
    const ids = asked.flatMap(({ events }) => events.map(({ id }) => id));
    // A pipe is written to before this returns: what is printed is not lost with the process.
    process.stdout.write(ids.map((id, n) => `${id} ${positions[n]}\n`).join(''));
  }
};

await Promise.all(Array.from({ length: LANES }, lane));
