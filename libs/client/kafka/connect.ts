// A connection of an agency to Kafka. All of kafkajs's own options pass through, TLS (`ssl`) and logging in (`sasl`) among them.
import { Kafka, type KafkaConfig, logLevel } from 'kafkajs';
import { quietConnections, teachCodecs } from '#kafka-wire';
import { ClientError } from '../client-error.ts';

/** As kafkajs takes it: `{ brokers: ['kafka.example:9093'], ssl: true, sasl: { mechanism: 'scram-sha-512', username, password } }`. */
export type KafkaConnection = KafkaConfig;

const CLIENT_ID = 'concordat-client';
/** Of single requests; whoever works longer goes on by itself. */
const RETRY = { initialRetryTime: 100, maxRetryTime: 1000, retries: 3 };

/** Silent: what goes wrong comes as a `ClientError`. */
export const connected = (connection: KafkaConnection | Kafka): Kafka => {
  quietConnections();
  teachCodecs();
  return connection instanceof Kafka
    ? connection
    : new Kafka({ clientId: CLIENT_ID, logLevel: logLevel.NOTHING, retry: RETRY, ...connection });
};

interface KafkaFailure {
  readonly name: string;
  readonly type?: unknown;
  readonly cause?: unknown;
}

const isFailure = (cause: unknown): cause is KafkaFailure => typeof cause === 'object' && cause !== null && 'name' in cause;

/** The first error of all, where errors were wrapped in others. */
const rootOf = (cause: unknown): unknown => (isFailure(cause) && cause.cause !== undefined ? rootOf(cause.cause) : cause);

const BY_TYPE: Readonly<Record<string, readonly [code: string, says: string]>> = {
  UNKNOWN_TOPIC_OR_PARTITION: [
    'no-topic',
    'Kafka has no such topic: is the agency registered with a broker that uses this Kafka, under this topic prefix?',
  ],
  TOPIC_AUTHORIZATION_FAILED: ['not-authorised', 'Kafka does not let this user use the topic: the operator has to grant it.'],
  GROUP_AUTHORIZATION_FAILED: [
    'not-authorised',
    'Kafka does not let this user use the consumer group: the operator has to grant it, or name another one.',
  ],
  NOT_LEADER_FOR_PARTITION: ['unreachable', 'Kafka is settling which of its nodes leads the topic.'],
  LEADER_NOT_AVAILABLE: ['unreachable', 'Kafka is settling which of its nodes leads the topic.'],
  COORDINATOR_NOT_AVAILABLE: ['unreachable', 'Kafka is settling which of its nodes looks after the consumer group.'],
  GROUP_COORDINATOR_NOT_AVAILABLE: ['unreachable', 'Kafka is settling which of its nodes looks after the consumer group.'],
  MESSAGE_TOO_LARGE: [
    'event-too-large',
    'Kafka takes no message of this size: the topic is to allow 1 MiB and some overhead (max.message.bytes).',
  ],
};

const BY_NAME: Readonly<Record<string, readonly [code: string, says: string]>> = {
  KafkaJSConnectionError: ['unreachable', 'Kafka does not answer at the addresses given.'],
  KafkaJSConnectionClosedError: ['unreachable', 'Kafka closed the connection.'],
  KafkaJSRequestTimeoutError: ['unreachable', 'Kafka did not answer in time.'],
  KafkaJSBrokerNotFound: ['unreachable', 'Kafka does not answer at the addresses given.'],
  KafkaJSSASLAuthenticationError: ['not-authenticated', 'Kafka does not accept this user and password.'],
};

const UNFORESEEN = ['kafka', 'Kafka refused; the cause says why.'] as const;

/** What kafkajs threw, by a stable code. */
export const kafkaFault = (cause: unknown): ClientError => {
  if (cause instanceof ClientError) return cause;
  const root = rootOf(cause);
  const [code, says] = isFailure(root) ? (BY_TYPE[String(root.type)] ?? BY_NAME[root.name] ?? UNFORESEEN) : UNFORESEEN;
  return new ClientError(code, says, { cause });
};

/** The same call, its failures told as `ClientError`. */
export const withClientErrors = async <Result>(call: () => Promise<Result>): Promise<Result> => {
  try {
    return await call();
  } catch (cause) {
    throw kafkaFault(cause);
  }
};
