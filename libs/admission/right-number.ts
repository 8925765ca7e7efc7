// Which of two numbers is right, where two records that are one person's have one each (views.md, S15).
import type { LearnerId } from '#kernel';
import type { LearnerFile, MatchOutcome } from '#learner-file';

type Known = Pick<LearnerFile, 'id' | 'learner'>;

const numbersOf = ({ learner }: Known): readonly string[] => learner.ulns.split('\n').filter((uln) => uln !== '');

const haveTwoNumbers = (records: readonly Known[]): boolean => {
  const [ones = [], others = []] = records.map(numbersOf);
  return ones.length > 0 && others.length > 0 && !ones.some((uln) => others.includes(uln));
};

/** It is said of one person with two numbers, and of nobody else. */
export const isRightAmiss = (
  records: readonly Known[],
  { outcome, right }: { readonly outcome: MatchOutcome; readonly right?: LearnerId },
): boolean => (outcome === 'same' && haveTwoNumbers(records) ? !records.some(({ id }) => id === right) : right !== undefined);
