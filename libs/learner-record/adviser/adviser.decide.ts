// Advisers: ended by whoever assigned one; and what they learn and do about a programme.
import { accepted, type Contribution, type Outcome, rejected } from '#contribution';
import { entriesOf } from '../entries.ts';
import { refersTo, type View } from '../references.ts';

type OfProgramme = Contribution<'adviser.informed'> | Contribution<'follow-up.made'>;

/** `unknown-reference`. */
export const decideFollowUp = (contribution: OfProgramme, view: View): Outcome =>
  refersTo('programme', contribution.data.programmeId, contribution, view);

const NOBODY = rejected(
  'unknown-reference',
  'You have no adviser of this role for the learner who has not ended. Give the role with which you sent learner.adviser-assigned; only who assigned an adviser ends it.',
);

/** `unknown-reference`: the sender assigned none, or ended it since. */
export const decideAdviserEnded = ({ data, source }: Contribution<'learner.adviser-ended'>, { state }: View): Outcome => {
  const own = entriesOf(state, ['learner.adviser-assigned', 'learner.adviser-ended']).filter(
    ({ head: { item } }) => item.source === source && item.facts['role'] === data.role,
  );
  return own.at(-1)?.head.item.type === 'learner.adviser-assigned' ? accepted() : NOBODY;
};
