// Transactions in two steps (KIP-890, ADR 0032): records to those who lead their partitions and offsets to the group's coordinator, side by
// side; then the end to the transaction's coordinator.
import { setTimeout as pause } from 'node:timers/promises';
import { COORDINATOR_MOVED, KafkaRefusal, LEADER_NOT_AVAILABLE, PASSING, TOPIC_MOVED } from './fault-codes.ts';
import type { KafkaNodes } from './kafka-nodes.ts';
import { type PartitionBatch, type RecordOfTopic, roundsOf, type Topics } from './partition-batches.ts';
import {
  commitTransaction,
  type CoordinatorKind,
  findCoordinator,
  initProducerId,
  noteOffsets,
  type OffsetsToNote,
  type PartitionAnswered,
  produce,
} from './transaction-requests.ts';
import { type ProducerEpoch, writtenBatch } from './written-batch.ts';

/** The level of a feature that Kafka has to have agreed on: with Kafka 4.0 it can. */
export const TRANSACTION_VERSION = { feature: 'transaction.version', least: 2 } as const;

export interface TransactionTerms {
  readonly transactionalId: string;
  /** After which Kafka itself undoes a transaction that nobody ended. */
  readonly timeoutMs: number;
}

/** For which a leader waits for its followers. */
const IN_SYNC_MS = 10_000;
const FIRST_PAUSE_MS = 3;
const LONGEST_PAUSE_MS = 1000;
/** What has not passed by then is told. */
const PATIENCE_MS = 10_000;
/** Where topics are, and how many partitions they have, is looked up again after so long. */
const LOOK_MS = 60_000;

export class TransactionalProducer {
  readonly #nodes: KafkaNodes;
  readonly #terms: TransactionTerms;
  readonly #coordinators = new Map<CoordinatorKind, number>();
  #topics: Topics = new Map();
  #looked = -Infinity;
  #producer: ProducerEpoch = { id: -1n, epoch: -1 };
  #closed = false;

  /** The nodes are closed with it. */
  constructor(nodes: KafkaNodes, terms: TransactionTerms) {
    this.#nodes = nodes;
    this.#terms = terms;
  }

  /** To be called once. From now on all others of the transactional id are turned away; what they had begun is done or undone. */
  async begin(): Promise<void> {
    const { transactionalId, timeoutMs } = this.#terms;
    await this.#renew(() => initProducerId(transactionalId, timeoutMs));
  }

  /**
   * Both or neither; to be called one at a time. Rejects with `KafkaRefusal`, or with what befell the connection: then it may be done, and
   * this producer is to be closed. Whoever begins next finds it done or undone.
   */
  async commit(records: readonly RecordOfTopic[], offsets: OffsetsToNote): Promise<void> {
    const producer = this.#producer;
    let rounds: ReturnType<typeof roundsOf> = [];
    await this.#patiently(async () => {
      await this.#lookUp([...new Set(records.map(({ topic }) => topic))]);
      rounds = roundsOf(records, this.#topics);
    });
    await Promise.all([this.#produce(rounds, producer), this.#note(offsets, producer)]);
    await this.#renew(() => commitTransaction(this.#terms.transactionalId, producer));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#nodes.close();
  }

  async #renew(protocol: () => ReturnType<typeof initProducerId>): Promise<void> {
    await this.#patiently(async () => {
      const { fault, producer } = await this.#nodes.send(await this.#coordinator('transaction', this.#terms.transactionalId), protocol());
      refuse(fault);
      this.#producer = producer;
    });
  }

  async #produce(rounds: readonly (readonly PartitionBatch[])[], producer: ProducerEpoch): Promise<void> {
    for (const round of rounds) {
      let left = round;
      await this.#patiently(async () => {
        const answers = await this.#sendRound(left, producer);
        left = left.filter((batch) => !answers.some((answer) => answer.fault === 0 && isOf(answer, batch)));
        refuse(worst(answers));
      });
    }
  }

  async #sendRound(round: readonly PartitionBatch[], producer: ProducerEpoch): Promise<readonly PartitionAnswered[]> {
    await this.#lookUp(round.map(({ topic }) => topic));
    const now = Date.now();
    const led = Map.groupBy(round, (batch) => this.#leaderOf(batch));
    const answers = [...led].map(([leader, some]) => {
      const batches = some.map(({ records, sequence, ...place }) => ({
        ...place,
        batch: writtenBatch(records, now, { ...producer, sequence }),
      }));
      return this.#nodes.send(leader, produce(this.#terms.transactionalId, batches, IN_SYNC_MS));
    });
    return (await Promise.all(answers)).flat();
  }

  async #note(offsets: OffsetsToNote, producer: ProducerEpoch): Promise<void> {
    await this.#patiently(async () => {
      const coordinator = await this.#coordinator('group', offsets.group);
      refuse(worst(await this.#nodes.send(coordinator, noteOffsets(this.#terms.transactionalId, producer, offsets))));
    });
  }

  async #coordinator(kind: CoordinatorKind, key: string): Promise<number> {
    const known = this.#coordinators.get(kind);
    if (known !== undefined) return known;
    const { fault, nodeId } = await this.#nodes.sendToAny(findCoordinator(kind, key));
    refuse(fault);
    await this.#nodes.topics([]); // where that node is
    this.#coordinators.set(kind, nodeId);
    return nodeId;
  }

  async #lookUp(topics: readonly string[]): Promise<void> {
    if (performance.now() - this.#looked < LOOK_MS && topics.every((topic) => this.#topics.has(topic))) return;
    this.#topics = await this.#nodes.topics([...new Set([...this.#topics.keys(), ...topics])]);
    this.#looked = performance.now();
  }

  #leaderOf({ topic, partition }: PartitionBatch): number {
    const leader = this.#topics.get(topic)?.partitions.find((one) => one.partition === partition)?.leader ?? -1;
    if (leader < 0) throw new KafkaRefusal(LEADER_NOT_AVAILABLE);
    return leader;
  }

  /** Asks again while what is amiss passes by itself. */
  async #patiently(ask: () => Promise<void>): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(LONGEST_PAUSE_MS, wait * 2)) {
      if (this.#closed) throw new Error('This producer was closed.');
      try {
        return await ask();
      } catch (cause) {
        if (!passes(cause) || performance.now() > until) throw cause;
        if (COORDINATOR_MOVED.has(cause.fault)) this.#coordinators.clear();
        if (TOPIC_MOVED.has(cause.fault)) this.#looked = -Infinity;
      }
      await pause(wait);
    }
  }
}

const passes = (cause: unknown): cause is KafkaRefusal => cause instanceof KafkaRefusal && PASSING.has(cause.fault);

const refuse = (fault: number): void => {
  if (fault !== 0) throw new KafkaRefusal(fault);
};

const isOf = (answer: PartitionAnswered, { topic, partition }: PartitionBatch): boolean =>
  answer.topic === topic && answer.partition === partition;

/** What does not pass, if anything is amiss at all. */
const worst = (answers: readonly PartitionAnswered[]): number => {
  const faults = answers.flatMap(({ fault }) => (fault === 0 ? [] : [fault]));
  return faults.find((fault) => !PASSING.has(fault)) ?? faults[0] ?? 0;
};
