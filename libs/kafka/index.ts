export {
  connectKafka,
  kafkaCodeOf,
  type KafkaLogin,
  type KafkaObserver,
  type KafkaSettings,
  type KafkaTls,
  type KafkaTuning,
} from './connect.ts';
export * from './topics.ts';
export { openSocket } from './open-socket.ts';
