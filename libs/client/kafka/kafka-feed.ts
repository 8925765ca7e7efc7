// An agency's feed over Kafka, followed into its own copy.
import type { Kafka } from 'kafkajs';
import { type FeedChange, FeedReader, type FeedReaderOptions, isAnotherTopic, type Progress } from '../feed/index.ts';
import { topicsOf } from '../topics.ts';
import { connected, type KafkaConnection } from './connect.ts';
import type { TopicReadOptions, TopicChunk } from './topic-records.ts';
import { topicIdOf, TopicWatch } from './topic-identity.ts';
import { boundsOf, readTopic } from './topic-reader.ts';

export interface KafkaFeedOptions extends FeedReaderOptions {
  /** How Kafka is reached: what kafkajs takes, or a client of it. */
  readonly kafka: KafkaConnection | Kafka;
  /** What names of topics begin with. Default `concordat`. */
  readonly topicPrefix?: string;
  /**
   * For how long Kafka surely keeps tombstones, in milliseconds (`delete.retention.ms` of the topic, a day by default). Default 20 hours.
   * A copy that was not read for longer may have missed some: the feed is then read from its beginning,
   * and what it no longer holds is removed.
   */
  readonly tombstonesKeptMs?: number;
}

export interface Following {
  /** Ends where the feed ends when following begins. */
  readonly once?: boolean;
  readonly signal?: AbortSignal;
}

const TOMBSTONES_KEPT_MS = 20 * 3_600_000;
const LONG_AGO = 0;

export class KafkaFeed {
  readonly topic: string;
  readonly #options: KafkaFeedOptions;
  readonly #kafka: Kafka;
  readonly #reader: FeedReader;

  constructor(options: KafkaFeedOptions) {
    this.#options = options;
    this.#kafka = connected(options.kafka);
    this.#reader = new FeedReader(options);
    this.topic = topicsOf(options.agency, options.topicPrefix).out;
  }

  /**
   * Brings the copy up to date and keeps it so; what changed, once the copy has it. Goes on where the copy stands. Whoever follows is to
   * delete what was removed wherever it was passed on to. Throws `ClientError`.
   */
  async *follow(following: Following = {}): AsyncGenerator<FeedChange, void, undefined> {
    while (yield* this.#followTopic(following));
  }

  /** True where its topic was made anew meanwhile: then it is read from its beginning. */
  async *#followTopic(following: Following): AsyncGenerator<FeedChange, boolean, undefined> {
    const topicId = await topicIdOf(this.#kafka, this.topic);
    const before = await this.#reader.copy.progress();
    const goesOn = await this.#goesOn(before, topicId);
    this.#reader.readsFrom(topicId);
    yield* await this.#reader.take([], new Map(), (goesOn ? before?.at : undefined) ?? LONG_AGO);
    if (!goesOn) yield* this.#readAnew(before, following);
    if (following.once === true) {
      if (goesOn) yield* this.#readOn(following);
      return false;
    }
    return yield* this.#readWatched(following, topicId);
  }

  async *#readWatched(following: Following, topicId: string | undefined): AsyncGenerator<FeedChange, boolean, undefined> {
    const watch = new TopicWatch(this.#kafka, this.topic, topicId);
    try {
      const signal = AbortSignal.any([watch.changed, ...(following.signal ? [following.signal] : [])]);
      yield* this.#readOn({ ...following, signal }, () => watch.holds());
      return watch.changed.aborted && following.signal?.aborted !== true;
    } finally {
      await watch.end();
    }
  }

  /** As long as it holds that what was read is of the topic that it was begun in. */
  async *#readOn(following: Following, holds = async (): Promise<boolean> => true): AsyncGenerator<FeedChange, void, undefined> {
    const progress = await this.#reader.copy.progress();
    const reading: TopicReadOptions = {
      topic: this.topic,
      from: 'earliest',
      ...following,
      ...(progress === undefined ? {} : { place: progress.place }),
    };
    for await (const chunk of readTopic(this.#kafka, reading)) {
      if (!(await holds())) return;
      yield* await this.#take(chunk);
    }
  }

  /**
   * From the first record to the present end; then what the copy has beyond that is removed. Until then a copy that held something before
   * counts as outdated: an interrupted reading begins anew.
   */
  async *#readAnew(before: Progress | undefined, following: Following): AsyncGenerator<FeedChange, void, undefined> {
    const standing = new Set<string>();
    const place = new Map<number, string>();
    const at = isNew(before) ? undefined : LONG_AGO;
    for await (const chunk of readTopic(this.#kafka, { topic: this.topic, from: 'earliest', ...following, once: true })) {
      for (const { key = '', value } of chunk.records) {
        if (value === null) standing.delete(key);
        else standing.add(key);
      }
      place.set(chunk.partition, chunk.next);
      yield* await this.#take(chunk, at);
    }
    if (following.signal?.aborted !== true) yield* await this.#reader.keepOnly(standing, place);
  }

  #take({ partition, records, next }: TopicChunk, at?: number): Promise<readonly FeedChange[]> {
    const opened = records.flatMap(({ key, value }) =>
      key === undefined ? [] : [{ key, value: value === null ? null : value.toString() }],
    );
    return this.#reader.take(opened, new Map([[partition, next]]), at);
  }

  /** False where the copy holds nothing yet, stood still for too long, or the topic was made anew. */
  async #goesOn(progress: Progress | undefined, topicId: string | undefined): Promise<boolean> {
    const { now = Date.now, tombstonesKeptMs = TOMBSTONES_KEPT_MS } = this.#options;
    const bounds = await boundsOf(this.#kafka, this.topic);
    if (isNew(progress) || now() - progress.at > tombstonesKeptMs || isAnotherTopic(progress.topicId, topicId)) return false;
    return bounds.every(({ partition, high }) => BigInt(progress.place.get(partition) ?? 0) <= high);
  }
}

/** Nothing was read into it yet. */
const isNew = (progress: Progress | undefined): progress is undefined => progress === undefined || progress.place.size === 0;
