// Receipts into Kafka: each transaction sends records and notes how far they go, in the offsets of a group that nobody is a member of.
import type { Admin, Kafka } from 'kafkajs';
import { receiptsGroup, receiptsTopic } from '#kafka';
import { KafkaNodes, TRANSACTION_VERSION, TransactionalProducer } from '#kafka-wire';
import {
  inTime,
  type Partition,
  partitionName,
  type ReceiptRecord,
  type ReceiptsChannel,
  type ReceiptsSession,
  type SentUpTo,
  within,
} from '../inbox/index.ts';
import { KafkajsTransactions } from './kafkajs-transactions.ts';
import { ANSWER_MS, LEAVING_MS, ORIGIN, type ReceiptsTransactions, supersededOr, TRANSACTION_MS } from './receipts-terms.ts';

export interface KafkaReceiptsParts {
  readonly kafka: Kafka;
  readonly topicPrefix: string;
}

export class KafkaReceipts implements ReceiptsChannel {
  readonly #parts: KafkaReceiptsParts;

  constructor(parts: KafkaReceiptsParts) {
    this.#parts = parts;
  }

  async open(): Promise<ReceiptsSession> {
    const { kafka } = this.#parts;
    const nodes = new KafkaNodes(kafka);
    const level = await inTime(ANSWER_MS, nodes.features()).catch(async (cause: unknown) => {
      await within(LEAVING_MS, nodes.close());
      throw cause;
    });
    const isInTwoSteps = (level.get(TRANSACTION_VERSION.feature) ?? 0) >= TRANSACTION_VERSION.least;
    if (!isInTwoSteps) await within(LEAVING_MS, nodes.close());
    const names = { topicPrefix: this.#parts.topicPrefix, group: receiptsGroup(this.#parts) };
    const session = new KafkaReceiptsSession(
      names.group,
      isInTwoSteps ? new WireTransactions(nodes, names) : new KafkajsTransactions(kafka, names),
      kafka.admin(),
    );
    try {
      await session.begin();
      return session;
    } catch (cause) {
      await session.close();
      throw supersededOr(cause);
    }
  }
}

class KafkaReceiptsSession implements ReceiptsSession {
  readonly #group: string;
  readonly #transactions: ReceiptsTransactions;
  readonly #admin: Admin;

  constructor(group: string, transactions: ReceiptsTransactions, admin: Admin) {
    this.#group = group;
    this.#transactions = transactions;
    this.#admin = admin;
  }

  async begin(): Promise<void> {
    await inTime(ANSWER_MS, Promise.all([this.#transactions.begin(), this.#admin.connect()]));
  }

  async sentUpTo(partitions: readonly Partition[]): Promise<ReadonlyMap<string, SentUpTo>> {
    if (partitions.length === 0) return new Map();
    const topics = [...new Set(partitions.map(({ topic }) => topic))];
    const offsets = await inTime(ANSWER_MS, this.#admin.fetchOffsets({ groupId: this.#group, topics }));
    const upTo = offsets.flatMap(({ topic, partitions: found }) =>
      found.map(({ partition, offset, metadata }) => ({ topic, partition, offset: Number(offset), topicId: metadata || undefined })),
    );
    return new Map(upTo.map((one) => [partitionName(one), one]));
  }

  async send(records: readonly ReceiptRecord[], upTo: readonly SentUpTo[]): Promise<void> {
    try {
      await inTime(ANSWER_MS, this.#transactions.commit(records, upTo));
    } catch (cause) {
      throw supersededOr(cause);
    }
  }

  async close(): Promise<void> {
    await within(LEAVING_MS, Promise.allSettled([this.#transactions.close(), this.#admin.disconnect()]));
  }
}

/** For Kafka whose transactions are of the second version (ADR 0032). */
class WireTransactions implements ReceiptsTransactions {
  readonly #names: { readonly topicPrefix: string; readonly group: string };
  readonly #producer: TransactionalProducer;

  constructor(nodes: KafkaNodes, names: { readonly topicPrefix: string; readonly group: string }) {
    this.#names = names;
    this.#producer = new TransactionalProducer(nodes, { transactionalId: names.group, timeoutMs: TRANSACTION_MS });
  }

  async begin(): Promise<void> {
    await this.#producer.begin();
  }

  async commit(records: readonly ReceiptRecord[], upTo: readonly SentUpTo[]): Promise<void> {
    await this.#producer.commit(
      records.map(({ agency, key, value, origin }) => ({
        topic: receiptsTopic(this.#names, agency),
        key,
        value: Buffer.from(value),
        headers: { [ORIGIN]: origin },
      })),
      {
        group: this.#names.group,
        offsets: upTo.map(({ topic, partition, offset, topicId = '' }) => ({ topic, partition, offset, metadata: topicId })),
      },
    );
  }

  async close(): Promise<void> {
    await this.#producer.close();
  }
}
