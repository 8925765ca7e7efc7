// What both ways of sending receipts into Kafka have in common: names, times, and how it shows that another broker has taken over.
import { kafkaCodeOf } from '#kafka';
import { type ReceiptRecord, type SentUpTo, Superseded } from '../inbox/index.ts';

/** Transactions under the one id: whoever begins turns all others away. */
export interface ReceiptsTransactions {
  begin(): Promise<void>;
  commit(records: readonly ReceiptRecord[], upTo: readonly SentUpTo[]): Promise<void>;
  /** Never rejects. */
  close(): Promise<void>;
}

export const ORIGIN = 'concordat-origin';

/** A transaction that its broker left behind is undone by then, if no other broker has done so: readers wait for that. */
export const TRANSACTION_MS = 15_000;
/** Whatever Kafka leaves unanswered for so long is begun anew, in a new session. */
export const ANSWER_MS = 20_000;
export const LEAVING_MS = 2000;

const FENCED = new Set(['INVALID_PRODUCER_EPOCH', 'PRODUCER_FENCED', 'INVALID_PRODUCER_ID_MAPPING', 'TRANSACTION_COORDINATOR_FENCED']);

export const supersededOr = (cause: unknown): unknown =>
  FENCED.has(kafkaCodeOf(cause)) ? new Superseded('Another broker sends the receipts.', { cause }) : cause;
