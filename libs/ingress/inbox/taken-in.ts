// How far a partition is taken in, as its bookmark says it: the offset that comes next, and the id of the topic in which that offset
// counts. A topic that was deleted and made anew has another id: its offsets are not those of the one before.
import { type Partition, partitionName } from './message-source.ts';

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
