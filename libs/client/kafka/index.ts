export type { KafkaConnection } from './connect.ts';
export { type Awaiting, KafkaAgency, type KafkaAgencyOptions, type ReceiptReadOptions } from './kafka-agency.ts';
export { type Following, KafkaFeed, type KafkaFeedOptions } from './kafka-feed.ts';
export type { SentMessage } from './outbox.ts';
export { ORIGIN_HEADER, type ReceiptMessage } from './receipt-message.ts';
