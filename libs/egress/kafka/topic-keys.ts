// Reads a topic once from its beginning to where it ends now, for the keys that still stand.
import { randomUUID } from 'node:crypto';
import type { Consumer, Kafka, KafkaMessage, RetryOptions } from 'kafkajs';

/** Without a batch for so long, reading is given up. */
const PATIENCE_MS = 30_000;
/** A coordinator of groups that has just started has to load them first. */
const PATIENT: RetryOptions = { initialRetryTime: 200, maxRetryTime: 2000, retries: 8 };

/** By partition that holds anything: the offset after its last record. */
type Ends = Map<number, bigint>;

/** Keys whose last record is no tombstone. `group`: what the name of the throw-away consumer group begins with. */
export const keysOn = async (kafka: Kafka, topic: string, group: string): Promise<readonly string[]> => {
  const left = await endsOf(kafka, topic);
  if (left.size === 0) return [];
  const consumer = kafka.consumer({ groupId: `${group}-${randomUUID()}`, allowAutoTopicCreation: false, retry: PATIENT });
  try {
    return await read(consumer, topic, left);
  } finally {
    await consumer.disconnect().catch(() => undefined);
  }
};

const endsOf = async (kafka: Kafka, topic: string): Promise<Ends> => {
  const admin = kafka.admin();
  try {
    await admin.connect();
    const offsets = await admin.fetchTopicOffsets(topic);
    return new Map(offsets.filter(({ low, high }) => BigInt(high) > BigInt(low)).map(({ partition, high }) => [partition, BigInt(high)]));
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
};

/** A key keeps its partition, so its records come in their order. */
const read = async (consumer: Consumer, topic: string, left: Ends): Promise<readonly string[]> => {
  const standing = new Set<string>();
  const done = Promise.withResolvers<void>();
  const stalled = (): void => done.reject(new Error('Kafka stopped answering.'));
  let patience = setTimeout(stalled, PATIENCE_MS);
  consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => {
    if (!restart) done.reject(error);
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        clearTimeout(patience);
        patience = setTimeout(stalled, PATIENCE_MS);
        for (const message of batch.messages) take(standing, message);
        const end = left.get(batch.partition);
        if (end !== undefined && BigInt(batch.lastOffset()) + 1n >= end) left.delete(batch.partition);
        if (left.size === 0) done.resolve();
        return Promise.resolve();
      },
    });
    await done.promise;
  } finally {
    clearTimeout(patience);
  }
  return [...standing];
};

const take = (standing: Set<string>, { key, value }: KafkaMessage): void => {
  if (key === null) return;
  if (value === null) standing.delete(key.toString());
  else standing.add(key.toString());
};
