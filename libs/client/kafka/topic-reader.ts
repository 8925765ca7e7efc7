// Reads one topic from a place to its present end or for ever, committed records only. The place is kept here, not in Kafka, unless a
// consumer group is named: after whatever interruption reading goes on right behind what was dealt with.
import { randomUUID } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import type { Admin, Kafka } from 'kafkajs';
import { ClientError } from '../client-error.ts';
import { retried } from '../retry.ts';
import { withClientErrors } from './connect.ts';
import { Consumption, type Work } from './consumption.ts';
import type { TopicReadOptions, TopicChunk } from './topic-records.ts';

const ATTEMPTS = 3;

/** Asks as an administrator does; again, where Kafka is settling something. Throws `ClientError`. */
const asked = <Answer>(kafka: Kafka, question: (admin: Admin) => Promise<Answer>): Promise<Answer> =>
  retried(
    () =>
      withClientErrors(async () => {
        const admin = kafka.admin();
        try {
          await admin.connect();
          return await question(admin);
        } finally {
          await admin.disconnect();
        }
      }),
    { attempts: ATTEMPTS },
  );

/** First and next offset of each partition. Throws `ClientError`. */
export const boundsOf = (
  kafka: Kafka,
  topic: string,
): Promise<readonly { readonly partition: number; readonly low: bigint; readonly high: bigint }[]> =>
  asked(kafka, async (admin) => {
    const offsets = await admin.fetchTopicOffsets(topic);
    return offsets.map(({ partition, low, high }) => ({ partition, low: BigInt(low), high: BigInt(high) }));
  });

/** Where to begin in each partition. */
export const beginningOf = async (kafka: Kafka, { topic, from, place, groupId }: TopicReadOptions): Promise<Map<number, bigint>> => {
  const bounds = await boundsOf(kafka, topic);
  const kept = groupId === undefined ? new Map<number, bigint>() : await committedBy(kafka, topic, groupId);
  const given = new Map([...(place ?? [])].map(([partition, offset]) => [partition, BigInt(offset)]));
  const noted = ({ partition, high }: { readonly partition: number; readonly high: bigint }): bigint | undefined => {
    const place = given.get(partition) ?? kept.get(partition);
    return place !== undefined && place <= high ? place : undefined; // beyond its end lies nothing: it is of a topic that is no more
  };
  const noneIn = (partition: number): boolean => !given.has(partition) && !kept.has(partition);
  return new Map(bounds.map((one) => [one.partition, noted(one) ?? (from === 'earliest' || !noneIn(one.partition) ? one.low : one.high)]));
};

const committedBy = (kafka: Kafka, topic: string, groupId: string): Promise<ReadonlyMap<number, bigint>> =>
  asked(kafka, async (admin) => {
    const [found] = await admin.fetchOffsets({ groupId, topics: [topic] });
    return new Map(
      (found?.partitions ?? []).map(({ partition, offset }) => [partition, BigInt(offset)] as const).filter(([, offset]) => offset >= 0n),
    );
  });

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5000;
/** Of refusals that nobody foresaw, one after the other; for a Kafka that is away there is no limit. */
const MAX_REFUSALS = 10;

const waitAfter = (cause: unknown, failed: number): number => {
  const passing = cause instanceof ClientError && (cause.code === 'unreachable' || (cause.code === 'kafka' && failed < MAX_REFUSALS));
  if (!passing) throw cause;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failed);
};

/**
 * Chunk after chunk. A chunk counts as dealt with when the next one is asked for. Kafka may go away meanwhile; where it is away to begin
 * with, or the topic is missing or not allowed, it throws `ClientError`.
 */
export async function* readTopic(kafka: Kafka, reading: TopicReadOptions): AsyncGenerator<TopicChunk, void, undefined> {
  const place = await beginningOf(kafka, reading);
  const ends = reading.once ? new Map((await boundsOf(kafka, reading.topic)).map(({ partition, high }) => [partition, high])) : undefined;
  const work = { reading, groupId: reading.groupId ?? `concordat-client-${randomUUID()}`, place, ...(ends === undefined ? {} : { ends }) };
  let failed = 0;
  while (!isDone(work)) {
    const consumption = new Consumption(kafka, work);
    try {
      for await (const chunk of consumption.chunks()) {
        failed = 0;
        yield chunk;
      }
      return;
    } catch (cause) {
      await after(waitAfter(cause, failed++));
    } finally {
      await consumption.close();
    }
  }
}

const isDone = ({ place, ends, reading }: Pick<Work, 'place' | 'ends' | 'reading'>): boolean =>
  reading.signal?.aborted === true || (ends !== undefined && [...ends].every(([partition, end]) => (place.get(partition) ?? 0n) >= end));
