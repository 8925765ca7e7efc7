// Invariant 10: a recorded decision, decided again on what the log held then, comes out the same.
import { AGENCIES_STREAM, AgencyRegister } from '#agencies';
import type { Catalogue } from '#catalogue';
import type { EventStore } from '#event-store';
import { type Clock, type LearnerId, londonDate } from '#kernel';
import { LearnerStreams, LINK_ADVISERS, learnerStream } from '#learner-file';
import type { RecordItem } from '#learner-record';
import type { Vault } from '#privacy';
import { PROTOCOLS_STREAM, ProtocolRegister } from '#sharing-protocols';
import { decideAnswer, groupPermitted, groupRefused, outcomeOf, type Standing } from './decide-answer.ts';
import type { DecisionInputs, DisclosureDecided } from './decision-record.ts';
import { Registers } from './in-force.ts';
import { pastLog } from './past-log.ts';

export interface ReplayParts {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly catalogue: Catalogue;
  /** Which items a recorded `asked` took. */
  readonly wantedBy: (asked: string) => (item: RecordItem) => boolean;
}

export type Replayed = Pick<DisclosureDecided, 'outcome' | 'permitted' | 'refused'>;

/** What the decision about this learner comes to again. What was erased since is missing. Throws where the recipient was no agency. */
export const replayDecision = async (parts: ReplayParts, learner: LearnerId, inputs: DecisionInputs): Promise<Replayed> => {
  const standing = await standingThen(parts, learner, inputs);
  const { purposes, route, page, asked } = inputs;
  const answer = decideAnswer(standing, { purposes, route, page, wants: parts.wantedBy(asked) });
  return { outcome: outcomeOf(standing, answer), permitted: groupPermitted(answer.permitted), refused: groupRefused(answer.refused) };
};

const standingThen = async ({ store, vault, catalogue }: ReplayParts, learner: LearnerId, inputs: DecisionInputs): Promise<Standing> => {
  const { at, recipient } = inputs;
  const stream = learnerStream(learner);
  const past = pastLog(
    store,
    new Map([
      [stream, inputs.learner],
      [LINK_ADVISERS, inputs.linkAdvisers],
      [AGENCIES_STREAM, inputs.agencies],
      [PROTOCOLS_STREAM, inputs.protocols],
    ]),
  );
  const inForce = (await registersOf(past, { now: () => at })).inForce(londonDate(at));
  const agency = inForce.agency(recipient);
  if (!agency) throw new Error('The recipient of a recorded decision is no agency: the log does not fit together.');
  const streams = new LearnerStreams({ store: past, vault, catalogue, learners: 1 });
  const { state: file, revision } = await streams.files.load(stream);
  const { state: linkAdvisers } = await streams.linkAdvisers.load(LINK_ADVISERS);
  return { agency, file, revision, inForce, linkAdvisers, at };
};

const registersOf = async (past: EventStore, clock: Clock): Promise<Registers> =>
  new Registers(await AgencyRegister.open(past, clock), await ProtocolRegister.open(past, clock));
