// What an officer's answer to a learner comes to, as an event of the agency that was asked (console.md, J7). Pure.
import { type AgencyEvent, type EventToSend, toEvent } from '#client';
import { asReference, isReference } from '../entry/entering.ts';
import { type Entered, textOf } from '../shell/form.ts';
import type { Question } from './audit-answers.ts';

export const ANSWER_ACTS = ['acknowledge', 'answer'] as const;
export type AnswerAct = (typeof ANSWER_ACTS)[number];

export const isAnswerAct = (text: string): text is AnswerAct => (ANSWER_ACTS as readonly string[]).includes(text);

/** Of a thread: an acknowledgement is for complaints that have none, and nothing is answered twice from here. */
export const actsOn = ({ kind, state }: Pick<Question, 'kind' | 'state'>): readonly AnswerAct[] => {
  if (state === 'answered') return [];
  return kind === 'complaint' && state === 'waiting' ? ['acknowledge', 'answer'] : ['answer'];
};

/** What was written, and of the thread what it takes to send it; kept until it is taken. */
export interface AnswerDraft {
  readonly act: AnswerAct;
  readonly question: Pick<Question, 'position' | 'kind' | 'id' | 'of' | 'answerBy' | 'askedOn' | 'learner' | 'localId'>;
  readonly text: string;
  /** As whoever asked is named to the broker. */
  readonly subject: string;
  /** What is sent twice is recorded once. */
  readonly id: string;
  readonly time: string;
}

export const draftOf = (question: Question, act: AnswerAct, entered: Entered, drawn: Pick<AnswerDraft, 'id' | 'time'>): AnswerDraft => {
  const { position, kind, id, of, answerBy, askedOn, learner, localId } = question;
  const named = { learner, ...(localId !== undefined && { localId }) };
  return {
    ...{ act, text: textOf(entered['text']), subject: question.answerAs ?? asReference(textOf(entered['subject'])), ...drawn },
    question: { position, kind, id, of, answerBy, askedOn, ...named },
  };
};

export type AnswerFaults = Readonly<Partial<Record<'text' | 'subject', string>>>;

const LONGEST = 4000;

export const faultsIn = ({ text, subject }: AnswerDraft): AnswerFaults => ({
  ...(text === '' && { text: 'Write what the learner is to read' }),
  ...([...text].length > LONGEST && { text: `Write at most ${LONGEST.toLocaleString('en-GB')} characters` }),
  ...(!isReference(subject) && { subject: 'Enter your own id for the learner, or the ten digits of a ULN' }),
});

const TYPES = {
  question: { acknowledge: 'question.answered', answer: 'question.answered' },
  complaint: { acknowledge: 'complaint.acknowledged', answer: 'complaint.answered' },
} as const;

/** An acknowledgement says by when there is an answer. Who wrote it stands beside what the agency's key says. */
export const answerEvent = (agency: string, staff: string, { act, question, text, subject, id, time }: AnswerDraft): AgencyEvent => {
  const { kind, id: named, of, answerBy } = question;
  const type = TYPES[kind][act];
  const whose = kind === 'complaint' ? { complaintId: named } : { questionId: named };
  const data = { ...whose, text, ...(act === 'acknowledge' && { due: answerBy }), of };
  const event = toEvent(agency, { type, subject, id, time, data } as unknown as EventToSend);
  return { ...event, authored: new URLSearchParams({ staffId: staff, form: type, time }).toString() };
};
