export { KafkaReceipts, type KafkaReceiptsParts, RECEIPTS_RETRY } from './kafka-receipts.ts';
export { KafkaSource, type KafkaSourceParts } from './kafka-source.ts';
export { ServedTopics, type ServedTopicsParts } from './served-topics.ts';
