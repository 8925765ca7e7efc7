// Follows topics from their beginning, each record once and in order, also while Kafka is killed and comes back.
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Consumer, Kafka, logLevel } from 'kafkajs';

export interface TailRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly value: Buffer | null;
  /** Milliseconds; set by the agency or by Kafka, as the topic says. */
  readonly timestamp: number;
  readonly header: (name: string) => string | undefined;
}

type Batch = Parameters<NonNullable<NonNullable<Parameters<Consumer['run']>[0]>['eachBatch']>>[0]['batch'];

const AGAIN_MS = 200;
/** What arrives ends the wait. */
const MAX_WAIT_MS = 200;

const recordsOf = ({ topic, partition, messages }: Batch): readonly TailRecord[] =>
  messages.map(({ offset, key, value, timestamp, headers }) => ({
    topic,
    partition,
    offset: Number(offset),
    key: String(key),
    value,
    timestamp: Number(timestamp),
    header: (name) => headers?.[name]?.toString(),
  }));

export class TopicTail {
  readonly #kafka: Kafka;
  readonly #topics: readonly string[];
  readonly #each: (record: TailRecord) => void;
  /** Offset to go on from, by topic and partition. */
  readonly #next = new Map<string, number>();
  #consumer: Consumer | undefined;
  #following: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(brokers: readonly string[], topics: readonly string[], each: (record: TailRecord) => void) {
    this.#kafka = new Kafka({
      brokers: [...brokers],
      logLevel: logLevel.NOTHING,
      retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 500 },
    });
    this.#topics = topics;
    this.#each = each;
  }

  /** Resolves once it follows. */
  static async of(brokers: readonly string[], topics: readonly string[], each: (record: TailRecord) => void): Promise<TopicTail> {
    const tail = new TopicTail(brokers, topics, each);
    await (tail.#following = tail.#follow());
    return tail;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#following;
    await this.#leave();
  }

  async #leave(): Promise<void> {
    await this.#consumer?.disconnect().catch(() => undefined);
  }

  async #follow(): Promise<void> {
    while (!this.#closed) {
      try {
        return await this.#join();
      } catch (cause) {
        await this.#leave();
        if (!isPassing(cause)) throw cause;
        await pause(AGAIN_MS);
      }
    }
  }

  /** In a group of its own each time: nobody waits for a member that died. */
  async #join(): Promise<void> {
    const groupId = `tail-${randomBytes(6).toString('hex')}`;
    const consumer = this.#kafka.consumer({
      groupId,
      maxWaitTimeInMs: MAX_WAIT_MS,
      retry: { retries: 2, restartOnFailure: () => Promise.resolve(false) },
    });
    this.#consumer = consumer;
    consumer.on(consumer.events.CRASH, () => {
      if (this.#consumer === consumer) this.#following = this.#following.then(() => this.#leave()).then(() => this.#follow());
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [...this.#topics], fromBeginning: true });
    await consumer.run({ autoCommit: false, eachBatch: ({ batch }) => this.#take(batch) });
    for (const [place, offset] of this.#next) {
      const [topic = '', partition = '0'] = place.split('/');
      consumer.seek({ topic, partition: Number(partition), offset: String(offset) });
    }
  }

  #take(batch: Batch): Promise<void> {
    for (const record of recordsOf(batch)) {
      const place = `${record.topic}/${record.partition}`;
      if (record.offset < (this.#next.get(place) ?? 0)) continue;
      this.#next.set(place, record.offset + 1);
      this.#each(record);
    }
    return Promise.resolve();
  }
}

const isPassing = (cause: unknown): boolean => cause instanceof Error && cause.name.startsWith('KafkaJS');
