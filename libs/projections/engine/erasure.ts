// Erasure as views see it: what was taken from opened data goes, so that a view rebuilt afterwards, unable to open it, is identical.
import { learnerOfStream } from '#learner-file';
import type { LearnerId } from '#kernel';
import type { ProjectedEvent } from './projected-event.ts';

/**
 * The keys of a learner's data, of one category or of all, are destroyed; clear payload `Erased`. It is appended once they are, so that
 * whatever they sealed stands before it: until then, a view made anew may lack what the present one took from opened data.
 */
export const ERASED = 'uk.concordat.learner.erased.v1';

export interface Erased {
  /** `learner-<uuid>`, as keys name it. */
  readonly owner: string;
  /** Absent: all categories. */
  readonly category?: string;
}

/** What an event of type `ERASED` says; undefined where the owner is no learner. */
export const erasureIn = (event: ProjectedEvent): { readonly learner: LearnerId; readonly category?: string } | undefined => {
  const { owner = '', category } = event.content<Erased>() ?? {};
  const learner = learnerOfStream(owner);
  if (learner === undefined) return undefined;
  return category === undefined ? { learner } : { learner, category };
};
