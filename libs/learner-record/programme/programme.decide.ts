// Programmes: begun by the agency that runs them, spoken of by those who may know of them.
import type { Contribution, Outcome } from '#contribution';
import { begins, refersTo, type View } from '../references.ts';

type OfProgramme =
  | Contribution<'programme.agreed'>
  | Contribution<'programme.queried'>
  | Contribution<'programme.signed-off'>
  | Contribution<'attendance.concern'>;

/** `reference-taken`. */
export const decideProgrammeStarted = (contribution: Contribution<'programme.started'>, view: View): Outcome =>
  begins('programme', contribution.data.programmeId, contribution, view);

/** `unknown-reference`. */
export const decideOfProgramme = (contribution: OfProgramme, view: View): Outcome =>
  refersTo('programme', contribution.data.programmeId, contribution, view);
