// The second look at an event, before what is recorded: is it a repeat, and does it stand with what is known of the learner?
import { noticeSentTo } from '#consent';
import { type Contribution, tooMuchTold } from '#contribution';
import { eventInstant, type FileStanding, type LearnerFile, standingOf, whomItMeans } from '#learner-file';
import { NO_SUCH_LEARNER } from '#learners';
import type { WellFormed } from './contribution-form.ts';
import { judgeAboutLearner } from './judge-about-learner.ts';
import { judgePlanning } from './judge-planning.ts';
import { judgeCorrection, judgeRegistration } from './judge-registration.ts';
import type { Contributed } from './recording.ts';
import { canonicalForm, judgeRepeat } from './repeats.ts';
import { type JudgedEvent, lookOf, type Session, toTell } from './session.ts';
import { rejected, rejection, type Verdict } from './verdict.ts';

/** Events of the same message that were recorded, by event id. */
export type RecordedHere = Map<string, { readonly event: unknown; readonly verdict: Verdict }>;

export const judgeEvent = (session: Session, judged: JudgedEvent, recordedHere: RecordedHere): Verdict => {
  const { eventId } = judged;
  if (eventId === undefined) return faulty(judged);
  return judgeIfRepeat(session, judged.event.value, eventId, recordedHere) ?? judgeFirst(session, judged, { eventId, recordedHere });
};

interface First {
  readonly eventId: string;
  readonly recordedHere: RecordedHere;
}

const judgeFirst = (session: Session, judged: JudgedEvent, { eventId, recordedHere }: First): Verdict => {
  const { formed } = judged.form;
  if (!formed) return faulty(judged);
  const verdict = judgeNew(session, { judged, formed, eventId });
  if (verdict.outcome === 'accepted' || verdict.outcome === 'already-captured')
    recordedHere.set(eventId, { event: judged.event.value, verdict });
  return verdict;
};

/** What the first look found. */
const faulty = ({ form: { fault } }: JudgedEvent): Verdict =>
  rejection(fault?.code ?? 'invalid-envelope', fault?.says ?? 'The event cannot be read.');

/** `event` as it was sent: a null attribute is content too. */
const judgeIfRepeat = (session: Session, event: unknown, eventId: string, recordedHere: RecordedHere): Verdict | undefined => {
  const here = recordedHere.get(eventId);
  if (here) return repeatOf(here.verdict, eventId, canonicalForm(here.event) === canonicalForm(event));
  const first = session.seen.find(eventId);
  return first && judgeRepeat(session, event, first);
};

const repeatOf = (first: Verdict, eventId: string, same: boolean): Verdict => {
  if (!same) return { outcome: 'conflict' };
  const learner = 'learner' in first ? first.learner : undefined;
  const captured = first.outcome === 'already-captured' ? { existing: first.existing, mayKnow: first.mayKnow, mayRead: first.mayRead } : {};
  return { outcome: 'duplicate', eventId, ...(learner === undefined ? {} : { learner }), ...captured };
};

const judgeNew = (session: Session, contributed: Contributed): Verdict => {
  const { event, type } = contributed.formed;
  if (event.subject === undefined && type.subject !== 'required') return judgePlanning(session, contributed);
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

const contributionOf = ({ agency, at }: Session, { event, type }: WellFormed): Contribution => ({
  type: type.short,
  data: event.data as unknown as Contribution['data'],
  source: agency.slug,
  sourceRoles: agency.roles,
  at: eventInstant(event, at),
  ...(event.subject === undefined ? {} : { subject: event.subject }),
});

const isOf = <Type extends Contribution['type']>(contribution: Contribution, type: Type): contribution is Contribution<Type> =>
  contribution.type === type;
