// Whether anything was decided about a match since whoever decides looked at it (ADR 95).
import type { LearnerId, Position } from '#kernel';
import { learnerStream, MATCH_DECIDED, type MatchDecided, openMatchDecided } from '#learner-file';
import { keysOf } from '#privacy';
import type { AdmissionParts } from './admission-parts.ts';

export interface MatchShown {
  readonly match: string;
  /** Of the last decision about it that whoever decides was shown, 0 where there was none; absent: decided whatever was decided before. */
  readonly after?: Position;
}

/** Of two whatever was decided of them, however they were found; in the first one's stream, by which positions of decisions are told. */
export const isDecidedSince = async (
  { store, vault }: Pick<AdmissionParts, 'store' | 'vault'>,
  { match, after }: MatchShown,
  learners: readonly LearnerId[],
): Promise<boolean> => {
  const [first, ...others] = learners.toSorted();
  if (after === undefined || first === undefined) return false;
  const stream = await store.readStream(learnerStream(first));
  const since = stream.filter(({ type, position }) => type === MATCH_DECIDED && position > after);
  const keys = await keysOf(vault, since);
  const isAboutIt = (told: MatchDecided): boolean =>
    others.length === 0 ? told.match === match : told.learners.toSorted().join() === [first, ...others].join();
  return since.some((stored) => {
    const told = openMatchDecided(stored, keys);
    return told !== undefined && isAboutIt(told);
  });
};
