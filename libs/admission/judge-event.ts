// The second look at an event, before what is recorded: is it a repeat, and does it stand with what is known of the learner?
import { canonicalForm } from './content-form.ts';
import { judgeAboutLearner } from './judge-about-learner.ts';
import { isAboutNobody, judgePlanning } from './judge-planning.ts';
import { missingStill } from './look.ts';
import type { Contributed } from './recording.ts';
import { judgeRepeat } from './repeats.ts';
import type { JudgedEvent, Session } from './session.ts';
import { rejected, type Verdict } from './verdict.ts';

/** Judged without what is missing: it counts for nothing, and nobody is told. */
const NOT_JUDGED: Verdict = { outcome: 'conflict' };

/** What is not in memory is noted in the draft; from then on no event is judged, since what one changes the next one meets. */
export const judgeEvent = (session: Session, judged: JudgedEvent): Verdict => {
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
