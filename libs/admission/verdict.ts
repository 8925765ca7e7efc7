// What judging one event came to, before it is on disk: positions come when it is.
import type { ExistingVisibility } from '#disclosure';
import type { LearnerId, Position } from '#kernel';
import type { ExistingAssessment } from '#learner-file';
import type { Refusal } from './checks/check.ts';
import type { Fault } from './checks/rejections.ts';

export type Verdict =
  | AcceptedVerdict
  | ({
      readonly outcome: 'already-captured';
      readonly eventId: string;
      readonly learner: LearnerId;
      readonly existing: ExistingAssessment;
    } & ExistingVisibility)
  | Repeat
  | { readonly outcome: 'conflict' }
  | { readonly outcome: 'rejected'; readonly fault: Fault; readonly between?: readonly LearnerId[] };

export interface AcceptedVerdict {
  readonly outcome: 'accepted';
  readonly eventId: string;
  readonly learner?: LearnerId;
  /** Words of others, or earlier ones of its source, came to count with it. */
  readonly tookEffect?: true;
}

/** The same message again: told what the first was told. `position` is unknown where the first is in the same message. */
export interface Repeat extends Partial<ExistingVisibility> {
  readonly outcome: 'duplicate';
  readonly eventId: string;
  readonly position?: Position;
  readonly learner?: LearnerId;
  readonly existing?: ExistingAssessment;
}

export const rejected = ({ between, code, says, candidates }: Refusal): Verdict & { readonly outcome: 'rejected' } => ({
  outcome: 'rejected',
  fault: { code, says, ...(candidates === undefined ? {} : { candidates }) },
  ...(between === undefined ? {} : { between }),
});
