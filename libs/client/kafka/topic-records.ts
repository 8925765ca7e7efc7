// What is read from a topic, and how.
import type { Place } from '../feed/index.ts';

export interface TopicRecord {
  readonly offset: string;
  readonly key: string | undefined;
  /** Null is a tombstone. */
  readonly value: Buffer | null;
  /** The last one of each name. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Records of one partition that came together, in their order. */
export interface TopicChunk {
  readonly partition: number;
  readonly records: readonly TopicRecord[];
  /** Offset behind the last one. */
  readonly next: string;
}

export interface TopicReadOptions {
  readonly topic: string;
  /** Where to begin in partitions that `place` does not name (and of which the group holds nothing). */
  readonly from: 'earliest' | 'latest';
  readonly place?: Place;
  /** A consumer group whose place Kafka keeps; without one nothing is left behind in Kafka. */
  readonly groupId?: string;
  /** Ends the reading. */
  readonly signal?: AbortSignal;
  /** Ends at what is the end when reading begins. */
  readonly once?: boolean;
}
