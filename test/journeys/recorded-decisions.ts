// The decisions about disclosure that stand in a town's log.
import { DISCLOSURE_DECIDED, type DisclosureDecided, openDecision } from '#disclosure';
import type { RecordedEvent } from '#event-store';
import type { LearnerId, Position } from '#kernel';
import { disclosureStream } from '#learner-file';
import { type Keys, keysOf } from '#privacy';
import type { Town } from './town.ts';

export interface RecordedDecision {
  readonly learner: LearnerId;
  readonly position: Position;
  readonly actor: string;
  readonly decided: DisclosureDecided;
}

/** The broker's own name for the learner. */
export const learnerIdOf = async (town: Town, agency: string, ref: string): Promise<LearnerId> => {
  const { body } = await town.passport(agency, 'plan-learning', ref);
  return town.node.pseudonyms.resolve(agency, body.learner ?? '') ?? '';
};

const opened = (keys: Keys, event: RecordedEvent): RecordedDecision => {
  const { owner = '', actor } = event.meta;
  const decided = openDecision(event, keys);
  if (decided === undefined) throw new Error('The decision was erased.');
  return { learner: owner.replace('learner-', ''), position: event.position, actor, decided };
};

/** About all learners, in the order of the log. */
export const allDecisions = async (town: Town): Promise<readonly RecordedDecision[]> => {
  const events = await town.node.store.readAll({ limit: 100_000 });
  const decisions = events.filter(({ type }) => type === DISCLOSURE_DECIDED);
  const keys = await keysOf(town.node.vault, decisions);
  return decisions.map((event) => opened(keys, event));
};

/** About nobody whom the recipient may know. */
export const refusalsOfNobody = (town: Town): Promise<readonly RecordedEvent[]> => town.node.store.readStream(disclosureStream('nobody'));
