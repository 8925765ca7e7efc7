// Look and judge: what the events of messages are judged by and is not in memory, and, once nothing is missing, what they come to.
import { Draft, type Missing } from '#unit-of-work';
import { judgeMessage } from './judge-message.ts';
import { missingFor } from './look.ts';
import type { JudgedEvent, Session } from './session.ts';
import type { Verdict } from './verdict.ts';

/** Events of one sender, read and found well formed or not. */
export interface MessageToJudge {
  readonly events: readonly JudgedEvent[];
  readonly of: Pick<Session, 'agency' | 'reachesSender' | 'correlation'>;
}

/** All that judging goes by beside the messages: one moment, the registers as they stand then, and what is in memory. */
export type Circumstances = Omit<Session, 'draft' | 'recordedHere' | keyof MessageToJudge['of']>;

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
