// A recorded decision about a learner, decided again on what the log held then.
import { askerRecorded } from '#access';
import type { LearnerId } from '#kernel';
import { decideAnswer, outcomeOf, type AccessContext } from './decide-answer.ts';
import type { DecisionInputs, DisclosureDecided } from './decision-record.ts';
import { groupPermitted, groupRefused } from './disclosure-log.ts';
import { waitingParties } from './lists/waiting-parties.ts';
import { type PastParts, pastOf } from './past.ts';
import { wantedThen } from './questions.ts';

export type Replayed = Pick<DisclosureDecided, 'outcome' | 'permitted' | 'refused' | 'waiting'>;

/** A learner whom no record is about. */
const NOBODY: LearnerId = '';

/** What the decision about this learner comes to again. What was erased since is missing. Throws where the recipient was nobody then. */
export const replayDecision = async (parts: PastParts, learner: LearnerId, inputs: DecisionInputs): Promise<Replayed> => {
  const past = await pastOf(parts, inputs);
  const reader = past.registered(askerRecorded(inputs.recipient, inputs.another ? NOBODY : learner));
  if (reader === undefined) throw new Error('Who asked in a recorded decision was nobody then: the log does not fit together.');
  const context = { ...(await past.learner(learner, inputs.learner, inputs.united)), reader };
  const parties = inputs.row?.parties;
  return parties === undefined ? decidedAgain(context, inputs) : waitingAgain(context, parties);
};

const decidedAgain = (context: AccessContext, inputs: DecisionInputs): Replayed => {
  const { purposes, route, page, reason, row } = inputs;
  const why = {
    purposes,
    ...(reason === undefined ? {} : { reason }),
    ...(row?.takenBack === undefined ? {} : { takenBack: row.takenBack }),
  };
  const answer = decideAnswer(context, { ...why, route, page, wants: wantedThen(inputs) });
  return { outcome: outcomeOf(context, answer, route), permitted: groupPermitted(answer.permitted), refused: groupRefused(answer.refused) };
};

const waitingAgain = (context: AccessContext, parties: readonly string[]): Replayed => ({
  outcome: 'answered',
  permitted: [],
  refused: [],
  waiting: waitingParties(context, parties),
});
