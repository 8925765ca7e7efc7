// The one way to a Kafka client: settings in, client out. Nothing is connected yet.
import { type ISocketFactory, Kafka, type KafkaConfig, type LogEntry, logLevel, type RetryOptions } from 'kafkajs';
import { quietConnections, teachCodecs } from '#kafka-wire';
import { openSocket } from './open-socket.ts';

// How Kafka is reached. Parsed once by the app (house rule 5); nothing here reads the environment or a file.

export interface KafkaTls {
  /** Certificates that Kafka's is checked against, PEM. Default: those of the system. */
  readonly ca?: string;
  /** This client's own certificate and private key, PEM: both or neither. */
  readonly cert?: string;
  readonly key?: string;
}

interface Login<Mechanism extends string> {
  readonly mechanism: Mechanism;
  readonly username: string;
  readonly password: string;
}

export type KafkaLogin = Login<'plain'> | Login<'scram-sha-256'> | Login<'scram-sha-512'>;

export interface KafkaSettings {
  /** `host:port` of one broker or more. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly ssl?: KafkaTls;
  readonly sasl?: KafkaLogin;
  /** What names of topics and groups begin with. */
  readonly topicPrefix: string;
}

/** Told the names and codes of faults, never their texts: these may quote keys of messages, which name learners. */
export interface KafkaObserver {
  faulted(code: string): void;
}

export interface KafkaTuning {
  readonly observer?: KafkaObserver;
  /** Of single requests; whoever works longer goes on by itself. Default: two more tries. */
  readonly retry?: RetryOptions;
  /** When a broker that does not answer a request is given up, in milliseconds. Default: ten seconds. */
  readonly requestTimeout?: number;
  /** Makes the sockets, for whoever has to end them at once. */
  readonly socketFactory?: ISocketFactory;
}

const CONNECTION_MS = 3000;
/** A broker that has stopped answering is given up after so long. */
const REQUEST_MS = 10_000;
const RETRY: RetryOptions = { initialRetryTime: 100, maxRetryTime: 1000, retries: 2 };

export const connectKafka = (settings: KafkaSettings, tuning: KafkaTuning = {}): Kafka => {
  quietConnections();
  teachCodecs();
  return new Kafka(kafkaConfigOf(settings, tuning));
};

/** What kafkajs is configured with. */
export const kafkaConfigOf = (
  { brokers, clientId, ssl, sasl }: KafkaSettings,
  { observer, retry = RETRY, requestTimeout = REQUEST_MS, socketFactory = openSocket }: KafkaTuning,
): KafkaConfig => ({
  brokers: [...brokers],
  clientId,
  connectionTimeout: CONNECTION_MS,
  requestTimeout,
  retry,
  logLevel: logLevel.WARN,
  logCreator: () => (entry) => observer?.faulted(codeIn(entry)),
  ...(ssl === undefined ? {} : { ssl: tlsOf(ssl) }),
  ...(sasl === undefined ? {} : { sasl }),
  socketFactory,
});

const tlsOf = ({ ca, cert, key }: KafkaTls): Exclude<KafkaConfig['ssl'], boolean | undefined> => ({
  ...(ca === undefined ? {} : { ca: [ca] }),
  ...(cert === undefined ? {} : { cert }),
  ...(key === undefined ? {} : { key }),
});

const codeIn = ({ namespace, log }: LogEntry): string => {
  const name = (log['error'] as { readonly name?: unknown } | undefined)?.name;
  return typeof name === 'string' ? name : namespace || 'kafka';
};

interface Coded {
  readonly type?: unknown;
  readonly code?: unknown;
  readonly name?: unknown;
  readonly cause?: unknown;
}

/**
 * The outermost code of a failure that is a text, such as `INVALID_PRODUCER_EPOCH`,
 * `ECONNREFUSED` or `unavailable`: kafkajs wraps what it tried again.
 */
export const kafkaCodeOf = (failure: unknown): string => {
  if (typeof failure !== 'object' || failure === null) return 'unknown';
  const { type, code, name, cause }: Coded = failure;
  const own = [type, code].find((one): one is string => typeof one === 'string');
  if (own !== undefined) return own;
  if (typeof cause === 'object' && cause !== null && cause !== failure) return kafkaCodeOf(cause);
  return typeof name === 'string' ? name : 'unknown';
};
