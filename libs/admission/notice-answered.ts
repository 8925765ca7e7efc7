// Answers to notices that bear no subject: the notice names its learner, as nothing else can once the learner was erased (ADR 15).
import { NOTICE_ISSUED, noticeSentTo } from '#consent';
import type { Contribution } from '#contribution';
import type { LearnerId } from '#kernel';
import { learnerOfStream, learnerStream } from '#learner-file';
import type { Session } from './session.ts';

type Said = Pick<Contribution, 'type' | 'data' | 'subject'>;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id of the notice, which is its event's id too; undefined: another event, one with a subject, or no id of a notice. */
export const noticeAnswered = ({ type, data, subject }: Said): string | undefined => {
  if (type !== 'notice.acknowledged' || subject !== undefined) return undefined;
  const { noticeId } = data as Contribution<'notice.acknowledged'>['data'];
  return UUID.test(noticeId) ? noticeId : undefined;
};

/** About whom the notice was issued, to whomever; undefined: there is none of that id. */
export const learnerNoticed = ({ messages }: Session, noticeId: string): LearnerId | undefined => {
  const issued = messages.find(noticeId);
  return issued?.recorded.type === NOTICE_ISSUED ? learnerOfStream(issued.recorded.stream) : undefined;
};

/** Of a notice to another agency nobody learns whether there is one. */
export const learnerOfAnswer = (session: Session, said: Said): LearnerId | undefined => {
  const noticeId = noticeAnswered(said);
  const learner = noticeId === undefined ? undefined : learnerNoticed(session, noticeId);
  if (noticeId === undefined || learner === undefined) return undefined;
  const { consent } = session.draft.get(session.streams.files, learnerStream(learner)).state;
  return noticeSentTo(consent, session.agency.slug, noticeId) ? learner : undefined;
};
