// Messages from Kafka, through kafkajs: fetched here, but how far they are taken in is said by the log's own bookmarks (ADR 0012).
import type { Consumer, ConsumerGroupJoinEvent, EachBatchPayload, Kafka } from 'kafkajs';
import { agencyOfInTopic, inGroup } from '#kafka';
import { Backoff, Changes, type InboxBatch, type MessageSource, type MessageTaker, type Partition, pause, within } from '../inbox/index.ts';
import type { Served, ServedTopics } from './served-topics.ts';

export interface KafkaSourceParts {
  readonly kafka: Kafka;
  readonly topicPrefix: string;
  readonly topics: ServedTopics;
  readonly taker: MessageTaker;
  /** Milliseconds for which a broker that was killed holds its partitions; Kafka allows 6000 and more by default. */
  readonly sessionTimeout: number;
  /** Told whenever consuming has failed and begins anew. */
  readonly failed?: (cause: unknown) => void;
}

const HEARTBEATS_A_SESSION = 4;
const REBALANCE_MS = 10_000;
/** Kafka answers a fetch as soon as there is anything; so long a partition that was waited for may stay unasked. */
const LONGEST_FETCH_MS = 200;
const FETCH_BYTES = 1024 * 1024;
/** Partitions that are handed on side by side. */
const SIDE_BY_SIDE = 64;
/** How often new agencies are looked for, topics that were missing, and how far Kafka is told that we are. */
const LOOK_MS = 500;
const MISSING_MS = 5000;
const HINT_MS = 1000;
/** A consumer that has given no sign of life for so long is made anew. */
const SILENT_MS = 30_000;
const CONSUMING_MS = 10_000;
const LEAVING_MS = 3000;

export class KafkaSource implements MessageSource {
  readonly #parts: KafkaSourceParts;
  #consumer: Consumer | undefined;
  #joined = false;
  #sign = 0;
  #crash: { readonly cause: unknown } | undefined;
  readonly #changes = new Changes();

  constructor(parts: KafkaSourceParts) {
    this.#parts = parts;
  }

  /** True while messages are fetched, or there is nobody to fetch them from. */
  get isConsuming(): boolean {
    return this.#joined && performance.now() - this.#sign < CONSUMING_MS;
  }

  get #heartbeat(): number {
    return Math.floor(this.#parts.sessionTimeout / HEARTBEATS_A_SESSION);
  }

  seek({ topic, partition }: Partition, offset: number): void {
    try {
      this.#consumer?.seek({ topic, partition, offset: String(offset) });
    } catch {
      // It is being made anew, and then reads from where the bookmark says.
    }
  }

  /** Consumes until the signal aborts. Never rejects: what fails is begun anew. */
  async run(signal: AbortSignal): Promise<void> {
    for (const backoff = new Backoff(); !signal.aborted; ) {
      try {
        const served = await this.#parts.topics.look();
        backoff.succeeded();
        await this.#serve(served, signal);
      } catch (cause) {
        this.#joined = false;
        this.#parts.failed?.(cause);
        await backoff.wait(signal);
      }
    }
    this.#joined = false;
  }

  /** Resolves when agencies or topics have changed, or the signal aborts. Rejects when the consumer has failed. */
  async #serve(served: Served, signal: AbortSignal): Promise<void> {
    const { version } = this.#parts.topics;
    if (served.topics.length === 0) return this.#idle(version, signal);
    this.#crash = undefined;
    const consumer = this.#make();
    try {
      await this.#start(consumer, served.topics, signal);
      await this.#watch(consumer, { served, version }, signal);
    } finally {
      this.#joined = false;
      this.#consumer = undefined;
      await within(LEAVING_MS, consumer.disconnect());
    }
  }

  async #idle(version: number, signal: AbortSignal): Promise<void> {
    const until = performance.now() + MISSING_MS;
    this.#joined = true;
    while (!signal.aborted && this.#parts.topics.version === version && performance.now() < until) {
      this.#sign = performance.now();
      await pause(LOOK_MS, signal);
    }
  }

  #make(): Consumer {
    const { kafka, sessionTimeout } = this.#parts;
    const consumer = kafka.consumer({
      groupId: inGroup(this.#parts),
      allowAutoTopicCreation: false,
      sessionTimeout,
      heartbeatInterval: this.#heartbeat,
      rebalanceTimeout: REBALANCE_MS,
      maxWaitTimeInMs: LONGEST_FETCH_MS,
      maxBytesPerPartition: FETCH_BYTES,
      retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 4, restartOnFailure: async () => false },
    });
    const { CRASH, FETCH, GROUP_JOIN, HEARTBEAT } = consumer.events;
    consumer.on(GROUP_JOIN, (event) => this.#onJoin(event));
    consumer.on(CRASH, ({ payload }) => this.#onCrash(payload.error));
    for (const sign of [FETCH, HEARTBEAT] as const) consumer.on(sign, () => void (this.#sign = performance.now()));
    return consumer;
  }

  #onJoin({ payload: { memberAssignment } }: ConsumerGroupJoinEvent): void {
    this.#joined = true;
    this.#sign = performance.now();
    const partitions = Object.entries(memberAssignment).flatMap(([topic, numbers]) => numbers.map((partition) => ({ topic, partition })));
    this.#parts.taker.assigned(partitions);
  }

  #onCrash(cause: unknown): void {
    this.#crash = { cause };
    this.#changes.announce();
  }

  async #start(consumer: Consumer, topics: readonly string[], signal: AbortSignal): Promise<void> {
    this.#sign = performance.now();
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    this.#consumer = consumer;
    const eachBatch = (payload: EachBatchPayload): Promise<void> => this.#hand(payload, signal);
    await consumer.run({ autoCommit: false, partitionsConsumedConcurrently: SIDE_BY_SIDE, eachBatch });
  }

  async #hand(payload: EachBatchPayload, signal: AbortSignal): Promise<void> {
    const taken = batchOf(this.#parts, payload.batch);
    if (!taken || signal.aborted) return;
    const elsewhere = await this.#whileAlive(this.#parts.taker.take(taken), () => payload.heartbeat());
    if (elsewhere !== undefined) this.seek(taken, elsewhere);
  }

  /** While there is no room, Kafka hears that we live. */
  async #whileAlive<T>(work: Promise<T>, heartbeat: () => Promise<void>): Promise<T> {
    const ended = work.then(() => true, () => true);
    const tick = new AbortController();
    while (!(await Promise.race([ended, pause(this.#heartbeat, tick.signal)]))) {
      this.#sign = performance.now();
      await heartbeat();
    }
    tick.abort();
    return work;
  }

  async #watch(consumer: Consumer, { served, version }: { readonly served: Served; readonly version: number }, signal: AbortSignal): Promise<void> {
    const until = served.missing.length > 0 ? performance.now() + MISSING_MS : Infinity;
    let hinted = performance.now();
    while (!signal.aborted && this.#parts.topics.version === version && performance.now() < until) {
      await this.#changes.next(signal, LOOK_MS);
      if (this.#crash) throw this.#crash.cause;
      if (performance.now() - this.#sign > SILENT_MS) throw new Error('The consumer gives no sign of life.');
      if (performance.now() - hinted < HINT_MS) continue;
      hinted = performance.now();
      await this.#hint(consumer);
    }
  }

  /** For those who look at the group from outside; nothing here relies on it. */
  async #hint(consumer: Consumer): Promise<void> {
    const offsets = this.#parts.taker.recorded().map(({ topic, partition, offset }) => ({ topic, partition, offset: String(offset) }));
    if (this.#joined && offsets.length > 0) await consumer.commitOffsets(offsets).catch(() => undefined);
  }
}

const batchOf = (named: { readonly topicPrefix: string }, batch: EachBatchPayload['batch']): InboxBatch | undefined => {
  const agency = agencyOfInTopic(named, batch.topic);
  if (agency === undefined) return undefined;
  const { topic, partition, highWatermark, messages } = batch;
  return {
    topic,
    partition,
    agency,
    messages: messages.map(({ offset, key, value }) => ({ offset: Number(offset), key, value })),
    first: Number(batch.firstOffset()),
    last: Number(batch.lastOffset()),
    end: Number(highWatermark),
  };
};
