// What the data manager said of conflicts of identifiers of one learner: each is noted anew once it was decided (views.md, S15).
import type { RecordedEvent } from '#event-store';
import type { Position } from '#kernel';
import type { Opens } from '#privacy/opening';
import { learnersOfMatch } from './merges.ts';
import { openMatchDecided } from './waiting.ts';

export interface ConflictDecided {
  readonly match: string;
  /** Where the last word of it stands in the log. */
  readonly position: Position;
}

/** A list, since the names of a record's members are told once for all learners, and outlast them (packed-state.ts). */
export type ConflictsDecided = readonly ConflictDecided[];

const isOfOneLearner = (match: string): boolean => match.startsWith('link-conflict.') && learnersOfMatch(match)?.length === 1;

/** Throws `VaultError`. */
export const withDecision = (decided: ConflictsDecided, stored: RecordedEvent, keys: Opens): ConflictsDecided => {
  const match = openMatchDecided(stored, keys)?.match;
  if (match === undefined || !isOfOneLearner(match)) return decided;
  return [...decided.filter((one) => one.match !== match), { match, position: stored.position }];
};
