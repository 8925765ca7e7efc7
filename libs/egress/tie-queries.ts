// The query for those who wait for an agency's voucher (sharing-matrix.md, W6).
import type { Caller } from '#access';
import { Query } from '#bus';
import type { WaitingTie } from '#disclosure';
import type { Position } from '#kernel';
import type { AskedPage, CursorUnknown } from './learner-queries.ts';

export class AskForWaitingTies extends Query<{ readonly caller: Caller; readonly page: AskedPage }, TiesAnswer> {}

export interface TiesShown {
  readonly outcome: 'answered';
  readonly ties: readonly WaitingTie[];
  /** The cursor of the next page. A page may be short, or empty, and still not be the last. */
  readonly next?: string;
  /** Up to which the log was gone through for candidates. */
  readonly position: Position;
}

export type TiesAnswer = TiesShown | CursorUnknown;
