// The second look at an event, before what is recorded: is it a repeat, and does it stand with what is known of the learner?
import { noticeSentTo } from '#consent';
import { type Contribution, tooMuchTold } from '#contribution';
import { type FileStanding, type LearnerFile, standingOf, whomItMeans } from '#learner-file';
import { NO_SUCH_LEARNER } from '#learners';
import { judgeAboutLearner } from './judge-about-learner.ts';
import { isAboutNobody, judgePlanning } from './judge-planning.ts';
import { judgeCorrection, judgeRegistration } from './judge-registration.ts';
import { missingFor } from './look.ts';
import type { Contributed } from './recording.ts';
import { canonicalForm, judgeRepeat } from './repeats.ts';
import { contributionOf, isOf, type JudgedEvent, lookOf, type Session, toTell } from './session.ts';
import { rejected, rejection, type Verdict } from './verdict.ts';

/** Judged without what is missing: it counts for nothing, and nobody is told. */
const NOT_JUDGED: Verdict = { outcome: 'conflict' };

/** What is not in memory is noted in the draft; from then on no event is judged, since what one changes the next one meets. */
export const judgeEvent = (session: Session, judged: JudgedEvent): Verdict => {
  const { eventId } = judged;
  session.draft.lack(missingFor(session, judged));
  if (!session.draft.isComplete) return NOT_JUDGED;
  if (eventId === undefined) return faulty(judged);
  return judgeIfRepeat(session, judged.event.value, eventId) ?? judgeFirst(session, judged, eventId);
};

const judgeFirst = (session: Session, judged: JudgedEvent, eventId: string): Verdict => {
  const { formed } = judged.form;
  if (!formed) return faulty(judged);
  const verdict = judgeNew(session, { judged, formed, eventId });
  if (verdict.outcome === 'accepted' || verdict.outcome === 'already-captured')
    session.recordedHere.set(eventId, { event: judged.event.value, verdict });
  return verdict;
};

/** What the first look found. */
const faulty = ({ form: { fault } }: JudgedEvent): Verdict =>
  rejection(fault?.code ?? 'invalid-envelope', fault?.says ?? 'The event cannot be read.');

/** `event` as it was sent: a null attribute is content too. */
const judgeIfRepeat = (session: Session, event: unknown, eventId: string): Verdict | undefined => {
  const here = session.recordedHere.get(eventId);
  if (here) return repeatOf(here.verdict, eventId, canonicalForm(here.event) === canonicalForm(event));
  const first = session.messages.find(eventId);
  return first && judgeRepeat(session, event, first);
};

const repeatOf = (first: Verdict, eventId: string, same: boolean): Verdict => {
  if (!same) return { outcome: 'conflict' };
  const learner = 'learner' in first ? first.learner : undefined;
  const captured = first.outcome === 'already-captured' ? { existing: first.existing, mayKnow: first.mayKnow, mayRead: first.mayRead } : {};
  return { outcome: 'duplicate', eventId, ...(learner === undefined ? {} : { learner }), ...captured };
};

const judgeNew = (session: Session, contributed: Contributed): Verdict => {
  if (isAboutNobody(contributed.formed)) return judgePlanning(session, contributed);
  const contribution = contributionOf(session, contributed.formed);
  if (isOf(contribution, 'learner.registered')) return judgeRegistration(session, contributed, contribution);
  return judgeKnownLearner(session, contributed, contribution);
};

/** Whom the sender has nothing to do with is, to the sender, nobody. */
const judgeKnownLearner = (session: Session, contributed: Contributed, contribution: Contribution): Verdict => {
  const look = lookOf(session);
  const learner = whomItMeans(look, session.agency.slug, contribution.subject ?? '');
  if (learner === undefined) return noSuchLearner();
  const standing = standingOf(look, learner);
  if (!mayContributeAbout(session, standing) && !answersNotice(standing.file, contribution)) return noSuchLearner();
  const refusal = tooMuchTold(standing.file.pace, toTell(session, contribution));
  if (refusal) return rejected(refusal.rejection);
  if (isOf(contribution, 'learner.corrected')) return judgeCorrection(session, contributed, { contribution, standing });
  return judgeAboutLearner(session, contributed, { contribution, standing });
};

/** Whoever has to do with the learner; the learner's own page always does. */
const mayContributeAbout = ({ agency }: Session, standing: FileStanding): boolean =>
  standing.isRelated(agency.slug) || agency.roles.includes('self-service');

/** Whoever was sent a notice may answer it, also when it has nothing to do with the learner any more. */
const answersNotice = ({ consent }: LearnerFile, contribution: Contribution): boolean =>
  isOf(contribution, 'notice.acknowledged') && noticeSentTo(consent, contribution.source, contribution.data.noticeId) !== undefined;

const noSuchLearner = (): Verdict => rejection(NO_SUCH_LEARNER.rejection.code, NO_SUCH_LEARNER.rejection.says);
