// The port through which messages come in from a log of messages with topics, partitions and offsets, such as Kafka.
import type { AgencySlug } from '#kernel';

export interface InboxMessage {
  readonly offset: number;
  readonly key: Buffer | null;
  /** One JWS in compact form, if it is what it should be. */
  readonly value: Buffer | null;
  /** Why it is no message that can be read, though something lies there, or lay; `value` is then what can be had of it. */
  readonly aside?: Aside;
}

/** What goes to quarantine in place of messages. */
export interface Aside {
  readonly code: string;
  /** The same in words, without anything of the content. */
  readonly says: string;
}

export interface Partition {
  readonly topic: string;
  readonly partition: number;
}

/** A partition of a topic as it is now. */
export interface OpenPartition extends Partition {
  /** Whose topic it is. */
  readonly agency: AgencySlug;
  /** Another one when a topic of this name is made anew; undefined where that cannot be told. */
  readonly topicId?: string | undefined;
}

/** Consecutive messages of one partition. */
export interface InboxBatch extends OpenPartition {
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
  /** The offset to begin from; undefined where it was given up meanwhile. */
  begin(partition: OpenPartition): Promise<number | undefined>;
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

// How far a partition is taken in, as its bookmark says it: the offset that comes next, and the id of the topic in which that offset
// counts. A topic that was deleted and made anew has another id: its offsets are not those of the one before.

const TAKEN_IN = 'kafka-in/';

/** The bookmark as it was read or set; null where there is none. */
export type TakenIn = string | null;

export interface Reached {
  readonly next: number;
  /** Undefined where Kafka told none, or the bookmark is of a release that asked for none. */
  readonly topicId: string | undefined;
}

export const takenInName = (partition: Partition): string => TAKEN_IN + partitionName(partition);

export const takenInText = ({ next, topicId }: Reached): string => (topicId === undefined ? String(next) : `${next} ${topicId}`);

export const reachedBy = (takenIn: TakenIn): Reached => {
  const [next = '0', topicId] = (takenIn ?? '').split(' ');
  return { next: Number(next), topicId };
};

/** What counts of it in the topic as it is now: nothing, where the topic was made anew. */
export const reachedIn = (takenIn: TakenIn, topicId: string | undefined): Reached & { readonly anew: boolean } => {
  const reached = reachedBy(takenIn);
  const anew = isAnother(reached.topicId, topicId);
  return { next: anew ? 0 : reached.next, topicId, anew };
};

/** Whether both are known, and differ. */
export const isAnother = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && one !== other;
