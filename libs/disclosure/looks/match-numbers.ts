// Of two records that may be one person's: the ULNs between which whoever decides on them has to choose (ADR 92).
import type { AgencySlug, LearnerId } from '#kernel';
import { learnerStream } from '#learner-file';
import { numbersToChoose } from '#learners';
import type { GateParts } from '../gate-parts.ts';

/** Of a record that was shown: whose statements of who the learner is. */
export interface ShownRecord {
  readonly learner: LearnerId;
  readonly sources: readonly AgencySlug[];
}

export interface MatchNumbers {
  readonly learner: LearnerId;
  readonly ulns: readonly string[];
  /** Whoever supplied them, of the sources that were shown: that others know the learner is not told by this. */
  readonly agencies: readonly AgencySlug[];
}

/** By what the decision is judged by; empty where there is nothing to choose. */
export const matchNumbers = async (
  { streams }: Pick<GateParts, 'streams'>,
  records: readonly ShownRecord[],
): Promise<readonly MatchNumbers[]> => {
  const files = await Promise.all(records.map(({ learner }) => streams.files.load(learnerStream(learner))));
  const numbers = numbersToChoose(files.map(({ state }) => state.learner));
  return records.flatMap(({ learner, sources }, place) => {
    const { ulns, suppliedBy } = numbers[place] ?? { ulns: [], suppliedBy: [] };
    return ulns.length === 0 ? [] : [{ learner, ulns, agencies: suppliedBy.filter((agency) => sources.includes(agency)).toSorted() }];
  });
};
