// How an event about a learner lies in the log: sealed, with the evidence of who signed it and what the broker judged then.
import type { CloudEvent, Role } from '#catalogue';
import type { Notes } from '#contribution';
import { type RecordedEvent, Upcasts } from '#event-store';
import type { Instant, Revision } from '#kernel';
import { decodePayload, type Vault } from '#privacy';
import { openSealed } from '#privacy/opening';

/** The broker's own note that an assessment was met with one that exists: nothing of the newcomer's content is kept. */
export const REPEAT_AVOIDED = 'uk.concordat.assessment.repeat-avoided.v1';

export interface ExistingAssessment {
  readonly assessmentId: string;
  readonly framework: string;
  readonly domain: string;
  readonly assessedOn: string;
  readonly validUntil: string;
}

/** Sealed beside the event's own bytes. */
export interface ContributionHeader {
  /** When the broker judged it, and the roles that its source held then. */
  readonly t: Instant;
  readonly roles: readonly Role[];
  /** What remains of the signature that covers it (docs/adr/0005). */
  readonly evidence?: unknown;
  /** What was noted on accepting it, such as the assessment beside which it stands apart. */
  readonly notes?: Notes;
  /** Of a repeat: what exists, and the SHA-256 of the newcomer's RFC 8785 form, to tell a duplicate from a conflict. */
  readonly existing?: ExistingAssessment;
  /** With `existing`: where that one is in the learner's stream. */
  readonly existingAt?: Revision;
  readonly digest?: string;
}

export interface OpenedContribution {
  readonly header: ContributionHeader;
  /** Undefined for the broker's own notes. */
  readonly event?: CloudEvent;
}

/** No event that agencies sent has changed its shape yet; what they signed stays as it is, and only what is read of it is led up. */
const upcasts = new Upcasts([]);

/** Opens an event of a learner's stream; undefined where it was erased, or is no sealed event. */
export const openContribution = (event: RecordedEvent, vault: Vault): OpenedContribution | undefined => {
  const { owner, category } = event.meta;
  if (owner === undefined || category === undefined) return undefined;
  const plain = openSealed(vault, { owner, category }, event, event.payload);
  if (!plain) return undefined;
  const { header, bytes } = decodePayload<ContributionHeader>(plain);
  if (bytes.byteLength === 0) return { header };
  return { header, event: upcasts.decode(event.type, event.meta.schema, bytes) as CloudEvent };
};
