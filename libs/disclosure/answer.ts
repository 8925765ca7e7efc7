// What leaves: the items of an answer, minimised as their clauses say.
import type { Revision } from '#kernel';
import { type Level, MERGED_IDENTITY } from '#sharing-protocols';
import type { PagePlace } from './answer-page.ts';

/** `type` of the identity that the broker merges of what counts of all statements; no agency sends it. */
export const MERGED_IDENTITY_TYPE = `uk.concordat.${MERGED_IDENTITY}.v1`;

/** In place of an item's pairwise id, wherever one is needed to name the merged identity: a learner has one. */
export const MERGED_IDENTITY_ID = 'identity';

/** The same where items are named by their revisions in the learner's stream: no event has it. */
export const MERGED_IDENTITY_REVISION: Revision = -1;

export interface AnswerItem {
  /** Pairwise: another one for each recipient. Absent on the merged identity. */
  readonly id?: string;
  readonly type: string;
  /** `urn:concordat:agency:<slug>`; absent on the merged identity, and where whose it is would tell too much. */
  readonly source?: string;
  readonly category: string;
  /** Of the recipient's own items alone: where they stand in the log; decimal digits. */
  readonly position?: string;
  /** When it happened, as the contributing agency says: RFC 3339 of the recipient's own items, the day in London of others'. */
  readonly time?: string;
  /** `protocol@version#clause`, or `own`. */
  readonly clause: string;
  /** Lawful basis, as `6(1)(e), 9(2)(a)`, or `own`. */
  readonly basis: string;
  readonly level: Level;
  /** The one of the purposes asked for that permitted it; absent for what is the recipient's own. */
  readonly purpose?: string;
  /** Present where it is no longer the current one. */
  readonly status?: 'superseded' | 'rectified' | 'disputed' | 'retracted';
  /** Present where its source does not stand with the learner (sharing-matrix.md, W2). */
  readonly confirmed?: false;
  /** Present where it is disputed. */
  readonly disputed?: true;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly outcome: 'answered';
  /** The recipient's pseudonym for the learner. */
  readonly learner: string;
  readonly items: readonly AnswerItem[];
  /** Behind which a further page begins. */
  readonly next?: PagePlace;
  /** Of the decision in the log: the answer rests on nothing older than what stood before it. */
  readonly position: number;
}

/** The recipient knows the learner, but may see nothing for these purposes. */
export interface NotPermitted {
  readonly outcome: 'not-permitted';
  /** The recipient's pseudonym for the learner. */
  readonly learner: string;
  /** Clauses one of which would have to hold; they follow from recipient and purposes alone, never from what is held. */
  readonly clauses: readonly string[];
  /** Of the refusal in the log. */
  readonly position: number;
}

/** No such learner, or one whom the recipient may not know of: alike. */
export interface NotKnown {
  readonly outcome: 'not-known';
  /** Of the refusal in the log. */
  readonly position: number;
}

export type Disclosure = Answer | NotPermitted | NotKnown;
