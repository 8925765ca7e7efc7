// Reads the partitions that are ours, each at its own pace: one that cannot be read, or has nowhere to put what was read,
// holds up no other.
import { type Fetched, faultName, type KafkaNodes, KafkaTooOld, OFFSET_OUT_OF_RANGE, type TopicFound } from '#kafka-wire';
import { agencyOfInTopic, kafkaCodeOf } from '#kafka';
import { Pace } from '#kernel';
import { Backoff, Changes, type MessageTaker, type Partition, partitionName, within } from '../inbox/index.ts';
import { deletedUnread, type Piece, piecesOf } from './read-batches.ts';
import { ReadPlace, TRIES, type Trouble } from './read-place.ts';

export interface PartitionReaderParts {
  /** Closed when reading ends. */
  readonly nodes: Pick<KafkaNodes, 'topics' | 'fetch' | 'earliest' | 'close'>;
  readonly topicPrefix: string;
  readonly taker: MessageTaker;
  /** Told a code of whatever could not be read. */
  readonly failed: (cause: unknown) => void;
}

/**
 * Kafka answers as soon as there is anything; so long a partition that is ready again stays unasked, where that was not to be foreseen.
 * Where all of a node are asked for, none can be.
 */
const WAIT_MS = { all: 500, some: 200, brief: 10 };
const LIMITS = { maxBytes: 4 * 1024 * 1024, maxBytesPerPartition: 2 * 1024 * 1024 };
/** Between two questions to a node, unless there is much: so that messages gather, and are recorded together. */
const APART_MS = 25;
const MUCH = 1024 * 1024;
/** Partitions whose messages find room at once are read on together. */
const TOGETHER_MS = 10;
/** How often it is looked where topics and their leaders are, in any case and after a fault. */
const LOOK_MS = 10_000;
const LOOK_AGAIN_MS = 500;

export class PartitionReader {
  readonly #parts: PartitionReaderParts;
  readonly #places = new Map<string, ReadPlace>();
  readonly #reading = new Map<number, Promise<void>>();
  readonly #changes = new Changes();
  #topics: ReadonlyMap<string, TopicFound> = new Map();
  #looked = -Infinity;
  #stale = true;
  #sign = -Infinity;

  constructor(parts: PartitionReaderParts) {
    this.#parts = parts;
  }

  /** When Kafka last gave what was asked, by this process's clock. With nothing to ask for: now. */
  get sign(): number {
    return this.#places.size === 0 ? performance.now() : this.#sign;
  }

  get troubles(): readonly Trouble[] {
    return [...this.#places.values()].flatMap(({ trouble }) => trouble ?? []);
  }

  /** These are ours now, and no others. */
  assign(partitions: readonly Partition[]): void {
    const ours = new Set(partitions.map(partitionName));
    for (const name of this.#places.keys()) if (!ours.has(name)) this.#places.delete(name);
    for (const partition of partitions) this.#add(partition);
    this.#lookAgain();
  }

  seek(partition: Partition, offset: number): void {
    this.#places.get(partitionName(partition))?.goTo(offset);
  }

  /** Until the signal aborts. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    for (const backoff = new Backoff(); !signal.aborted;) {
      try {
        if (this.#isLookDue()) await this.#look();
        backoff.succeeded();
        this.#readFromEach(signal);
        await this.#changes.next(signal, LOOK_AGAIN_MS);
      } catch (cause) {
        this.#parts.failed(cause);
        await backoff.wait(signal);
      }
    }
    await Promise.all(this.#reading.values());
    await this.#parts.nodes.close();
  }

  #add({ topic, partition }: Partition): void {
    const name = partitionName({ topic, partition });
    const agency = agencyOfInTopic(this.#parts, topic);
    if (agency !== undefined && !this.#places.has(name)) this.#places.set(name, new ReadPlace({ topic, partition, agency }));
  }

  #isLookDue(): boolean {
    return this.#places.size > 0 && performance.now() - this.#looked > (this.#stale ? LOOK_AGAIN_MS : LOOK_MS);
  }

  #lookAgain(): void {
    this.#stale = true;
    this.#changes.announce();
  }

  async #look(): Promise<void> {
    this.#looked = performance.now();
    this.#stale = false;
    this.#topics = await this.#parts.nodes.topics([...new Set([...this.#places.values()].map(({ topic }) => topic))]);
    for (const place of this.#places.values()) this.#find(place);
  }

  #find(place: ReadPlace): void {
    const topic = this.#topics.get(place.topic);
    const leader = topic?.partitions.find(({ partition }) => partition === place.partition)?.leader ?? -1;
    place.found(topic?.id, leader < 0 ? undefined : leader);
    if (leader < 0) this.#failed(place, topic ? 'LEADER_NOT_AVAILABLE' : 'UNKNOWN_TOPIC_OR_PARTITION');
  }

  /** One loop a node, as long as it leads something of ours. */
  #readFromEach(signal: AbortSignal): void {
    for (const { leader } of this.#places.values()) {
      if (leader === undefined || this.#reading.has(leader)) continue;
      this.#reading.set(
        leader,
        this.#readFrom(leader, signal).finally(() => this.#reading.delete(leader)),
      );
    }
  }

  async #readFrom(leader: number, signal: AbortSignal): Promise<void> {
    const [backoff, pace] = [new Backoff(), new Pace(APART_MS)];
    const led = (): readonly ReadPlace[] => [...this.#places.values()].filter((place) => place.leader === leader);
    const ready = (): readonly ReadPlace[] => led().filter((place) => place.isReady());
    while (!signal.aborted && led().length > 0) {
      for (const place of ready().filter(({ offset }) => offset === undefined)) void this.#begin(place);
      if (ready().length > 0) await pace.turn(signal);
      const asked = ready().filter(({ offset }) => offset !== undefined);
      if (asked.length === 0) await this.#changes.next(signal, LOOK_AGAIN_MS / 5);
      else if (await this.#fetch(leader, asked, pace)) backoff.succeeded();
      else await backoff.wait(signal);
    }
  }

  /** False where the node does not answer. */
  async #fetch(leader: number, ready: readonly ReadPlace[], pace: Pace): Promise<boolean> {
    const asked = turned(ready).map((place) => ({
      place,
      topicId: place.topicId ?? '',
      partition: place.partition,
      offset: place.offset ?? 0,
    }));
    try {
      const fetched = await this.#parts.nodes.fetch(leader, asked, { ...LIMITS, maxWaitMs: this.#waitFor(leader, asked.length) });
      this.#sign = performance.now();
      if (fetched.reduce((sum, { records }) => sum + records.length, 0) > MUCH) pace.hurry();
      const taken = fetched.map((one) =>
        this.#taken(
          one,
          asked.find(({ topicId, partition }) => topicId === one.topicId && partition === one.partition),
        ),
      );
      await within(TOGETHER_MS, Promise.all(taken));
      return true;
    } catch (cause) {
      this.#parts.failed(cause);
      for (const place of ready) place.failed(cause instanceof KafkaTooOld ? cause.name : kafkaCodeOf(cause));
      this.#lookAgain();
      return false;
    }
  }

  #waitFor(leader: number, asked: number): number {
    const led = [...this.#places.values()].filter((place) => place.leader === leader);
    if (led.some(({ isBrieflyBusy }) => isBrieflyBusy)) return WAIT_MS.brief;
    return led.length === asked ? WAIT_MS.all : WAIT_MS.some;
  }

  async #begin(place: ReadPlace): Promise<void> {
    const { topicId } = place;
    await this.#occupied(place, async () => {
      const offset = await this.#parts.taker.begin({ topic: place.topic, partition: place.partition, agency: place.agency, topicId });
      if (topicId === place.topicId) place.goTo(offset);
    });
  }

  async #taken(fetched: Fetched, asked: { readonly place: ReadPlace; readonly offset: number } | undefined): Promise<void> {
    if (asked?.place.offset !== asked?.offset || !asked || asked.place.topicId !== fetched.topicId) return;
    const { place } = asked;
    await this.#occupied(place, () => (fetched.fault === 0 ? this.#hand(place, fetched) : this.#faulted(place, fetched.fault)));
  }

  /** While this is done, the partition is not read. What fails is its own affair. */
  async #occupied(place: ReadPlace, work: () => Promise<void>): Promise<void> {
    place.busy = true;
    try {
      await work();
    } catch (cause) {
      this.#parts.failed(cause);
      this.#failed(place, kafkaCodeOf(cause));
    } finally {
      place.busy = false;
      this.#changes.announce();
    }
  }

  async #hand(place: ReadPlace, fetched: Fetched): Promise<void> {
    const from = place.offset ?? 0;
    if (fetched.records.length === 0 && fetched.end !== place.end) await this.#offer(place, { messages: [], last: from - 1 }, fetched.end);
    for await (const piece of piecesOf(fetched, from)) {
      if (piece.unreadable && place.failures + 1 < TRIES) return this.#failed(place, piece.unreadable.code);
      if (!(await this.#offer(place, piece, fetched.end))) return;
    }
    place.succeeded();
  }

  /** False where reading is to go on elsewhere. */
  async #offer(place: ReadPlace, { messages, last }: Piece, end: number): Promise<boolean> {
    const { topic, partition, agency, topicId, offset: first = 0 } = place;
    place.end = end;
    const elsewhere = await this.#parts.taker.take({ topic, partition, agency, topicId, messages, first, last, end });
    if (place.topicId !== topicId || place.offset !== first) return false;
    place.goTo(elsewhere ?? last + 1);
    return elsewhere === undefined;
  }

  async #faulted(place: ReadPlace, fault: number): Promise<void> {
    if (fault === OFFSET_OUT_OF_RANGE) return this.#goOnFromStart(place);
    this.#failed(place, faultName(fault));
    this.#lookAgain();
  }

  /**
   * What was deleted before it was read is noted; a topic that was cut shorter is read from its start:
   * what comes again is told as a duplicate.
   */
  async #goOnFromStart(place: ReadPlace): Promise<void> {
    const { leader = -1, offset = 0 } = place;
    const earliest = await this.#parts.nodes.earliest(leader, place.topic, place.partition);
    if (earliest > offset) await this.#offer(place, deletedUnread(offset, earliest - 1), earliest);
    else place.goTo(earliest);
  }

  #failed(place: ReadPlace, code: string): void {
    this.#parts.failed(Object.assign(new Error('A partition cannot be read.'), { code }));
    place.failed(code);
  }
}

/** Another one first each time: an answer holds only so much. */
const turned = <One>(all: readonly One[]): readonly One[] => {
  const first = Math.floor(Math.random() * all.length);
  return [...all.slice(first), ...all.slice(0, first)];
};
