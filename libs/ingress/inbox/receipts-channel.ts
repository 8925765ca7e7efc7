// The port through which receipts leave: exactly once, by one broker at a time (contracts.md, Kafka).
import type { AgencySlug } from '#kernel';
import type { Partition } from './message-source.ts';

export interface ReceiptRecord {
  /** Who is told. */
  readonly agency: AgencySlug;
  /** As of the message. */
  readonly key: Buffer | null;
  /** JWS compact over `{receipts: […]}`. */
  readonly value: string;
  /** Of the message, as `<partition>/<offset>`. */
  readonly origin: string;
}

/** All receipts for offsets below this one have been sent. */
export interface SentUpTo extends Partition {
  readonly offset: number;
  /** Of the topic in which that offset counts. */
  readonly topicId?: string | undefined;
}

export interface ReceiptsSession {
  /** Of these partitions, by `partitionName`, how far their receipts have been sent, by whomever; none: absent. */
  sentUpTo(partitions: readonly Partition[]): Promise<ReadonlyMap<string, SentUpTo>>;
  /** Sends the records and notes how far that goes, both or neither. Whoever does not hear of it asks `sentUpTo` in a new session. */
  send(records: readonly ReceiptRecord[], upTo: readonly SentUpTo[]): Promise<void>;
  /** Never rejects. */
  close(): Promise<void>;
}

export interface ReceiptsChannel {
  /** From now on no other session sends. What one of them had under way is done or undone when this resolves. */
  open(): Promise<ReceiptsSession>;
}

/** Another broker sends the receipts now. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}
