// Receipts into Kafka: each transaction sends records and notes how far they go, in the offsets of a group that nobody is a member of.
import type { Admin, Kafka, Producer, RetryOptions } from 'kafkajs';
import { kafkaCodeOf, receiptsGroup, receiptsTopic } from '#kafka';
import {
  inTime,
  type Partition,
  partitionName,
  type ReceiptRecord,
  type ReceiptsChannel,
  type ReceiptsSession,
  type SentUpTo,
  Superseded,
  within,
} from '../inbox/index.ts';
import { requestsOf } from './record-requests.ts';

/** Back to back, a transaction has to wait a moment for the marks of the one before it: the client is to be made with this too. */
export const RECEIPTS_RETRY: RetryOptions = { initialRetryTime: 3, factor: 0.2, multiplier: 2, maxRetryTime: 1000, retries: 12 };

export interface KafkaReceiptsParts {
  readonly kafka: Kafka;
  readonly topicPrefix: string;
}

/** A transaction that its broker left behind is undone by then, if no other broker has done so: readers wait for that. */
const TRANSACTION_MS = 15_000;

/** Whatever Kafka leaves unanswered for so long is begun anew, in a new session. */
const ANSWER_MS = 20_000;
const LEAVING_MS = 2000;

const FENCED = new Set(['INVALID_PRODUCER_EPOCH', 'PRODUCER_FENCED', 'INVALID_PRODUCER_ID_MAPPING', 'TRANSACTION_COORDINATOR_FENCED']);

const supersededOr = (cause: unknown): unknown =>
  FENCED.has(kafkaCodeOf(cause)) ? new Superseded('Another broker sends the receipts.', { cause }) : cause;

export class KafkaReceipts implements ReceiptsChannel {
  readonly #parts: KafkaReceiptsParts;

  constructor(parts: KafkaReceiptsParts) {
    this.#parts = parts;
  }

  async open(): Promise<ReceiptsSession> {
    const { kafka } = this.#parts;
    const admin = kafka.admin();
    const producer = kafka.producer({
      transactionalId: receiptsGroup(this.#parts),
      transactionTimeout: TRANSACTION_MS,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      retry: RECEIPTS_RETRY,
    });
    const session = new KafkaReceiptsSession(this.#parts, producer, admin);
    try {
      await inTime(ANSWER_MS, Promise.all([producer.connect(), admin.connect()]));
      // An empty transaction: Kafka turns away all producers of the id before it, and ends what they had begun.
      await inTime(
        ANSWER_MS,
        producer.transaction().then((transaction) => transaction.abort()),
      );
      return session;
    } catch (cause) {
      await session.close();
      throw supersededOr(cause);
    }
  }
}

class KafkaReceiptsSession implements ReceiptsSession {
  readonly #parts: KafkaReceiptsParts;
  readonly #producer: Producer;
  readonly #admin: Admin;

  constructor(parts: KafkaReceiptsParts, producer: Producer, admin: Admin) {
    this.#parts = parts;
    this.#producer = producer;
    this.#admin = admin;
  }

  async sentUpTo(partitions: readonly Partition[]): Promise<ReadonlyMap<string, SentUpTo>> {
    if (partitions.length === 0) return new Map();
    const topics = [...new Set(partitions.map(({ topic }) => topic))];
    const offsets = await this.#admin.fetchOffsets({ groupId: receiptsGroup(this.#parts), topics });
    const upTo = offsets.flatMap(({ topic, partitions: found }) =>
      found.map(({ partition, offset, metadata }) => ({ topic, partition, offset: Number(offset), topicId: metadata || undefined })),
    );
    return new Map(upTo.map((one) => [partitionName(one), one]));
  }

  async send(records: readonly ReceiptRecord[], upTo: readonly SentUpTo[]): Promise<void> {
    try {
      await inTime(ANSWER_MS, this.#transact(records, upTo));
    } catch (cause) {
      throw supersededOr(cause);
    }
  }

  async #transact(records: readonly ReceiptRecord[], upTo: readonly SentUpTo[]): Promise<void> {
    const transaction = await this.#producer.transaction();
    const requests = requestsOf(records, ({ agency }) => receiptsTopic(this.#parts, agency));
    for (const topicMessages of requests) await transaction.sendBatch({ topicMessages, acks: -1 });
    await transaction.sendOffsets({ consumerGroupId: receiptsGroup(this.#parts), topics: offsetsOf(upTo) });
    await transaction.commit();
  }

  async close(): Promise<void> {
    await within(LEAVING_MS, Promise.allSettled([this.#producer.disconnect(), this.#admin.disconnect()]));
  }
}

interface NotedOffset {
  readonly partition: number;
  readonly offset: string;
  /** The topic's id. kafkajs sends it, though its types do not say so. */
  readonly metadata: string;
}

const offsetsOf = (upTo: readonly SentUpTo[]): { topic: string; partitions: NotedOffset[] }[] =>
  [...Map.groupBy(upTo, ({ topic }) => topic)].map(([topic, some]) => ({
    topic,
    partitions: some.map(({ partition, offset, topicId = '' }) => ({ partition, offset: String(offset), metadata: topicId })),
  }));
