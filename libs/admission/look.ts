// What an event will be judged by and is not in memory: looked at before it is judged, identifiers first, since they name the files.
import { type LearnerId, sourceOf } from '#kernel';
import { disclosureStream, learnerOfStream, learnerStream, LINK_ADVISERS, planningStream, REPEAT_AVOIDED } from '#learner-file';
import { matchKey } from '#learners';
import type { Missing } from '#unit-of-work';
import type { WellFormed } from './contribution-form.ts';
import { isAboutNobody } from './judge-planning.ts';
import { detailsCorrected } from './linking.ts';
import type { SeenMessage } from './messages-seen.ts';
import { learnerNoticed, noticeAnswered } from './notice-answered.ts';
import { namesOwnEvent } from './own-event-named.ts';
import { contributionOf, eventIdOf, isOf, type JudgedEvent, type Session } from './session.ts';

/**
 * Of an event that was looked at and is judged now: where the draft holds nothing yet, the look told all, unless another message with one
 * of its ids came in between. What memory let go of meanwhile the draft notes itself.
 */
export const missingStill = (session: Session, judged: JudgedEvent): readonly Missing[] => {
  const { eventId, form } = judged;
  if (!session.draft.isEmpty || eventId === undefined) return missingFor(session, judged);
  return session.messages.missing(idsOf(session, eventId, form.formed));
};

/** What can be told now. Once that is loaded it may name more: nothing is missing when this says nothing. */
export const missingFor = (session: Session, { eventId, form: { formed } }: JudgedEvent): readonly Missing[] => {
  if (eventId === undefined) return [];
  const { messages, recordedHere } = session;
  const unseen = messages.missing(idsOf(session, eventId, formed));
  if (unseen.length > 0) return unseen;
  if (recordedHere.has(eventId)) return [];
  const first = messages.find(eventId);
  if (first !== undefined) return missingForRepeat(session, first);
  return formed === undefined ? [] : missingForNew(session, formed);
};

const idsOf = (session: Session, eventId: string, formed: WellFormed | undefined): readonly string[] =>
  formed === undefined ? [eventId] : [eventId, ...idsNamed(session, formed)];

/** Of another of the sender's own events, where this one names it by its message id; of the notice that it answers. */
const idsNamed = (session: Session, formed: WellFormed): readonly string[] => {
  const { names, agency } = session;
  const { type, event } = formed;
  if (namesOwnEvent({ type: type.short })) return [eventIdOf(names, sourceOf(agency.slug), String(event.data['of']))];
  const notice = noticeAnswered(contributionOf(session, formed));
  return notice === undefined ? [] : [notice];
};

/** A repeat of what met an assessment is told of that again, and each time it is a look of its own. */
const missingForRepeat = ({ draft, streams, reachesSender }: Session, { recorded: { type, stream } }: SeenMessage): readonly Missing[] =>
  type !== REPEAT_AVOIDED || !reachesSender
    ? []
    : [
        ...draft.missingIn(streams.files, stream),
        ...draft.missingIn(streams.linkAdvisers, LINK_ADVISERS),
        ...draft.missingIn(streams.heads, disclosureStream(learnerOfStream(stream) ?? '')),
      ];

const missingForNew = (session: Session, formed: WellFormed): readonly Missing[] => {
  if (isAboutNobody(formed)) return missingForPlanning(session, formed);
  const subjects = subjectsIn(formed);
  const first = missingIdentifiers(session, formed, subjects);
  if (first.length > 0) return first;
  const { draft, streams, agency } = session;
  const learners = [...subjects.flatMap((subject) => streams.linkedTo(draft, agency.slug, subject)), ...noticedIn(session, formed)];
  const files = learners.flatMap((learner) => draft.missingIn(streams.files, learnerStream(learner)));
  return files.length > 0 ? files : missingThen(session, formed, learners);
};

const noticedIn = (session: Session, formed: WellFormed): readonly LearnerId[] => {
  const notice = noticeAnswered(contributionOf(session, formed));
  const learner = notice === undefined ? undefined : learnerNoticed(session, notice);
  return learner === undefined ? [] : [learner];
};

const missingForPlanning = ({ draft, streams, agency }: Session, { type }: WellFormed): readonly Missing[] =>
  type.short.startsWith('link-adviser.')
    ? draft.missingIn(streams.linkAdvisers, LINK_ADVISERS)
    : draft.missingIn(streams.heads, planningStream(agency.slug));

/** All by which an event names its learner; registrations and corrections give identifiers in their data too. */
const subjectsIn = ({ event: { subject, data }, type }: WellFormed): readonly string[] => {
  const { localId, uln } = type.short === 'learner.registered' || type.short === 'learner.corrected' ? data : {};
  const named = [subject, ...(typeof localId === 'string' ? [`local:${localId}`] : []), ...(typeof uln === 'string' ? [`uln:${uln}`] : [])];
  return [...new Set(named.filter((one) => one !== undefined))];
};

const missingIdentifiers = (session: Session, { event, type }: WellFormed, subjects: readonly string[]): readonly Missing[] => {
  const { draft, streams, agency } = session;
  const identifiers = subjects.flatMap((subject) => streams.identifierStreamOf(agency.slug, subject) ?? []);
  return [
    ...draft.missingIn(streams.linkAdvisers, LINK_ADVISERS),
    ...identifiers.flatMap((stream) => draft.missingIn(streams.identifiers, stream)),
    ...(type.short === 'learner.registered' ? missingMatches(session, event.data) : []),
  ];
};

const missingMatches = ({ draft, streams }: Session, details: Parameters<typeof matchKey>[0]): readonly Missing[] => {
  const key = matchKey(details);
  return key === undefined ? [] : draft.missingIn(streams.matches, streams.matchStreamOf(key));
};

/** Files say what more is looked at: where it is told of assessments that exist, and by which details a corrected learner is compared. */
const missingThen = (session: Session, formed: WellFormed, learners: readonly string[]): readonly Missing[] => {
  const { draft, streams } = session;
  const { short } = formed.type;
  if (short === 'learner.corrected') return missingForCorrection(session, formed);
  if (short !== 'assessment.recorded' || !session.reachesSender) return [];
  const assessed = learners.filter((learner) => hasAssessment(session, learner));
  return assessed.flatMap((learner) => draft.missingIn(streams.heads, disclosureStream(learner)));
};

const hasAssessment = ({ draft, streams }: Session, learner: string): boolean =>
  draft.get(streams.files, learnerStream(learner)).state.record.heads.some(({ item }) => item.type === 'assessment.recorded');

const missingForCorrection = (session: Session, formed: WellFormed): readonly Missing[] => {
  const contribution = contributionOf(session, formed);
  const details = isOf(contribution, 'learner.corrected') ? detailsCorrected(session, contribution) : undefined;
  return details === undefined ? [] : missingMatches(session, details);
};
