// Appends a number of events one after the other, each until it is taken, and prints what it was told: `<outcome> <id> <position>`.
// Run by file-faults.ts, under a fault of its file. Arguments: the log's file, how many.
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { EventStoreError, type NewEvent } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { payloadOf } from './told-by-id.ts';

const TRIES = 5;
const [file = '', count = ''] = process.argv.slice(2);

const eventFor = (id: string): NewEvent => ({
  id,
  type: 'uk.concordat.word.said.v1',
  meta: { actor: 'broker', correlation: id, causation: id, schema: 1 },
  payload: payloadOf(id),
});

const say = (...words: readonly unknown[]): void => void writeSync(1, `${words.join(' ')}\n`);

const store = SqliteEventStore.open({ file });

/** True once it is acknowledged. */
const taken = async (event: NewEvent): Promise<boolean> => {
  try {
    const { positions } = await store.append([{ stream: 'one', expected: 'any', events: [event] }]);
    say('acknowledged', event.id, positions[0]);
    return true;
  } catch (cause) {
    if (!(cause instanceof EventStoreError)) throw cause;
    say(cause.code, event.id);
    return false;
  }
};

for (let n = 0; n < Number(count); n++) {
  const event = eventFor(randomUUID());
  for (let tried = 0; tried < TRIES && !(await taken(event)); tried++);
}
await store.close();
