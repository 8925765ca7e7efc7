// One life of a producer: from its first send to its first failure. Nothing that failed is tried again in secret.
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';
import { connectKafka, kafkaCodeOf, type KafkaObserver, type KafkaSettings, openSocket, outTopic } from '#kafka';
import { KafkaNodes, NotProduced, PlainProducer } from '#kafka-wire';
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
const NEVER = { retries: 0 };
const NO_HEADERS = {};

export class FeedProducer {
  readonly #settings: KafkaSettings;
  readonly #sockets = new Sockets();
  readonly #producer: PlainProducer;

  constructor(settings: KafkaSettings, observer?: KafkaObserver) {
    this.#settings = settings;
    const kafka = connectKafka(settings, {
      retry: NEVER,
      requestTimeout: ATTEMPT_MS,
      socketFactory: this.#sockets.factory,
      ...(observer === undefined ? {} : { observer }),
    });
    this.#producer = new PlainProducer(new KafkaNodes(kafka), ATTEMPT_MS);
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
      throw this.#failureOf(cause, [...round.keys()]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #send(round: Round): Promise<void> {
    const records = [...round].flatMap(([recipient, some]) => {
      const topic = outTopic(this.#settings, recipient);
      return some.map(({ key, value }) => ({ topic, key: Buffer.from(key), value, headers: NO_HEADERS }));
    });
    await this.#producer.send(records);
  }

  #failureOf(cause: unknown, recipients: readonly AgencySlug[]): FeedTransportError {
    if (cause instanceof FeedTransportError) return cause;
    if (!(cause instanceof NotProduced)) return failureOf(cause);
    const refused = recipients.flatMap((recipient) => {
      const refusal = cause.refusals.get(outTopic(this.#settings, recipient));
      return refusal ? [{ recipient, failure: failureOf(refusal, [recipient]) }] : [];
    });
    // What sending again would not mend is told first: of that it is known whose it is.
    const { code, message } = (refused.find(({ failure }) => failure.code !== 'unreachable') ?? refused[0])?.failure ?? failureOf(cause);
    const of = code === 'unreachable' ? [] : refused.flatMap(({ recipient, failure }) => (failure.code === code ? [recipient] : []));
    return new FeedTransportError(code, message, of);
  }

  /** At once, with whatever is under way. */
  giveUp(): void {
    this.#sockets.end();
    this.#producer.close().catch(() => undefined);
  }

  /** In order. */
  async close(): Promise<void> {
    await this.#producer.close();
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
