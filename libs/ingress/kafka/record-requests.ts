// Receipts as requests to Kafka. kafkajs puts all records of a partition that one request holds into one batch,
// and Kafka takes 1 MB by default.
import type { Message, TopicMessages } from 'kafkajs';
import type { ReceiptRecord } from '../inbox/index.ts';

const BATCH_BYTES = 900_000;
/** Of a record, beside key and value. */
const FRAME_BYTES = 200;

/** To be sent one after the other: of each topic the records stay in their order. */
export const requestsOf = (records: readonly ReceiptRecord[], topicOf: (record: ReceiptRecord) => string): readonly TopicMessages[][] => {
  const requests: TopicMessages[][] = [];
  for (const [topic, ofTopic] of Map.groupBy(records, topicOf)) {
    for (const [index, batch] of batchesOf(ofTopic).entries()) (requests[index] ??= []).push({ topic, messages: batch.map(messageOf) });
  }
  return requests;
};

const batchesOf = (records: readonly ReceiptRecord[]): readonly (readonly ReceiptRecord[])[] => {
  const batches: ReceiptRecord[][] = [];
  let room = 0;
  for (const record of records) {
    const size = record.value.length + (record.key?.byteLength ?? 0) + FRAME_BYTES;
    if (size > room || batches.length === 0) {
      batches.push([]);
      room = BATCH_BYTES;
    }
    batches.at(-1)?.push(record);
    room -= size;
  }
  return batches;
};

const messageOf = ({ key, value, origin }: ReceiptRecord): Message => ({ key, value, headers: { 'concordat-origin': origin } });
