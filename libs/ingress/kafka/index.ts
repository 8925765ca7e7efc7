export { KafkaReceipts, type KafkaReceiptsParts, RECEIPTS_RETRY } from './kafka-receipts.ts';
export { KafkaSource, type KafkaSourceParts } from './kafka-source.ts';
export type { Trouble } from './read-place.ts';
export { ServedTopics, type ServedTopicsParts } from './served-topics.ts';
