// Invariant 10: a recorded decision, decided again on what the log held then, comes out the same.
import { askerRecorded } from '#access';
import type { LearnerId } from '#kernel';
import { decideAnswer, outcomeOf } from './decide-answer.ts';
import type { DecisionInputs, DisclosureDecided } from './decision-record.ts';
import { groupPermitted, groupRefused } from './grounds.ts';
import { type PastParts, pastOf } from './past.ts';
import { wantedThen } from './questions.ts';

export type Replayed = Pick<DisclosureDecided, 'outcome' | 'permitted' | 'refused'>;

/** What the decision about this learner comes to again. What was erased since is missing. Throws where the recipient was nobody then. */
export const replayDecision = async (parts: PastParts, learner: LearnerId, inputs: DecisionInputs): Promise<Replayed> => {
  const past = await pastOf(parts, inputs);
  const reader = past.reader(askerRecorded(inputs.recipient, learner));
  const context = { ...(await past.learner(learner, inputs.learner)), reader };
  const { purposes, route, page, reason } = inputs;
  const answer = decideAnswer(context, { purposes, ...(reason === undefined ? {} : { reason }), route, page, wants: wantedThen(inputs) });
  return { outcome: outcomeOf(context, answer), permitted: groupPermitted(answer.permitted), refused: groupRefused(answer.refused) };
};
