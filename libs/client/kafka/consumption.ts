// One kafkajs consumer at work on a topic. Its own idea of the place is overruled each time it joins: it would begin anew otherwise.
import type { Consumer, EachBatchPayload, IHeaders, Kafka } from 'kafkajs';
import { connected, kafkaFault, withClientErrors } from './connect.ts';
import { Handoff } from './handoff.ts';
import type { TopicReadOptions, TopicChunk, TopicRecord } from './topic-records.ts';

export interface Work {
  readonly reading: TopicReadOptions;
  readonly groupId: string;
  /** Next offset by partition; moved on as chunks are dealt with. */
  readonly place: Map<number, bigint>;
  /** Where to stop. */
  readonly ends?: ReadonlyMap<number, bigint>;
}

const HEARTBEAT_MS = 2000;
const MAX_WAIT_MS = 500;
/** Fetches that bring nothing, one after the other, after which nothing is left to come: the last records before an end may be gone. */
const IDLE_FETCHES = 3;

export class Consumption {
  readonly #work: Work;
  readonly #consumer: Consumer;
  readonly #handoff = new Handoff<TopicChunk>();
  #idle = 0;
  #joined = false;
  /** A chunk was let go before it was dealt with: the place stays before it. */
  #abandoned = false;
  #closing: Promise<void> | undefined;

  constructor(kafka: Kafka, work: Work) {
    this.#work = work;
    this.#consumer = connected(kafka).consumer({
      groupId: work.groupId,
      allowAutoTopicCreation: false,
      maxWaitTimeInMs: MAX_WAIT_MS,
      readUncommitted: false,
      retry: { retries: 5, restartOnFailure: async () => false },
    });
  }

  async *chunks(): AsyncGenerator<TopicChunk, void, undefined> {
    const { reading } = this.#work;
    const stop = (): void => this.#handoff.end();
    reading.signal?.addEventListener('abort', stop, { once: true });
    try {
      await withClientErrors(() => this.#start());
      yield* this.#handoff;
    } finally {
      reading.signal?.removeEventListener('abort', stop);
    }
  }

  /** What is being dealt with is let go. */
  close(): Promise<void> {
    this.#handoff.end();
    this.#closing ??= this.#consumer.disconnect().catch(() => undefined);
    return this.#closing;
  }

  async #start(): Promise<void> {
    const { GROUP_JOIN, CRASH, FETCH_START, START_BATCH_PROCESS, END_BATCH_PROCESS } = this.#consumer.events;
    this.#consumer.on(GROUP_JOIN, ({ payload: { memberAssignment } }) =>
      this.#seek((memberAssignment as Record<string, number[]>)[this.#work.reading.topic] ?? []),
    );
    this.#consumer.on(CRASH, ({ payload: { error } }) => this.#handoff.fail(kafkaFault(error)));
    this.#consumer.on(START_BATCH_PROCESS, () => void (this.#idle = 0));
    this.#consumer.on(END_BATCH_PROCESS, ({ payload: { partition, lastOffset } }) => this.#passed(partition, BigInt(lastOffset) + 1n));
    this.#consumer.on(FETCH_START, () => this.#onFetch());
    await this.#consumer.connect();
    const { topic, groupId, from } = this.#work.reading;
    await this.#consumer.subscribe({ topic, fromBeginning: groupId === undefined || from === 'earliest' });
    await this.#consumer.run({ autoCommit: false, eachBatch: (payload) => this.#onBatch(payload) });
  }

  /** In a group that others share, what they have committed since counts from the second joining on. */
  #seek(partitions: readonly number[]): void {
    const { place, reading } = this.#work;
    if (this.#joined && reading.groupId !== undefined) return;
    this.#joined = true;
    for (const partition of partitions) {
      this.#consumer.seek({ topic: reading.topic, partition, offset: String(place.get(partition) ?? 0n) });
    }
  }

  async #onBatch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const { partition } = batch;
    const from = this.#work.place.get(partition) ?? 0n;
    const records = batch.messages.filter(({ offset }) => BigInt(offset) >= from);
    const last = records.at(-1);
    if (last === undefined || !payload.isRunning() || payload.isStale()) return;
    const next = BigInt(last.offset) + 1n;
    const beating = setInterval(() => void payload.heartbeat().catch(() => undefined), HEARTBEAT_MS);
    const dealtWith = await this.#handoff.put({ partition, records: records.map(recordOf), next: String(next) });
    clearInterval(beating);
    if (dealtWith) await this.#dealtWith(partition, next);
    else this.#abandoned = true;
  }

  async #dealtWith(partition: number, next: bigint): Promise<void> {
    const { place, reading } = this.#work;
    place.set(partition, next);
    if (reading.groupId !== undefined) await this.#consumer.commitOffsets([{ topic: reading.topic, partition, offset: String(next) }]);
  }

  /** Also behind what is not handed on, as the marks of transactions. */
  #passed(partition: number, next: bigint): void {
    const { place, ends } = this.#work;
    if (this.#abandoned) return;
    if (next > (place.get(partition) ?? 0n)) place.set(partition, next);
    if (ends && [...ends].every(([one, end]) => (place.get(one) ?? 0n) >= end)) this.#handoff.end();
  }

  #onFetch(): void {
    this.#idle++;
    if (this.#work.ends && this.#idle > IDLE_FETCHES) this.#handoff.end();
  }
}

const recordOf = ({ offset, key, value, headers = {} }: EachBatchPayload['batch']['messages'][number]): TopicRecord => ({
  offset,
  key: key?.toString(),
  value,
  headers: textOf(headers),
});

const textOf = (headers: IHeaders): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const last = Array.isArray(value) ? value.at(-1) : value;
      return last === undefined ? [] : [[name, last.toString()]];
    }),
  );
