// Whether anything was decided about a match since whoever decides looked at it (ADR 95).
import type { RecordedEvent } from '#event-store';
import type { LearnerId, Position } from '#kernel';
import type { Opens } from '#privacy/opening';
import { MATCH_DECIDED, type MatchDecided } from './merges.ts';
import { openMatchDecided } from './waiting.ts';

export interface MatchShown {
  readonly match: string;
  /** Of the last decision about it that whoever decides was shown, 0 where there was none; absent: decided whatever was decided before. */
  readonly after?: Position;
}

interface MatchAbout {
  readonly match: string;
  readonly learners: readonly LearnerId[];
}

/** Of all that a stream holds. */
export const decisionsAfter = (stream: readonly RecordedEvent[], after: Position): readonly RecordedEvent[] =>
  stream.filter(({ type, position }) => type === MATCH_DECIDED && position > after);

/** Among decisions of one learner's stream. Of two whatever was decided of them counts, however they were found. Throws `VaultError`. */
export const isDecidedIn = (decisions: readonly RecordedEvent[], { match, learners }: MatchAbout, keys: Opens): boolean => {
  const pair = learners.toSorted().join();
  const isAboutIt = (told: MatchDecided): boolean =>
    learners.length === 1 ? told.match === match : told.learners.toSorted().join() === pair;
  return decisions.some((stored) => {
    const told = openMatchDecided(stored, keys);
    return told !== undefined && isAboutIt(told);
  });
};
