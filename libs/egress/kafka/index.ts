export { KafkaFeedTransport } from './kafka-feed-transport.ts';
