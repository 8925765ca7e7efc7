// Which partitions are ours, as the group of brokers shares them out.
// A kafkajs consumer that never fetches: what it cannot read, nobody misses.
import type { Consumer, ConsumerGroupJoinEvent, Kafka } from 'kafkajs';
import { inGroup } from '#kafka';
import { Changes, type MessageTaker, type Partition, within } from '../inbox/index.ts';

export interface GroupMembershipParts {
  readonly kafka: Kafka;
  readonly topicPrefix: string;
  /** Milliseconds for which a broker that was killed holds its partitions; Kafka allows 6000 and more by default. */
  readonly sessionTimeout: number;
  readonly taker: Pick<MessageTaker, 'recorded'>;
  /** These are ours now, and no others. */
  readonly assigned: (partitions: readonly Partition[]) => void;
}

const HEARTBEATS_A_SESSION = 4;
const REBALANCE_MS = 10_000;
/** How often a consumer that fetches nothing looks whether it is to do anything. */
const TURN_MS = 250;
/** New partitions are noticed by then. */
const METADATA_MS = 10_000;
const LOOK_MS = 500;
const HINT_MS = 1000;
/** A consumer that has given no sign of life for so long is made anew. */
const SILENT_MS = 30_000;
const LEAVING_MS = 3000;

export class GroupMembership {
  readonly #parts: GroupMembershipParts;
  readonly #changes = new Changes();
  #joined = false;
  #sign = 0;
  #crash: { readonly cause: unknown } | undefined;
  /** What Kafka was told last of how far partitions are recorded. */
  #hinted = '';

  constructor(parts: GroupMembershipParts) {
    this.#parts = parts;
  }

  /** Until the signal aborts. Rejects when membership was lost. */
  async hold(topics: readonly string[], signal: AbortSignal): Promise<void> {
    this.#crash = undefined;
    this.#hinted = '';
    const consumer = this.#make();
    try {
      this.#sign = performance.now();
      await consumer.connect();
      await consumer.subscribe({ topics: [...topics], fromBeginning: true });
      await consumer.run({ autoCommit: false, eachBatch: () => Promise.resolve() });
      await this.#watch(consumer, signal);
    } finally {
      this.#joined = false;
      await within(LEAVING_MS, consumer.disconnect());
    }
  }

  #make(): Consumer {
    const { kafka, sessionTimeout } = this.#parts;
    const consumer = kafka.consumer({
      groupId: inGroup(this.#parts),
      allowAutoTopicCreation: false,
      sessionTimeout,
      heartbeatInterval: Math.floor(sessionTimeout / HEARTBEATS_A_SESSION),
      rebalanceTimeout: REBALANCE_MS,
      metadataMaxAge: METADATA_MS,
      maxWaitTimeInMs: TURN_MS,
      retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 4, restartOnFailure: async () => false },
    });
    const { CRASH, FETCH, GROUP_JOIN, HEARTBEAT } = consumer.events;
    consumer.on(GROUP_JOIN, (event) => this.#onJoin(consumer, event));
    consumer.on(CRASH, ({ payload }) => this.#onCrash(payload.error));
    for (const sign of [FETCH, HEARTBEAT] as const) consumer.on(sign, () => void (this.#sign = performance.now()));
    return consumer;
  }

  /** All is paused before anything is fetched. */
  #onJoin(consumer: Consumer, { payload: { memberAssignment } }: ConsumerGroupJoinEvent): void {
    const topics = Object.entries(memberAssignment);
    consumer.pause(topics.map(([topic]) => ({ topic })));
    this.#joined = true;
    this.#sign = performance.now();
    this.#parts.assigned(topics.flatMap(([topic, numbers]) => numbers.map((partition) => ({ topic, partition }))));
  }

  #onCrash(cause: unknown): void {
    this.#crash = { cause };
    this.#changes.announce();
  }

  async #watch(consumer: Consumer, signal: AbortSignal): Promise<void> {
    let hinted = performance.now();
    while (!signal.aborted) {
      await this.#changes.next(signal, LOOK_MS);
      if (this.#crash) throw this.#crash.cause;
      if (performance.now() - this.#sign > SILENT_MS) throw new Error('The consumer gives no sign of life.');
      if (performance.now() - hinted < HINT_MS) continue;
      hinted = performance.now();
      await this.#hint(consumer);
    }
  }

  /** For those who look at the group from outside, whenever it has changed; nothing here relies on it. */
  async #hint(consumer: Consumer): Promise<void> {
    const offsets = this.#parts.taker.recorded().map(({ topic, partition, offset }) => ({ topic, partition, offset: String(offset) }));
    const hint = JSON.stringify(offsets);
    if (!this.#joined || offsets.length === 0 || hint === this.#hinted) return;
    const told = consumer.commitOffsets(offsets).then(() => (this.#hinted = hint));
    await told.catch(() => undefined);
  }
}
