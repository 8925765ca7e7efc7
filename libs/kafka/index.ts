export { connectKafka, kafkaCodeOf, type KafkaObserver, type KafkaTuning } from './connect.ts';
export { ensureTopics, type TopicTerms } from './ensure-topics.ts';
export { openSocket } from './open-socket.ts';
export type * from './settings.ts';
export * from './topics.ts';
