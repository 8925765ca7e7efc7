// The same message id again: a duplicate where the content is equal in its RFC 8785 form, else a conflict (invariant 3).
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { RecordedEvent } from '#event-store';
import type { LearnerId, Revision } from '#kernel';
import { learnerOfStream, openContribution, type OpenedContribution } from '#learner-file';
import type { Session } from './session.ts';
import type { ToldOfExisting, Verdict } from './verdict.ts';

/** SHA-256 of the canonical form, base64url. */
export const contentDigest = (event: unknown): string => createHash('sha256').update(canonicalForm(event)).digest('base64url');

export const canonicalForm = (event: unknown): string => canonicalize(event) ?? '';

/** `first` is what the log holds under the id. Where that was erased nothing can be compared, and nothing new is recorded either. */
export const judgeRepeat = (session: Session, event: unknown, first: RecordedEvent): Verdict => {
  const opened = openContribution(first, session.vault);
  if (opened && !isSame(opened, event)) return { outcome: 'conflict' };
  const learner = learnerOfStream(first.stream);
  const { existing, existingAt } = opened?.header ?? {};
  return {
    outcome: 'duplicate',
    eventId: first.id,
    position: first.position,
    ...(learner === undefined ? {} : { learner }),
    ...(existing === undefined || learner === undefined ? {} : { existing, ...toldOf(session, learner, existingAt) }),
  };
};

/**
 * Whether the sender may be told of the assessment that exists, as things stand now, and read it. Each time it is told is a look of its
 * own; where nobody is told, as the receipt does not reach the sender, nothing is recorded.
 */
export const toldOf = (session: Session, learner: LearnerId, existing: Revision | undefined): ToldOfExisting => {
  const { tellsSender, gate, agency } = session;
  if (!tellsSender || existing === undefined) return { mayKnow: false, mayRead: false };
  return gate.existing({ asker: { agency: agency.slug }, learner, existing }, session);
};

const isSame = ({ header, event: first }: OpenedContribution, event: unknown): boolean =>
  first === undefined ? header.digest === contentDigest(event) : canonicalForm(first) === canonicalForm(event);
