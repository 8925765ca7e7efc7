// What the learner put to agencies, and what answers it: an answer of nobody but whoever was asked is taken.
import type { AgencySlug } from '#kernel';
import type { ItemFacts } from '#sharing-protocols';
import type { RecordState } from './entries.ts';

const ASKED: readonly string[] = ['question.asked', 'complaint.made'];

/** Whether it is a question or a complaint of the learner's that is put to this agency. */
export const isPutTo = ({ type, facts }: Pick<ItemFacts, 'type' | 'facts'>, agency: AgencySlug): boolean =>
  ASKED.includes(type) && facts['about'] === agency;

const ANSWERS: readonly string[] = ['question.answered', 'complaint.acknowledged', 'complaint.answered'];

/** Whether it answers what the learner put to its source: nobody else's is taken. */
export const answersLearner = ({ type }: Pick<ItemFacts, 'type'>): boolean => ANSWERS.includes(type);

/** Whether the learner put anything to the agency: whoever was asked may be told of it, and answer. */
export const wasAsked = (state: RecordState, agency: AgencySlug): boolean => state.heads.some(({ item }) => isPutTo(item, agency));
