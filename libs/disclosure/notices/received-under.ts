// Who was shown what under a consent, as the recorded decisions tell: reads and feeds alike.
import type { EventStore, RecordedEvent } from '#event-store';
import type { AgencySlug, LearnerId, Position, Revision } from '#kernel';
import { disclosureStream, learnerStream } from '#learner-file';
import type { Vault } from '#privacy';
import { DISCLOSURE_DECIDED, type DisclosureDecided } from '../decision-record.ts';

export interface ReceivedParts {
  readonly store: EventStore;
  readonly vault: Vault;
}

/**
 * By recipient, positions of the items, ascending. A decision that rests on a consent stands before its withdrawal, since it was appended
 * on the condition that the learner's stream had not moved: whoever has read the withdrawal finds them all.
 */
export const receivedUnder = async (parts: ReceivedParts, learner: LearnerId, consentId: string): Promise<ReadonlyMap<AgencySlug, readonly Position[]>> => {
  const byRecipient = new Map<AgencySlug, Set<Revision>>();
  for (const stored of await parts.store.readStream(disclosureStream(learner))) {
    const decided = decisionIn(stored, parts.vault);
    if (decided) add(byRecipient, decided, consentId);
  }
  const positions = await positionsOf(parts.store, learner, [...byRecipient.values()].flatMap((revisions) => [...revisions]));
  return new Map([...byRecipient].map(([recipient, revisions]) => [recipient, [...revisions].map((revision) => positions(revision)).sort((a, b) => a - b)]));
};

const add = (byRecipient: Map<AgencySlug, Set<Revision>>, { recipient, outcome, permitted }: DisclosureDecided, consentId: string): void => {
  const shown = outcome === 'answered' ? permitted.filter(({ consent }) => consent?.id === consentId).flatMap(({ items }) => items) : [];
  if (shown.length > 0) byRecipient.set(recipient, new Set([...(byRecipient.get(recipient) ?? []), ...shown]));
};

/** Undefined for refusals about nobody, and for what was erased. */
const decisionIn = (stored: RecordedEvent, vault: Vault): DisclosureDecided | undefined => {
  const { owner, category } = stored.meta;
  if (stored.type !== DISCLOSURE_DECIDED || owner === undefined || category === undefined) return undefined;
  const plain = vault.open({ owner, category }, stored, stored.payload);
  return plain && (JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString()) as DisclosureDecided);
};

const positionsOf = async (store: EventStore, learner: LearnerId, revisions: readonly Revision[]): Promise<(revision: Revision) => Position> => {
  if (revisions.length === 0) return () => 0;
  const from = revisions.reduce((a, b) => Math.min(a, b));
  const last = revisions.reduce((a, b) => Math.max(a, b));
  const events = await store.readStream(learnerStream(learner), { from, limit: last - from + 1 });
  return (revision) => events[revision - from]?.position ?? 0;
};
