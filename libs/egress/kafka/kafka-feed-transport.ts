// Feeds over Kafka: one topic for each partner, compacted (contracts.md, Kafka).
import type { Kafka } from 'kafkajs';
import { KafkaNodes, KafkaTooOld, type TopicFound } from '#kafka-wire';
import { connectKafka, type KafkaObserver, type KafkaSettings, outTopic } from '#kafka';
import type { AgencySlug } from '#kernel';
import { type FeedDelivery, type FeedTransport, FeedTransportError } from '../feed/index.ts';
import { failureOf, FeedProducer } from './feed-producer.ts';
import { roundsOf } from './feed-rounds.ts';
import { keysOn } from './topic-keys.ts';

export class KafkaFeedTransport implements FeedTransport {
  readonly #settings: KafkaSettings;
  readonly #observer: KafkaObserver | undefined;
  #producer: FeedProducer | undefined;
  #nodes: KafkaNodes | undefined;
  #closed = false;

  /** Connects at the first send, and again at the next one after a failure. */
  constructor(settings: KafkaSettings, observer?: KafkaObserver) {
    this.#settings = settings;
    this.#observer = observer;
  }

  async send(batch: readonly FeedDelivery[]): Promise<void> {
    for (const round of roundsOf(batch)) {
      const producer = this.#use();
      try {
        await producer.send(round);
      } catch (cause) {
        if (this.#producer === producer) this.#producer = undefined;
        throw this.#closed ? closed() : cause;
      }
    }
  }

  async keys(recipient: AgencySlug): Promise<readonly string[]> {
    if (this.#closed) throw closed();
    const { topicPrefix } = this.#settings;
    return keysOn(this.#kafka(), outTopic(this.#settings, recipient), `${topicPrefix}-feed-keys`).catch((cause: unknown) => {
      throw failureOf(cause, [recipient]);
    });
  }

  async ids(recipients: readonly AgencySlug[]): Promise<ReadonlyMap<AgencySlug, string>> {
    if (this.#closed) throw closed();
    this.#nodes ??= new KafkaNodes(this.#kafka());
    const found = await this.#nodes.topics(recipients.map((recipient) => outTopic(this.#settings, recipient))).catch((cause: unknown) => {
      if (cause instanceof KafkaTooOld) return new Map<string, TopicFound>();
      throw failureOf(cause);
    });
    return new Map(
      recipients.flatMap((recipient) => {
        const id = found.get(outTopic(this.#settings, recipient))?.id;
        return id === undefined ? [] : [[recipient, id] as const];
      }),
    );
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#producer?.close(), this.#nodes?.close()]);
  }

  #kafka(): Kafka {
    return connectKafka(this.#settings, this.#observer && { observer: this.#observer });
  }

  #use(): FeedProducer {
    if (this.#closed) throw closed();
    this.#producer ??= new FeedProducer(this.#settings, this.#observer);
    return this.#producer;
  }
}

const closed = (): FeedTransportError => new FeedTransportError('closed', 'The feeds are closed.');
