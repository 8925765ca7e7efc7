// Data of what a source says about an event of its own: that it takes it back, or keeps it from the learner.
import type { IsoDate } from '#kernel';

interface OfOwnEvent {
  /** CloudEvents id of the sender's own event. */
  readonly of: string;
}

export interface RecordRetracted extends OfOwnEvent {
  readonly reason: 'entered-in-error' | 'wrong-learner' | 'other';
  readonly note?: string;
}

export interface WithholdingStated extends OfOwnEvent {
  readonly ground: 'serious-harm' | 'crime';
  /** The last day, inclusive. */
  readonly until: IsoDate;
}

export type WithholdingEnded = OfOwnEvent;

export interface RetractionData {
  readonly 'record.retracted': RecordRetracted;
  readonly 'withholding.stated': WithholdingStated;
  readonly 'withholding.ended': WithholdingEnded;
}
