// Of two records that are one person's: between which ULNs is to be chosen (views.md, S15; ADR 92).
import type { AgencySlug } from '#kernel';
import type { LearnerState } from './learner.ts';

export interface SuppliedNumbers {
  /** Each once, as they were supplied. */
  readonly ulns: readonly string[];
  readonly suppliedBy: readonly AgencySlug[];
}

type Numbered = Pick<LearnerState, 'ulns' | 'ulnFrom'>;

const suppliedIn = ({ ulns, ulnFrom }: Numbered): SuppliedNumbers => ({
  ulns: [...new Set(ulns.split('\n').filter((uln) => uln !== ''))],
  suppliedBy: ulnFrom,
});

/** Of each of the two, where both have numbers and none in common; else empty: there is nothing to choose. */
export const numbersToChoose = (records: readonly Numbered[]): readonly SuppliedNumbers[] => {
  const supplied = records.map(suppliedIn);
  const [one, other] = supplied;
  if (one === undefined || other === undefined || one.ulns.length === 0 || other.ulns.length === 0) return [];
  return one.ulns.some((uln) => other.ulns.includes(uln)) ? [] : supplied;
};
