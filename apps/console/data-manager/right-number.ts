// Of one person with two numbers, whose two records are made one: which number is right, and who told the other (views.md, S15; ADR 88).
// Pure.
import { hasTwoNumbers, saidOf, type SideBySide } from './queues.ts';

export interface NumberOf {
  readonly learner: string;
  /** As pages number records. */
  readonly record: number;
  /** As it was said last; none where nobody did. */
  readonly uln: string | undefined;
  /** Whoever said one. */
  readonly agencies: readonly string[];
}

export interface SettledNumbers {
  readonly right: NumberOf;
  readonly other: NumberOf;
}

const numbersOf = ({ records }: SideBySide): readonly NumberOf[] =>
  records.map(({ learner, statements }, place) => {
    const said = saidOf(statements, 'uln');
    return { ...{ learner, record: place + 1, uln: said[0]?.value }, agencies: [...new Set(said.map(({ source }) => source))] };
  });

/** One of which is to be chosen; empty where there is nothing to choose. */
export const numbersToChoose = (match: SideBySide): readonly NumberOf[] => (hasTwoNumbers(match) ? numbersOf(match) : []);

/** The number of that record; undefined where it is none of the two. */
export const numberOf = (match: SideBySide, learner: string | undefined): NumberOf | undefined =>
  numbersOf(match).find((one) => one.learner === learner);

/** The number that is said to be right, and the other: before the merge, while each record stands by itself. */
export const settledNumbers = (match: SideBySide, learner: string | undefined): SettledNumbers | undefined => {
  const right = numberOf(match, learner);
  const other = numbersToChoose(match).find(({ record }) => record !== right?.record);
  return right && other && { right, other };
};
