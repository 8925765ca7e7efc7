// By what learners are called whose records somebody has just seen: so that a text about them is met before it is sent (ADR 86). No look is
// taken for it, and it is forgotten with what else was entered.
import type { Visit } from '../shell/visit.ts';

type Keeping = Pick<Visit, 'draft' | 'keepDraft'>;

const CALLED = 'called';
/** Of more, those seen last. */
const MOST = 20;

export const calledLately = (visit: Keeping): readonly string[] => (visit.draft(CALLED)?.['names'] ?? []) as readonly string[];

/** Nothing where no name was shown. */
export const keepCalled = (visit: Keeping, name: string): void => {
  if (name === '') return;
  const others = calledLately(visit).filter((one) => one !== name);
  visit.keepDraft(CALLED, { names: [...others, name].slice(-MOST) });
};
