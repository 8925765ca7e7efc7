// The query for the notices that an agency has not answered yet.
import type { Caller } from '#access';
import { Query } from '#bus';
import type { Position } from '#kernel';
import type { NoticeData } from './feed/index.ts';

/** Of the oldest; those that are answered make room for more. */
export const MOST_NOTICES = 500;

export class AskForNotices extends Query<{ readonly caller: Caller }, NoticesShown> {}

export interface NoticeShown extends NoticeData {
  /** The asking agency's pseudonym for the learner. */
  readonly learner: string;
  /** The asking agency's own id for the learner, where it linked one. */
  readonly localId?: string;
  /** RFC 3339. */
  readonly issuedAt: string;
}

export interface NoticesShown {
  readonly notices: readonly NoticeShown[];
  /** Up to which the log was gone through for notices. */
  readonly position: Position;
}
