// What advisers learn and do about a programme.
import type { Contribution, Outcome } from '#contribution';
import { refersTo, type View } from '../references.ts';

type OfProgramme = Contribution<'adviser.informed'> | Contribution<'follow-up.made'>;

/** `unknown-reference`. */
export const decideFollowUp = (contribution: OfProgramme, view: View): Outcome =>
  refersTo('programme', contribution.data.programmeId, contribution, view);
