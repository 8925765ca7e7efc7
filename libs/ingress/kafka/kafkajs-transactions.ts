// Receipts by kafkajs's own transactions, one request after the other: for Kafka whose transactions are of the first version (ADR 0032).
import type { Kafka, Producer, RetryOptions } from 'kafkajs';
import { receiptsTopic } from '#kafka';
import { type ReceiptRecord, type SentUpTo, within } from '../inbox/index.ts';
import { LEAVING_MS, type ReceiptsTransactions, TRANSACTION_MS } from './receipts-terms.ts';
import { requestsOf } from './record-requests.ts';

/** Back to back, a transaction has to wait a moment for the marks of the one before it: the client is to be made with this too. */
export const RECEIPTS_RETRY: RetryOptions = { initialRetryTime: 3, factor: 0.2, multiplier: 2, maxRetryTime: 1000, retries: 12 };

export class KafkajsTransactions implements ReceiptsTransactions {
  readonly #names: { readonly topicPrefix: string; readonly group: string };
  readonly #producer: Producer;

  constructor(kafka: Kafka, names: { readonly topicPrefix: string; readonly group: string }) {
    this.#names = names;
    this.#producer = kafka.producer({
      transactionalId: names.group,
      transactionTimeout: TRANSACTION_MS,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      retry: RECEIPTS_RETRY,
    });
  }

  async begin(): Promise<void> {
    await this.#producer.connect();
    // An empty transaction: Kafka turns away all producers of the id before it, and ends what they had begun.
    const transaction = await this.#producer.transaction();
    await transaction.abort();
  }

  async commit(records: readonly ReceiptRecord[], upTo: readonly SentUpTo[]): Promise<void> {
    const transaction = await this.#producer.transaction();
    const requests = requestsOf(records, ({ agency }) => receiptsTopic(this.#names, agency));
    for (const topicMessages of requests) await transaction.sendBatch({ topicMessages, acks: -1 });
    await transaction.sendOffsets({ consumerGroupId: this.#names.group, topics: offsetsOf(upTo) });
    await transaction.commit();
  }

  async close(): Promise<void> {
    await within(LEAVING_MS, this.#producer.disconnect());
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
