// Records sorted into what Kafka takes at once: of one partition 1 MB by default, and one batch in one request.
import { Partitioners } from 'kafkajs';
import { KafkaRefusal, UNKNOWN_TOPIC_OR_PARTITION } from './fault-codes.ts';
import type { TopicFound } from './requests.ts';
import type { RecordToWrite } from './written-batch.ts';

export interface RecordOfTopic extends RecordToWrite {
  readonly topic: string;
}

export interface PartitionBatch {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly RecordToWrite[];
  /** Records of its partition that are in the batches before it. */
  readonly sequence: number;
}

export type Topics = ReadonlyMap<string, TopicFound>;

const BATCH_BYTES = 900_000;
/** Of a record, beside key and value. */
const FRAME_BYTES = 200;

/** In order, as many in each part as one batch holds. */
export const inBatches = <One>(records: readonly One[], bytesOf: (one: One) => number): readonly (readonly One[])[] => {
  const batches: One[][] = [];
  let room = 0;
  for (const record of records) {
    const bytes = bytesOf(record) + FRAME_BYTES;
    if (bytes > room || batches.length === 0) {
      batches.push([]);
      room = BATCH_BYTES;
    }
    batches.at(-1)?.push(record);
    room -= bytes;
  }
  return batches;
};

/** By its key, as kafkajs and Kafka's own client do. Throws `KafkaRefusal` where a topic is not there. */
const partitionOf = (() => {
  const choose = Partitioners.DefaultPartitioner();
  return ({ topic, key, value }: RecordOfTopic, topics: Topics): number => {
    const partitions = topics.get(topic)?.partitions ?? [];
    const [only, ...others] = partitions;
    if (only === undefined) throw new KafkaRefusal(UNKNOWN_TOPIC_OR_PARTITION);
    if (others.length === 0) return only.partition;
    const found = partitions.map(({ partition, leader }) => ({
      partitionId: partition,
      leader,
      partitionErrorCode: 0,
      replicas: [],
      isr: [],
    }));
    return choose({ topic, partitionMetadata: found, message: { key, value } });
  };
})();

/** To be sent one after the other: each has one batch of a partition at most. */
export const roundsOf = (records: readonly RecordOfTopic[], topics: Topics): readonly (readonly PartitionBatch[])[] => {
  const rounds: PartitionBatch[][] = [];
  for (const [topic, ofTopic] of Map.groupBy(records, (record) => record.topic))
    for (const [partition, some] of Map.groupBy(ofTopic, (record) => partitionOf(record, topics))) {
      let sequence = 0;
      for (const [index, batch] of inBatches(some, ({ key, value }) => (value?.length ?? 0) + (key?.length ?? 0)).entries()) {
        (rounds[index] ??= []).push({ topic, partition, records: batch, sequence });
        sequence += batch.length;
      }
    }
  return rounds;
};
