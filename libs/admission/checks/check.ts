// One check of admission: the table of all of them says in which order they are made (`CHECKS`).
import type { LearnerId } from '#kernel';
import type { Fault, RejectionCode } from './rejections.ts';

export interface Refusal extends Fault {
  /** Of `link-conflict`: the learners that contradict each other, for the data manager. */
  readonly between?: readonly LearnerId[];
}

export interface Check<Given> {
  /** With which it may refuse. */
  readonly codes: readonly RejectionCode[];
  readonly looksAt: string;
  /** Pure: it sees what it is given, and nothing else. */
  readonly refuse: (given: Given) => Refusal | undefined;
}

/** Of the first that refuses, in their order; those after it are not made. */
export const firstRefusal = <Given>(checks: readonly Check<Given>[], given: Given): Refusal | undefined => {
  for (const { refuse } of checks) {
    const refusal = refuse(given);
    if (refusal) return refusal;
  }
  return undefined;
};
