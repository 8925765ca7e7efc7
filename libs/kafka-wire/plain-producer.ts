// Records outside of any transaction, each attempt once: whether all replicas in sync have them is told, and nothing is tried again.
import { KafkaRefusal, LEADER_NOT_AVAILABLE, UNKNOWN_TOPIC_OR_PARTITION } from './fault-codes.ts';
import type { KafkaNodes } from './kafka-nodes.ts';
import { type PartitionBatch, type RecordOfTopic, roundsOf, type Topics } from './partition-batches.ts';
import { type PartitionAnswered, produce } from './transaction-requests.ts';
import { writtenBatch } from './written-batch.ts';

/** Of these topics some records were not taken; others may have been. */
export class NotProduced extends Error {
  override readonly name = 'NotProduced';
  /** By topic. */
  readonly refusals: ReadonlyMap<string, KafkaRefusal>;

  constructor(refusals: ReadonlyMap<string, KafkaRefusal>) {
    super('Kafka did not take all records.');
    this.refusals = refusals;
  }
}

/** Where partitions are is looked up again after so long. */
const LOOK_MS = 60_000;

export class PlainProducer {
  readonly #nodes: KafkaNodes;
  readonly #timeoutMs: number;
  #topics: Topics = new Map();
  #looked = -Infinity;

  /** `timeoutMs`: how long a leader waits for its followers. The nodes are closed with it. */
  constructor(nodes: KafkaNodes, timeoutMs: number) {
    this.#nodes = nodes;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * One call at a time; a partition's records stay in order. Rejects with `NotProduced`, or with what befell the connection; then this
   * producer is to be closed: partitions may be elsewhere than where it looked for them.
   */
  async send(records: readonly RecordOfTopic[]): Promise<void> {
    await this.#lookUp(new Set(records.map(({ topic }) => topic)));
    for (const round of roundsOf(records, this.#topics)) await this.#sendRound(round);
  }

  async close(): Promise<void> {
    await this.#nodes.close();
  }

  async #lookUp(topics: ReadonlySet<string>): Promise<void> {
    if (performance.now() - this.#looked < LOOK_MS && [...topics].every((topic) => this.#topics.has(topic))) return;
    this.#topics = await this.#nodes.topics([...new Set([...this.#topics.keys(), ...topics])]);
    this.#looked = performance.now();
    refuse([...topics].flatMap((topic) => (this.#topics.has(topic) ? [] : [{ topic, fault: UNKNOWN_TOPIC_OR_PARTITION }])));
  }

  async #sendRound(round: readonly PartitionBatch[]): Promise<void> {
    const now = Date.now();
    const led = Map.groupBy(round, (batch) => this.#leaderOf(batch));
    refuse((led.get(undefined) ?? []).map(({ topic }) => ({ topic, fault: LEADER_NOT_AVAILABLE })));
    const answers = [...led].map(([leader = -1, some]) => {
      const batches = some.map(({ topic, partition, records }) => ({ topic, partition, batch: writtenBatch(records, now) }));
      return this.#nodes.send(leader, produce(undefined, batches, this.#timeoutMs));
    });
    refuse((await Promise.all(answers)).flat());
  }

  /** Undefined where none leads it now. */
  #leaderOf({ topic, partition }: PartitionBatch): number | undefined {
    const leader = this.#topics.get(topic)?.partitions.find((one) => one.partition === partition)?.leader ?? -1;
    return leader < 0 ? undefined : leader;
  }
}

const refuse = (answers: readonly Pick<PartitionAnswered, 'topic' | 'fault'>[]): void => {
  const refused = answers.filter(({ fault }) => fault !== 0);
  if (refused.length > 0) throw new NotProduced(new Map(refused.map(({ topic, fault }) => [topic, new KafkaRefusal(fault)])));
};
