// What leaves: the items of an answer, minimised as their clauses say.
import type { Level } from '#sharing-protocols';

export interface AnswerItem {
  /** The contributing agency's own message id. */
  readonly id: string;
  readonly type: string;
  /** `urn:concordat:agency:<slug>`. */
  readonly source: string;
  readonly category: string;
  /** In the log; decimal digits. */
  readonly position: string;
  /** When it happened, as the contributing agency says; RFC 3339. */
  readonly time: string;
  /** `protocol@version#clause`, or `own`. */
  readonly clause: string;
  /** Lawful basis, as `6(1)(e), 9(2)(a)`, or `own`. */
  readonly basis: string;
  readonly level: Level;
  /** The one of the purposes asked for that permitted it; absent for what is the recipient's own. */
  readonly purpose?: string;
  /** Present where it is no longer the current one. */
  readonly status?: 'superseded' | 'rectified' | 'disputed';
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Answer {
  readonly outcome: 'answered';
  /** The recipient's pseudonym for the learner. */
  readonly learner: string;
  readonly items: readonly AnswerItem[];
  /** Where a further page begins. */
  readonly next?: number;
  /** Of the decision in the log: the answer rests on nothing older than what stood before it. */
  readonly position: number;
}

/** The recipient knows the learner, but may see nothing for these purposes. */
export interface NotPermitted {
  readonly outcome: 'not-permitted';
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
