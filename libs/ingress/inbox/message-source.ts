// The port through which messages come in from a log of messages with topics, partitions and offsets, such as Kafka.
import type { AgencySlug } from '#kernel';

export interface InboxMessage {
  readonly offset: number;
  readonly key: Buffer | null;
  /** One JWS in compact form, if it is what it should be. */
  readonly value: Buffer | null;
}

export interface Partition {
  readonly topic: string;
  readonly partition: number;
}

/** Consecutive messages of one partition. */
export interface InboxBatch extends Partition {
  /** Whose topic it is. */
  readonly agency: AgencySlug;
  readonly messages: readonly InboxMessage[];
  /** What was fetched, beginning and end; some of it may be no message. */
  readonly first: number;
  readonly last: number;
  /** Offset after the last message of the partition. */
  readonly end: number;
}

/** What a source hands its messages to. */
export interface MessageTaker {
  /** These partitions are ours now, and no others. */
  assigned(partitions: readonly Partition[]): void;
  /** Resolves once there is room for more; gives the offset to go on from where these are not the messages that come next. */
  take(batch: InboxBatch): Promise<number | undefined>;
  /** How far the partitions that are ours are recorded. */
  recorded(): readonly (Partition & { readonly offset: number })[];
}

/** What messages are taken from. */
export interface MessageSource {
  /** Reading of a partition that is ours goes on from this offset. */
  seek(partition: Partition, offset: number): void;
}

export const partitionName = ({ topic, partition }: Partition): string => `${topic}/${partition}`;
