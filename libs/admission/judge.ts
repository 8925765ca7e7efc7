// Look and judge: what events are judged by and is not in memory, and, once nothing is missing, what they come to, in their order.
import { type LearnerId, sourceOf } from '#kernel';
import { disclosureStream, fileAt, learnerOfStream, missingFile, LINK_ADVISERS, planningStream, REPEAT_AVOIDED } from '#learner-file';
import { matchKeys } from '#learners';
import { Draft, type Missing } from '#unit-of-work';
import {
  type Circumstances,
  contributionOf,
  eventIdOf,
  isOf,
  type JudgedEvent,
  type MessageToJudge,
  rejected,
  type Session,
  type Verdict,
  type WellFormed,
} from './session.ts';
import { type Contributed, isAboutNobody, judgePlanning } from './recording.ts';
import { detailsCorrected, schoolOf } from './linking.ts';
import type { SeenMessage } from './messages-seen.ts';
import { type Bound, bundlesIn, learnerNoticed, namesOwnEvent, noticeAnswered } from './learner-rules.ts';
import { canonicalForm } from './content-form.ts';
import { judgeAboutLearner } from './checks/learner-checks.ts';
import { judgeRepeat } from './repeats.ts';

// What an event will be judged by and is not in memory: looked at before it is judged, identifiers first, since they name the files.

/**
 * Of an event that was looked at and is judged now: as long as the draft links nobody, the look told all, unless another message with one
 * of its ids came in between. What memory let go of meanwhile the draft notes itself.
 */
const missingStill = (session: Session, judged: JudgedEvent): readonly Missing[] => {
  const { eventId, form } = judged;
  const { draft, streams } = session;
  if (draft.mayTouch(streams.identifiers) || draft.mayTouch(streams.matches) || eventId === undefined) return missingFor(session, judged);
  return session.messages.missing(idsOf(session, eventId, form.formed));
};

/** What can be told now. Once that is loaded it may name more: nothing is missing when this says nothing. */
const missingFor = (session: Session, { eventId, form: { formed } }: JudgedEvent): readonly Missing[] => {
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
  const learners = [
    ...subjects.flatMap((subject) => streams.linkedTo(draft, agency.slug, subject)),
    ...noticedIn(session, formed),
    ...signedInFor(session),
  ];
  const files = learners.flatMap((learner) => missingFile(streams, learner, draft));
  return files.length > 0 ? files : missingThen(session, formed, learners);
};

const noticedIn = (session: Session, formed: WellFormed): readonly LearnerId[] => {
  const notice = noticeAnswered(contributionOf(session, formed));
  const learner = notice === undefined ? undefined : learnerNoticed(session, notice);
  return learner === undefined ? [] : [learner];
};

const signedInFor = ({ signedIn }: Session): readonly LearnerId[] => (signedIn === undefined ? [] : [signedIn.learner]);

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

const missingMatches = ({ draft, streams, agency }: Session, details: Parameters<typeof matchKeys>[0]): readonly Missing[] =>
  matchKeys(details, schoolOf(agency)).flatMap((key) => draft.missingIn(streams.matches, streams.matchStreamOf(key)));

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
  fileAt(streams, draft, learner).state.record.heads.some(({ item }) => item.type === 'assessment.recorded');

const missingForCorrection = (session: Session, formed: WellFormed): readonly Missing[] => {
  const contribution = contributionOf(session, formed);
  const details = isOf(contribution, 'learner.corrected') ? detailsCorrected(session, contribution) : undefined;
  return details === undefined ? [] : missingMatches(session, details);
};

// The second look at an event, before what is recorded: is it a repeat, and does it stand with what is known of the learner?

/** Judged without what is missing: it counts for nothing, and nobody is told. */
const NOT_JUDGED: Verdict = { outcome: 'conflict' };

/** What is not in memory is noted in the draft; from then on no event is judged, since what one changes the next one meets. */
const judgeEvent = (session: Session, judged: JudgedEvent): Verdict => {
  const { eventId } = judged;
  session.draft.lack(missingStill(session, judged));
  if (!session.draft.isComplete) return NOT_JUDGED;
  if (eventId === undefined) return faulty(judged);
  return judgeIfRepeat(session, judged, eventId) ?? judgeFirst(session, judged, eventId);
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
  rejected(fault ?? { code: 'invalid-envelope', says: 'The event cannot be read.' });

/** Compared as it was sent: a null attribute is content too. */
const judgeIfRepeat = (session: Session, judged: JudgedEvent, eventId: string): Verdict | undefined => {
  const here = session.recordedHere.get(eventId);
  if (here) return repeatOf(here.verdict, eventId, canonicalForm(here.event) === canonicalForm(judged.event.value));
  const first = session.messages.find(eventId);
  return first && judgeRepeat(session, judged, first);
};

const repeatOf = (first: Verdict, eventId: string, same: boolean): Verdict => {
  if (!same) return { outcome: 'conflict' };
  const learner = 'learner' in first ? first.learner : undefined;
  const captured = first.outcome === 'already-captured' ? { existing: first.existing, mayKnow: first.mayKnow, mayRead: first.mayRead } : {};
  return { outcome: 'duplicate', eventId, ...(learner === undefined ? {} : { learner }), ...captured };
};

const judgeNew = (session: Session, contributed: Contributed): Verdict =>
  isAboutNobody(contributed.formed) ? judgePlanning(session, contributed) : judgeAboutLearner(session, contributed);

// Judges the events of one message in their order. Consents given and withdrawn in one batch stand or fall
// together (sharing-matrix.md, W5).

const judgeMessage = (session: Session, judged: readonly JudgedEvent[]): readonly Verdict[] => {
  const { draft, recordedHere } = session;
  const bundles = bundlesIn(session, judged);
  const [goBack, before] = bundles.length === 0 ? [undefined, []] : [draft.checkpoint(), [...recordedHere]];
  const verdicts = judged.map((one) => judgeEvent(session, one));
  const refusals = refusalsFor(bundles, verdicts);
  if (!goBack || refusals.size === 0) return verdicts;
  goBack();
  recordedHere.clear();
  for (const [id, one] of before) recordedHere.set(id, one);
  return judged.map((one, place) => refusals.get(place) ?? judgeEvent(session, one));
};

const IS_REFUSAL: readonly Verdict['outcome'][] = ['rejected', 'conflict'];

/** By place: the refusal of the first of its bundle that is refused; an id that was used for something else records nothing either. */
const refusalsFor = (bundles: readonly (readonly Bound[])[], verdicts: readonly Verdict[]): ReadonlyMap<number, Verdict> =>
  new Map(
    bundles.flatMap((bundle) => {
      const refused = bundle.map(({ place }) => verdicts[place]).find((verdict) => verdict && IS_REFUSAL.includes(verdict.outcome));
      return refused ? bundle.map(({ place }) => [place, refused] as const) : [];
    }),
  );

// Look and judge: what the events of messages are judged by and is not in memory, and, once nothing is missing, what they come to.

export interface Judgement {
  /** What is to be appended. */
  readonly draft: Draft;
  /** For each message, one for each of its events, in their order. */
  readonly verdicts: readonly (readonly Verdict[])[];
  /** Where anything is, the judgement counts for nothing: this is to be loaded first. */
  readonly missing: readonly Missing[];
}

/** Each thing once, as far as it can be told now: loaded, it may name more. */
export const look = (messages: readonly MessageToJudge[], circumstances: Circumstances): readonly Missing[] => {
  const sessions = sessionsOf(messages, circumstances, new Draft());
  const missing = sessions.flatMap((session, place) => messages[place]?.events.flatMap((event) => missingFor(session, event)) ?? []);
  return [...new Map(missing.map((one) => [one.name, one])).values()];
};

/** In order: what one event changes, the next one meets. Never waits, and changes nothing but the draft. */
export const judge = (messages: readonly MessageToJudge[], circumstances: Circumstances): Judgement => {
  const draft = new Draft();
  const sessions = sessionsOf(messages, circumstances, draft);
  const verdicts = sessions.map((session, place) => judgeMessage(session, messages[place]?.events ?? []));
  return { draft, verdicts, missing: draft.missing };
};

const sessionsOf = (messages: readonly MessageToJudge[], circumstances: Circumstances, draft: Draft): readonly Session[] => {
  const recordedHere: Session['recordedHere'] = new Map();
  return messages.map(({ of }) => ({ ...circumstances, ...of, draft, recordedHere }));
};
