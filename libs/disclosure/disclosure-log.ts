// The form in which decisions are stored: sealed under the learner's own key for the category `disclosure`.
import type { RecordedEvent } from '#event-store';
import type { LearnerId } from '#kernel';
import type { Vault } from '#privacy';
import { openSealed } from '#privacy/opening';
import type { PlainEvent } from '#unit-of-work';
import { DISCLOSURE_DECIDED, type DisclosureDecided } from './decision-record.ts';

export const DISCLOSURE_CATEGORY = 'disclosure';

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

/** Undefined where the learner was erased. Throws `VaultError`. */
export const openDecision = (event: RecordedEvent, vault: Vault): DisclosureDecided | undefined => {
  const { owner = '', category = '' } = event.meta;
  const plain = openSealed(vault, { owner, category }, event, event.payload);
  return plain && (JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString()) as DisclosureDecided);
};
