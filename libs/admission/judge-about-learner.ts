// Judges an event about a learner by the checks of the table, and records what passes them.
import { categoryIn } from '#learner-record';
import { avoidRepeat } from './avoid-repeat.ts';
import { AboutLearner } from './checks/about-learner.ts';
import { firstRefusal } from './checks/check.ts';
import { LEARNER_CHECKS } from './checks/learner-checks.ts';
import { type Contributed, recordAboutLearner } from './recording.ts';
import { recordLinked } from './record-linked.ts';
import { lacksOf, levelOf } from './sender-standing.ts';
import { contributionOf, type Session } from './session.ts';
import { rejected, type Verdict } from './verdict.ts';

export const judgeAboutLearner = (session: Session, contributed: Contributed): Verdict => {
  const about = new AboutLearner(session, contributionOf(session, contributed.formed));
  const refusal = firstRefusal(LEARNER_CHECKS, about);
  return refusal ? rejected(refusal) : record(session, contributed, about);
};

const record = (session: Session, contributed: Contributed, about: AboutLearner): Verdict => {
  const { contribution, linked } = about;
  if (linked) return recordLinked(session, contributed, linked);
  const { standing, outcome } = about.known();
  const { file } = standing;
  if (outcome.outcome === 'already-captured') return avoidRepeat(session, contributed, { file, contribution, met: outcome });
  const notes = { ...outcome.notes, ...lacksOf(levelOf(standing, session.agency)) };
  return recordAboutLearner(session, file.id, contributed, { category: categoryIn(file.record, contribution, notes), notes });
};
