// What the data manager decided, line by line: an un-merge is one of its own, and what can be undone says so (console.md, 4.2). Pure.
import { type Decision, isPair, type Kind, type Match, outcomeNamesOf } from './queues.ts';

export interface DecisionLine extends Omit<Decision, 'outcome' | 'isUnmerge'> {
  /** What it was said of. */
  readonly match: string;
  readonly kind: Kind;
  readonly since: string;
  readonly says: string;
  /** It is what holds, and merged the two. */
  readonly isToUndo: boolean;
}

const UNMERGED = 'The merge was undone: they are two people';

/** Of one match, the first first. */
export const linesOf = ({ match, kind, since, learners, decisions = [] }: Match): readonly DecisionLine[] =>
  decisions.map(({ outcome, isUnmerge, ...told }, place) => ({
    ...{ ...told, match, kind, since },
    says: isUnmerge ? UNMERGED : outcomeNamesOf({ kind, learners })[outcome],
    isToUndo: isPair({ learners }) && outcome === 'same' && place === decisions.length - 1,
  }));

/** The latest first. Two may have been found in several ways: what was decided of them is told once. */
export const decisionLines = (matches: readonly Match[]): readonly DecisionLine[] => {
  const byPosition = new Map(matches.flatMap(linesOf).map((line) => [line.position, line]));
  return [...byPosition.values()].sort((one, other) => Number(other.position) - Number(one.position));
};
