// The form in which decisions are stored: sealed under the learner's own key for the category `disclosure`.
import type { NewEvent } from '#event-store';
import type { Instant, LearnerId, Revision } from '#kernel';
import type { Vault } from '#privacy';
import { DISCLOSURE_DECIDED, type DisclosureDecided } from './decision-record.ts';

export const DISCLOSURE_CATEGORY = 'disclosure';
export const DISCLOSURE_REFUSED = 'uk.concordat.disclosure.refused.v1';

interface Origin {
  readonly id: string;
  readonly correlation: string;
  readonly actor: string;
}

const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));

/** A decision about a learner, for its place in the learner's disclosure stream. */
export const disclosureEvent = (
  { learner, ...origin }: Origin & { readonly learner: LearnerId },
  place: { readonly stream: string; readonly revision: Revision },
  decided: DisclosureDecided,
  vault: Vault,
): NewEvent => {
  const key = { owner: `learner-${learner}`, category: DISCLOSURE_CATEGORY };
  return {
    id: origin.id,
    type: DISCLOSURE_DECIDED,
    meta: { actor: origin.actor, correlation: origin.correlation, schema: 1, ...key },
    payload: vault.seal(key, { ...place, type: DISCLOSURE_DECIDED }, bytesOf(decided)),
  };
};

/** A question about nobody whom the recipient may know: whom it named is kept as a blind name alone. */
export const refusalEvent = (
  origin: Origin,
  asked: { readonly ref: string; readonly purposes: readonly string[]; readonly at: Instant },
): NewEvent => ({
  id: origin.id,
  type: DISCLOSURE_REFUSED,
  meta: { actor: origin.actor, correlation: origin.correlation, schema: 1 },
  payload: bytesOf(asked),
});
