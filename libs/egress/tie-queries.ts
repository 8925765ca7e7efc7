// The query for those who wait for the asker's voucher (sharing-matrix.md, W6).
import type { Asker } from '#access';
import { Query } from '#bus';
import type { WaitingTie } from '#disclosure';
import type { Position } from '#kernel';
import type { AskedPage, CursorUnknown } from './learner-queries.ts';

export interface TiesAsked {
  readonly asker: Asker;
  readonly page: AskedPage;
}

export class AskForWaitingTies extends Query<TiesAsked, TiesAnswer> {}

export interface TiesShown {
  readonly outcome: 'answered';
  readonly ties: readonly WaitingTie[];
  /** The cursor of the next page. A page may be short, or empty, and still not be the last. */
  readonly next?: string;
  /** Up to which the log was gone through for candidates. */
  readonly position: Position;
}

/** Of what it asked for nothing is any affair of an office; an agency that may vouch for nobody is told of nobody. */
export interface TiesRefused {
  readonly outcome: 'not-permitted';
  readonly position: Position;
  /** Of the refusal in the log. */
  readonly refusedAt: Position;
}

export type TiesAnswer = TiesShown | TiesRefused | CursorUnknown;
