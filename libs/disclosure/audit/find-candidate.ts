// What an officer looks for by a word, and what the word may name.
import type { OfficeAsker } from '#access';
import type { AgencySlug, LearnerId, Position } from '#kernel';
import { consentNamed, type ConsentsKnown } from './audit-consents.ts';

/** Learners each once, the latest first. */
export interface FindIndex {
  /** Whose consents were given or refused under an id: by one agency alone, or of learners alone who have to do with one. */
  readonly consents: (asked: {
    readonly id: string;
    readonly source?: AgencySlug;
    readonly knownTo?: AgencySlug;
    readonly limit: number;
  }) => Promise<readonly LearnerId[]>;
  /** At whom a member of an agency's staff looked. */
  readonly lookedAt: (asked: {
    readonly agency: AgencySlug;
    readonly staff: string;
    readonly limit: number;
  }) => Promise<readonly LearnerId[]>;
}

export interface ToFind {
  readonly asker: OfficeAsker;
  readonly query: string;
  /** For a consent's id and for a member of staff: of whom. Absent: of whomever. */
  readonly learner?: string;
  readonly index: FindIndex;
}

export type FoundThing =
  | { readonly kind: 'learner' }
  | { readonly kind: 'decision'; readonly decision: Position }
  | { readonly kind: 'consent'; readonly consent: string }
  | { readonly kind: 'event'; readonly event: Position; readonly type: string; readonly category?: string }
  | { readonly kind: 'staff'; readonly staff: string };

/** Something that the word may name, to be looked up once it is recorded that it was asked. */
export interface Candidate {
  readonly learner: LearnerId;
  readonly thing: (known: ConsentsKnown) => FoundThing | undefined;
}

export const consentCalled =
  (query: string): Candidate['thing'] =>
  (known) => {
    const one = consentNamed(known, query);
    return one && { kind: 'consent', consent: one.name };
  };

/** Of whom a decision tells that is an affair of whoever asks. */
export const staffCalled =
  (query: string): Candidate['thing'] =>
  ({ seen }) =>
    seen.some(({ shown }) => shown?.staff === query) ? { kind: 'staff', staff: query } : undefined;
