// The form in which decisions are stored: sealed under the learner's own key for the category `disclosure`.
import type { Instant, LearnerId } from '#kernel';
import type { PlainEvent } from '#unit-of-work';
import { DISCLOSURE_DECIDED, type DisclosureDecided } from './decision-record.ts';

export const DISCLOSURE_CATEGORY = 'disclosure';
export const DISCLOSURE_REFUSED = 'uk.concordat.disclosure.refused.v1';

interface Origin {
  readonly id: string;
  readonly correlation: string;
  readonly actor: string;
}

/** A decision about a learner, for the learner's disclosure stream. */
export const disclosureEvent = (
  { id, correlation, actor, learner }: Origin & { readonly learner: LearnerId },
  decided: DisclosureDecided,
): PlainEvent => ({
  id,
  type: DISCLOSURE_DECIDED,
  meta: { actor, correlation, schema: 1, owner: `learner-${learner}`, category: DISCLOSURE_CATEGORY },
  content: { json: decided },
});

/** A question about nobody whom the recipient may know: whom it named is kept as a blind name alone. */
export const refusalEvent = (
  { id, correlation, actor }: Origin,
  asked: { readonly ref: string; readonly purposes: readonly string[]; readonly at: Instant },
): PlainEvent => ({ id, type: DISCLOSURE_REFUSED, meta: { actor, correlation, schema: 1 }, content: { json: asked } });
