// What the data manager said of conflicts of identifiers of one learner: each is noted anew once it was decided (views.md, S15).
import type { RecordedEvent } from '#event-store';
import type { Position } from '#kernel';
import type { Opens } from '#privacy/opening';
import { learnersOfMatch } from './merges.ts';
import { openMatchDecided } from './waiting.ts';

/** By how each is named, where the last word of it stands in the log. */
export type ConflictsDecided = Readonly<Record<string, Position>>;

const isOfOneLearner = (match: string): boolean => match.startsWith('link-conflict.') && learnersOfMatch(match)?.length === 1;

/** Throws `VaultError`. */
export const withDecision = (decided: ConflictsDecided, stored: RecordedEvent, keys: Opens): ConflictsDecided => {
  const match = openMatchDecided(stored, keys)?.match;
  return match !== undefined && isOfOneLearner(match) ? { ...decided, [match]: stored.position } : decided;
};
