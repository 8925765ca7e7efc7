// By when an agency acknowledges and answers what a learner asked of it or complained about (console.md, 10; Data (Use and Access) Act
// 2025, s.103). Pure.
import { addDays, type IsoDate } from '#kernel';

export const ACKNOWLEDGED_WITHIN_DAYS = 30;
export const ANSWERED_WITHIN_DAYS = 42;

export const THREAD_KINDS = ['question', 'complaint'] as const;
export type ThreadKind = (typeof THREAD_KINDS)[number];

export const THREAD_STATES = ['waiting', 'acknowledged', 'answered'] as const;
export type ThreadState = (typeof THREAD_STATES)[number];

/** What was said so far; days in London. */
export interface ThreadSoFar {
  readonly kind: ThreadKind;
  readonly askedOn: IsoDate;
  readonly acknowledged: boolean;
  readonly answered: boolean;
  /** The day by which the agency said that it answers. */
  readonly promised?: IsoDate | undefined;
}

export interface AnswerClock {
  readonly state: ThreadState;
  /** Of a complaint. */
  readonly acknowledgeBy?: IsoDate;
  readonly answerBy: IsoDate;
  /** The last day of what comes next; absent once it is answered. */
  readonly due?: IsoDate;
  readonly overdue: boolean;
}

const stateOf = ({ acknowledged, answered }: ThreadSoFar): ThreadState => {
  if (answered) return 'answered';
  return acknowledged ? 'acknowledged' : 'waiting';
};

const earlier = (one: IsoDate, other: IsoDate | undefined): IsoDate => (other !== undefined && other < one ? other : one);

/** An agency's own word brings the day forward, and never puts it off. */
export const answerClock = (thread: ThreadSoFar, today: IsoDate): AnswerClock => {
  const { kind, askedOn, promised } = thread;
  const state = stateOf(thread);
  const answerBy = earlier(addDays(askedOn, ANSWERED_WITHIN_DAYS), promised);
  const acknowledgeBy = addDays(askedOn, ACKNOWLEDGED_WITHIN_DAYS);
  const isToAcknowledge = kind === 'complaint' && state === 'waiting' && today <= answerBy;
  const days = { ...(kind === 'complaint' && { acknowledgeBy }), answerBy };
  if (state === 'answered') return { state, ...days, overdue: false };
  const due = isToAcknowledge ? acknowledgeBy : answerBy;
  return { state, ...days, due, overdue: due < today };
};
