// One life of a producer: from its first send to its first failure. Nothing that failed is tried again in secret.
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { CompressionTypes, type ISocketFactory, Partitioners, type Producer } from 'kafkajs';
import { connectKafka, kafkaCodeOf, type KafkaObserver, type KafkaSettings, openSocket, outTopic } from '#kafka';
import type { AgencySlug } from '#kernel';
import { FeedTransportError, type FeedTransportErrorCode } from '../feed/index.ts';
import type { Round } from './feed-rounds.ts';

// The sockets of one client, which can be ended at once: what has not left by then never does.

class Sockets {
  readonly #open = new Set<Socket>();
  #ended = false;

  /** For kafkajs. Throws once `end` was called. */
  readonly factory: ISocketFactory = (asked) => {
    if (this.#ended) throw new Error('This client was given up.');
    const socket = openSocket(asked);
    this.#open.add(socket);
    socket.once('close', () => void this.#open.delete(socket));
    return socket;
  };

  /**
   * Plain connections are reset: an orderly end would still send what waits to be sent. One that is ending already cannot be (Node spins).
   */
  end(): void {
    this.#ended = true;
    for (const socket of this.#open) {
      if (socket instanceof TLSSocket || socket.writableEnded) socket.destroy();
      else socket.resetAndDestroy();
    }
  }
}

/** From the call on, connecting included. */
const ATTEMPT_MS = 5000;
const ALL_IN_SYNC = -1;
const NEVER = { retries: 0 };

export class FeedProducer {
  readonly #settings: KafkaSettings;
  readonly #sockets = new Sockets();
  readonly #producer: Producer;
  #connected: Promise<void> | undefined;

  constructor(settings: KafkaSettings, observer?: KafkaObserver) {
    this.#settings = settings;
    const kafka = connectKafka(settings, {
      retry: NEVER,
      requestTimeout: ATTEMPT_MS,
      socketFactory: this.#sockets.factory,
      ...(observer === undefined ? {} : { observer }),
    });
    this.#producer = kafka.producer({
      idempotent: false,
      allowAutoTopicCreation: false,
      retry: NEVER,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
  }

  /** Resolves when all replicas in sync have the round. Rejects with `FeedTransportError`: then this producer is to be given up. */
  async send(round: Round): Promise<void> {
    const deadline = Promise.withResolvers<never>();
    const timer = setTimeout(() => deadline.reject(new FeedTransportError('unreachable', 'Kafka did not answer in time.')), ATTEMPT_MS);
    const sent = this.#send(round);
    sent.catch(() => undefined);
    try {
      await Promise.race([sent, deadline.promise]);
    } catch (cause) {
      this.giveUp();
      throw cause instanceof FeedTransportError ? cause : failureOf(cause);
    } finally {
      clearTimeout(timer);
    }
  }

  async #send(round: Round): Promise<void> {
    this.#connected ??= this.#producer.connect();
    await this.#connected;
    const topicMessages = [...round].map(([recipient, records]) => ({
      topic: outTopic(this.#settings, recipient),
      messages: records.map(({ key, value }) => ({ key, value })),
    }));
    await this.#producer.sendBatch({ acks: ALL_IN_SYNC, timeout: ATTEMPT_MS, compression: CompressionTypes.None, topicMessages });
  }

  /** At once, with whatever is under way. */
  giveUp(): void {
    this.#sockets.end();
    this.#producer.disconnect().catch(() => undefined);
  }

  /** In order. */
  async close(): Promise<void> {
    await this.#connected?.catch(() => undefined);
    await this.#producer.disconnect().catch(() => undefined);
    this.#sockets.end();
  }
}

const CODES: Readonly<Record<string, FeedTransportErrorCode>> = {
  UNKNOWN_TOPIC_OR_PARTITION: 'unknown-feed',
  MESSAGE_TOO_LARGE: 'refused',
  RECORD_LIST_TOO_LARGE: 'refused',
  INVALID_RECORD: 'refused',
  INVALID_TOPIC_EXCEPTION: 'refused',
  TOPIC_AUTHORIZATION_FAILED: 'refused',
  CLUSTER_AUTHORIZATION_FAILED: 'refused',
};

const SAYS: Readonly<Record<FeedTransportErrorCode, string>> = {
  unreachable: 'Kafka cannot be reached, or did not acknowledge.',
  'unknown-feed': 'A topic is missing: KAFKA_CREATE_TOPICS=true makes those of registered agencies, or its operator does.',
  refused: 'Kafka refuses what was sent: see to its ACLs and to max.message.bytes of the out topics.',
  closed: 'The feeds are closed.',
};

/** The cause is left out where it may quote keys of messages: kafkajs does. */
export const failureOf = (cause: unknown, recipients: readonly AgencySlug[] = []): FeedTransportError => {
  const kafka = kafkaCodeOf(cause);
  const code = CODES[kafka] ?? 'unreachable';
  return new FeedTransportError(code, `${SAYS[code]} (${kafka})`, recipients);
};
