// By what learners are called whose names somebody has just seen: so that a text about them is met before it is sent (ADR 86). No look is
// taken for it, and it is forgotten with what else was entered.
import type { Visit } from '../shell/visit.ts';

type Keeping = Pick<Visit, 'draft' | 'keepDraft'>;

interface Called {
  readonly name: string;
  /** As the page names the learner. */
  readonly learner: string;
}

const CALLED = 'called';
/** Of more, those seen last. */
const MOST = 20;

const seenBy = (visit: Keeping): readonly Called[] => (visit.draft(CALLED)?.['names'] ?? []) as readonly Called[];

/** Without `reader`, who reads their own name in what is written to them. */
export const calledLately = (visit: Keeping, reader?: string): readonly string[] =>
  seenBy(visit).flatMap(({ name, learner }) => (learner === reader ? [] : [name]));

/** Nothing where no name was shown. */
export const keepCalled = (visit: Keeping, { name, learner }: Called): void => {
  if (name === '') return;
  const others = seenBy(visit).filter((one) => one.name !== name || one.learner !== learner);
  visit.keepDraft(CALLED, { names: [...others, { name, learner }].slice(-MOST) });
};
