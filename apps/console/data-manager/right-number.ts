// Of one person with two numbers, whose two records are made one: which number is right, and who told the other (views.md, S15; ADR 88).
// Whether there is anything to choose the broker says, by what it judges the decision by (ADR 92). Pure.
import type { SideBySide } from './queues.ts';

export interface NumberOf {
  readonly learner: string;
  /** As pages number records. */
  readonly record: number;
  /** Of several that were told of one record, all. */
  readonly uln: string;
  /** Whoever told them, as far as the records show it. */
  readonly agencies: readonly string[];
}

export interface SettledNumbers {
  readonly right: NumberOf;
  readonly other: NumberOf;
}

type Numbered = Pick<SideBySide, 'records' | 'numbers'>;

/** One of which is to be chosen; empty where there is nothing to choose. */
export const numbersToChoose = ({ records, numbers = [] }: Numbered): readonly NumberOf[] =>
  numbers.map(({ learner, ulns, agencies }) => ({
    ...{ learner, record: records.findIndex((one) => one.learner === learner) + 1, uln: ulns.join(' or '), agencies },
  }));

/** The number of that record; undefined where it is none of the two, or there is nothing to choose. */
export const numberOf = (match: Numbered, learner: string | undefined): NumberOf | undefined =>
  numbersToChoose(match).find((one) => one.learner === learner);

/** The number that is said to be right, and the other: before the merge, while each record stands by itself. */
export const settledNumbers = (match: Numbered, learner: string | undefined): SettledNumbers | undefined => {
  const right = numberOf(match, learner);
  const other = numbersToChoose(match).find(({ record }) => record !== right?.record);
  return right && other && { right, other };
};
