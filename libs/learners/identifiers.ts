// What names a learner: a ULN, or an id of the agency's own (contracts.md, Registering; sharing-matrix.md, W7).
import { parseSubject } from '#catalogue';
import { type Rejected, rejected } from '#contribution';
import type { AgencySlug, LearnerId } from '#kernel';

export interface Identifiers {
  readonly uln?: string;
  /** The source's own. */
  readonly localId?: string;
}

/** To be recorded as naming the learner from now on; the same links whatever exists, so that their number tells nothing. */
export type Link =
  { readonly kind: 'uln'; readonly value: string } | { readonly kind: 'local'; readonly agency: AgencySlug; readonly value: string };

export interface Linked {
  readonly outcome: 'accepted';
  /** Absent: a learner whom nobody has registered yet. */
  readonly learner?: LearnerId;
  readonly links: readonly Link[];
  /** Others who were registered with the number, and are not plainly the same: for the data manager. */
  readonly beside: readonly LearnerId[];
}

/** `link-conflict` tells the data manager which learners contradict each other: two, or the one with two ULNs. */
export interface NotLinked extends Rejected {
  readonly between?: readonly LearnerId[];
}

export type Linking = Linked | NotLinked;

export const INVALID_ULN = rejected(
  'invalid-uln',
  'The ULN fails its check: ten digits, the first not zero, the last a check digit. Correct it and send the event again.',
);

/** The same whether nobody registered the learner or the sender may not know of one. */
export const NO_SUCH_LEARNER = rejected(
  'no-such-learner',
  'This subject names no learner whom you work with. Check the identifier, or register the learner first.',
);

export const linkConflict = (says: string, between: readonly LearnerId[]): NotLinked => ({
  ...rejected('link-conflict', says),
  between,
});

/** What the subject alone says. */
export const subjectIdentifiers = (subject: string | undefined): Identifiers => {
  if (subject === undefined) return {};
  const parsed = parseSubject(subject);
  return parsed.kind === 'uln' ? { uln: parsed.uln } : { localId: parsed.localId };
};

export const linksOf = ({ uln, localId }: Identifiers, agency: AgencySlug): readonly Link[] => [
  ...(uln === undefined ? [] : [{ kind: 'uln', value: uln } as const]),
  ...(localId === undefined ? [] : [{ kind: 'local', agency, value: localId } as const]),
];
