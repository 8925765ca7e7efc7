// Receipts as requests to Kafka. kafkajs puts all records of a partition that one request holds into one batch,
// and Kafka takes 1 MB by default.
import type { Message, TopicMessages } from 'kafkajs';
import { inBatches } from '#kafka-wire';
import type { ReceiptRecord } from '../inbox/index.ts';
import { ORIGIN } from './receipts-terms.ts';

/** To be sent one after the other: of each topic the records stay in their order. */
export const requestsOf = (records: readonly ReceiptRecord[], topicOf: (record: ReceiptRecord) => string): readonly TopicMessages[][] => {
  const requests: TopicMessages[][] = [];
  for (const [topic, ofTopic] of Map.groupBy(records, topicOf)) {
    for (const [index, batch] of inBatches(ofTopic, bytesOf).entries())
      (requests[index] ??= []).push({ topic, messages: batch.map(messageOf) });
  }
  return requests;
};

const bytesOf = ({ key, value }: ReceiptRecord): number => value.length + (key?.byteLength ?? 0);

const messageOf = ({ key, value, origin }: ReceiptRecord): Message => ({ key, value, headers: { [ORIGIN]: origin } });
