// Puts an agency's messages into its topic, in order, each once: an idempotent producer, one request at a time.
import type { Kafka, Producer, RecordMetadata } from 'kafkajs';
import type { AgencyEvent } from '../agency-event.ts';
import type { SigningKey } from '../keys.ts';
import { withClientErrors } from './connect.ts';
import { messagesOf, type OutgoingMessage, requestsOf } from './messages.ts';
import { boundsOf } from './topic-reader.ts';

/** A message that Kafka holds. */
export interface SentMessage {
  readonly partition: number;
  readonly offset: string;
  /** Those that it bears. */
  readonly events: readonly AgencyEvent[];
}

interface Opened {
  readonly producer: Producer;
  readonly partitions: number;
}

/** Tries of one request: what was received twice nonetheless, Kafka leaves out. */
const RETRY = { retries: 5, initialRetryTime: 200, maxRetryTime: 5000 };

export class Outbox {
  readonly #kafka: Kafka;
  readonly #topic: string;
  readonly #key: SigningKey;
  #opened: Promise<Opened> | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(kafka: Kafka, { topic, key }: { readonly topic: string; readonly key: SigningKey }) {
    this.#kafka = kafka;
    this.#topic = topic;
    this.#key = key;
  }

  /** One call after the other: what was given first stands first. Rejects with `ClientError`; everything may then be given again. */
  send(events: readonly AgencyEvent[]): Promise<readonly SentMessage[]> {
    const turn = this.#turn.then(() => withClientErrors(() => this.#send(events)));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.#drop();
  }

  async #send(events: readonly AgencyEvent[]): Promise<readonly SentMessage[]> {
    const { producer, partitions } = await this.#open();
    const messages = await messagesOf(events, { topic: this.#topic, partitions, key: this.#key });
    const sent: SentMessage[] = [];
    for (const request of requestsOf(messages)) sent.push(...(await this.#produce(producer, request)));
    return sent;
  }

  async #produce(producer: Producer, request: readonly OutgoingMessage[]): Promise<readonly SentMessage[]> {
    try {
      const records = await producer.send({
        topic: this.#topic,
        acks: -1,
        messages: request.map(({ key, value, partition }) => ({ key, value, partition })),
      });
      return placed(request, records);
    } catch (cause) {
      // Whether Kafka took it is not known. A further request of this producer would bear the same number,
      // and might be left out for a repeat of it.
      await this.#drop();
      throw cause;
    }
  }

  async #open(): Promise<Opened> {
    this.#opened ??= this.#connect();
    try {
      return await this.#opened;
    } catch (cause) {
      this.#opened = undefined;
      throw cause;
    }
  }

  async #connect(): Promise<Opened> {
    const bounds = await boundsOf(this.#kafka, this.#topic);
    const producer = this.#kafka.producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false, retry: RETRY });
    await producer.connect();
    return { producer, partitions: bounds.length };
  }

  async #drop(): Promise<void> {
    const opened = await this.#opened?.catch(() => undefined);
    this.#opened = undefined;
    await opened?.producer.disconnect().catch(() => undefined);
  }
}

/** Messages of one partition follow one another from its base offset. */
const placed = (request: readonly OutgoingMessage[], records: readonly RecordMetadata[]): readonly SentMessage[] => {
  const next = new Map(records.map(({ partition, baseOffset }) => [partition, BigInt(baseOffset ?? -1)]));
  return request.map(({ partition, events }) => {
    const offset = next.get(partition) ?? -1n;
    next.set(partition, offset + 1n);
    return { partition, offset: String(offset), events };
  });
};
