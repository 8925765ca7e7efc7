// The form in which decisions are stored: sealed under the learner's own key for the category `disclosure`.
import type { NewEvent, RecordedEvent } from '#event-store';
import type { LearnerId, Revision } from '#kernel';
import type { Vault } from '#privacy';
import { openSealed } from '#privacy/opening';
import { DISCLOSURE_DECIDED, type DisclosureDecided } from './decision-record.ts';

export const DISCLOSURE_CATEGORY = 'disclosure';

interface Origin {
  readonly id: string;
  readonly correlation: string;
  readonly actor: string;
}

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
    payload: vault.seal(key, { ...place, type: DISCLOSURE_DECIDED }, Buffer.from(JSON.stringify(decided))),
  };
};

/** Undefined where the learner was erased. Throws `VaultError`. */
export const openDecision = (event: RecordedEvent, vault: Vault): DisclosureDecided | undefined => {
  const { owner = '', category = '' } = event.meta;
  const plain = openSealed(vault, { owner, category }, event, event.payload);
  return plain && (JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString()) as DisclosureDecided);
};
