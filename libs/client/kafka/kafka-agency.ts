// A broker as one agency uses it over Kafka (contracts.md, Kafka): send signed events, follow the receipts.
import type { Kafka } from 'kafkajs';
import type { AgencySlug } from '#kernel';
import type { AgencyEvent } from '../agency-event.ts';
import type { BrokerKeys } from '../broker-keys.ts';
import { ClientError } from '../client-error.ts';
import type { Place } from '../feed/index.ts';
import type { SigningKey } from '../keys.ts';
import type { Receipt } from '../receipt.ts';
import { type AgencyTopics, topicsOf } from '../topics.ts';
import { connected, type KafkaConnection } from './connect.ts';
import { Outbox, type SentMessage } from './outbox.ts';
import type { TopicReadOptions } from './topic-records.ts';
import { receiptMessageOf, type ReceiptMessage } from './receipt-message.ts';
import { ReceiptFollower } from './receipt-follower.ts';
import { topicIdOf, TopicWatch } from './topic-identity.ts';
import { beginningOf, readTopic } from './topic-reader.ts';

export interface KafkaAgencyOptions {
  readonly agency: AgencySlug;
  /** Signs what is sent. */
  readonly key: SigningKey;
  /** How Kafka is reached: what kafkajs takes, or a client of it. */
  readonly kafka: KafkaConnection | Kafka;
  /** Checks the receipts: `remoteBrokerKeys(url)`, or `localBrokerKeys(jwks)`. */
  readonly brokerKeys: BrokerKeys;
  /** What names of topics begin with. Default `concordat`. */
  readonly topicPrefix?: string;
}

export interface ReceiptReadOptions {
  /** Where to begin. Default `latest`: receipts that come from now on. */
  readonly from?: 'earliest' | 'latest' | Place;
  /** A consumer group: Kafka then keeps how far receipts were read, and `from` counts the first time only. */
  readonly groupId?: string;
  readonly signal?: AbortSignal;
  /** Ends where the topic ends when reading begins. */
  readonly once?: boolean;
}

export interface Awaiting {
  /** How long to wait for all receipts, in milliseconds. Default 30,000. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 30_000;

/** One agency at one broker, over Kafka. Connects when first used; to be closed. */
export class KafkaAgency {
  readonly topics: AgencyTopics;
  readonly #options: KafkaAgencyOptions;
  readonly #kafka: Kafka;
  readonly #outbox: Outbox;
  readonly #follower: ReceiptFollower;

  constructor(options: KafkaAgencyOptions) {
    this.#options = options;
    this.#kafka = connected(options.kafka);
    this.topics = topicsOf(options.agency, options.topicPrefix);
    this.#follower = new ReceiptFollower((signal) => this.#fromNowOn(signal));
    this.#outbox = new Outbox(this.#kafka, { topic: this.topics.in, key: options.key });
  }

  /**
   * Signs the events and puts them into the agency's topic, as batches where there are several. Resolves once Kafka holds them; what
   * becomes of them the receipts tell. What is sent about one subject stays in order. Throws `ClientError`; the same may then be sent
   * again: whatever had arrived is met with its first receipt.
   */
  async send(events: readonly AgencyEvent[]): Promise<readonly SentMessage[]> {
    return events.length === 0 ? [] : this.#outbox.send(events);
  }

  /**
   * The broker's receipts as they come, each record checked to be signed by the broker. A record counts as read when the next one is
   * asked for. Throws `ClientError` `forged` where one was not signed by the broker.
   */
  async *receipts({ from = 'latest', groupId, signal, once }: ReceiptReadOptions = {}): AsyncGenerator<ReceiptMessage, void, undefined> {
    const place = typeof from === 'string' ? {} : { place: from };
    const more = {
      ...(groupId === undefined ? {} : { groupId }),
      ...(signal === undefined ? {} : { signal }),
      ...(once === undefined ? {} : { once }),
    };
    yield* this.#read({ topic: this.topics.receipts, from: typeof from === 'string' ? from : 'earliest', ...place, ...more });
  }

  /**
   * Sends, and waits for the receipts: one for each event, in their order; all are on the broker's disk. The first call takes longer: it
   * begins to follow the receipts, which then goes on until `close`. Throws `ClientError`
   * `no-receipt` where some did not come in time, as when the message could not be attributed to the agency (a key that is not
   * registered): what was sent stays sent, and may be sent again.
   */
  async sendAndAwait(events: readonly AgencyEvent[], { timeoutMs = TIMEOUT_MS }: Awaiting = {}): Promise<readonly Receipt[]> {
    if (events.length === 0) return [];
    await this.#follower.ready();
    const awaited = await this.#follower.receiptsOf(await this.send(events), timeoutMs);
    return events.map(({ id }) => awaited.of(id) ?? missing(awaited.missing));
  }

  async close(): Promise<void> {
    await Promise.all([this.#outbox.close(), this.#follower.close()]);
  }

  /** From what is the end now. */
  async #fromNowOn(signal: AbortSignal): Promise<AsyncIterable<ReceiptMessage>> {
    const reading: TopicReadOptions = { topic: this.topics.receipts, from: 'latest', signal };
    const place = new Map([...(await beginningOf(this.#kafka, reading))].map(([partition, offset]) => [partition, String(offset)]));
    return this.#read({ ...reading, place });
  }

  /** A topic that is made anew meanwhile is read on from its beginning. */
  async *#read(reading: TopicReadOptions): AsyncGenerator<ReceiptMessage, void, undefined> {
    const { place: _place, ...anew } = { ...reading, from: 'earliest' as const };
    for (let next = reading; ; next = anew) {
      const watch = new TopicWatch(this.#kafka, reading.topic, await topicIdOf(this.#kafka, reading.topic));
      try {
        yield* this.#readWatched(watch, next);
      } finally {
        await watch.end();
      }
      if (!watch.changed.aborted || reading.signal?.aborted === true) return;
    }
  }

  async *#readWatched(watch: TopicWatch, reading: TopicReadOptions): AsyncGenerator<ReceiptMessage, void, undefined> {
    const signal = AbortSignal.any([watch.changed, ...(reading.signal ? [reading.signal] : [])]);
    for await (const { records } of readTopic(this.#kafka, { ...reading, signal })) {
      if (!(await watch.holds())) return;
      for (const record of records) yield await receiptMessageOf(record, this.#options.brokerKeys);
    }
  }
}

const missing = (messages: number): never => {
  throw new ClientError(
    'no-receipt',
    `${messages} of the messages sent got no receipt in time: is the broker running, and is the signing key registered?`,
  );
};
