// Applications: submitted under a new id, placed by an agency that may know of it.
import type { Contribution, Outcome } from '#contribution';
import { begins, refersTo, type View } from '../references.ts';

/** `reference-taken`. */
export const decideApplicationSubmitted = (contribution: Contribution<'application.submitted'>, view: View): Outcome =>
  begins('application', contribution.data.applicationId, contribution, view);

/** `unknown-reference`. */
export const decideApplicationPlaced = (contribution: Contribution<'application.placed'>, view: View): Outcome =>
  refersTo('application', contribution.data.applicationId, contribution, view);
