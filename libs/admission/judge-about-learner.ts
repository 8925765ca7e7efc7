// Judges an event about a learner by the checks of the table, and records what passes them.
import { noticeSentTo } from '#consent';
import type { Contribution } from '#contribution';
import { type LearnerFile, learnerStream, noticeOwner } from '#learner-file';
import { categoryIn } from '#learner-record';
import { avoidRepeat } from './avoid-repeat.ts';
import { AboutLearner } from './checks/about-learner.ts';
import { firstRefusal } from './checks/check.ts';
import { LEARNER_CHECKS } from './checks/learner-checks.ts';
import { type Contributed, recordAboutLearner } from './recording.ts';
import { recordLinked } from './record-linked.ts';
import { lacksOf, levelOf } from './sender-standing.ts';
import { contributionOf, isOf, type Session } from './session.ts';
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
  const category = categoryIn(file.record, contribution, notes);
  return recordAboutLearner(session, file.id, contributed, { category, owner: ownerOf(file, contribution), notes });
};

/** What is answered to a notice lies with the notice: of a learner who was erased, beside the learner's keys. */
const ownerOf = ({ id, consent }: LearnerFile, contribution: Contribution): string => {
  const { source } = contribution;
  const notice = isOf(contribution, 'notice.acknowledged') ? noticeSentTo(consent, source, contribution.data.noticeId) : undefined;
  return notice === undefined ? learnerStream(id) : noticeOwner(learnerStream(id), notice.reason);
};
