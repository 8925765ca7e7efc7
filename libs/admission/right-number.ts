// Which of two numbers is right, where two records that are one person's have one each (views.md, S15).
import type { LearnerId } from '#kernel';
import type { LearnerFile, MatchOutcome } from '#learner-file';
import { numbersToChoose } from '#learners';

type Known = Pick<LearnerFile, 'id' | 'learner'>;

/** It is said of one person with two numbers, and of nobody else. */
export const isRightAmiss = (
  records: readonly Known[],
  { outcome, right }: { readonly outcome: MatchOutcome; readonly right?: LearnerId },
): boolean => {
  const isToChoose = outcome === 'same' && numbersToChoose(records.map(({ learner }) => learner)).length > 0;
  return isToChoose ? !records.some(({ id }) => id === right) : right !== undefined;
};
