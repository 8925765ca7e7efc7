export { KafkaReceipts, type KafkaReceiptsParts } from './kafka-receipts.ts';
export { RECEIPTS_RETRY } from './kafkajs-transactions.ts';
export { KafkaSource, type KafkaSourceParts } from './kafka-source.ts';
export type { Trouble } from './read-place.ts';
export { ServedTopics, type ServedTopicsParts } from './served-topics.ts';
