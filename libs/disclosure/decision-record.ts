// What the log keeps of every disclosure and every refusal: one event for an answer, its items by reference (invariant 5).
import type { AgencySlug, Instant, Revision } from '#kernel';
import type { StreamPlace } from '#learner-file';
import type { ClauseName, Lack, Level, Route } from '#sharing-protocols';
import type { AnswerPage } from './answer.ts';

export const DISCLOSURE_DECIDED = 'uk.concordat.disclosure.decided.v1';

/** Items permitted on the same ground. */
export interface PermittedItems {
  readonly clause: ClauseName;
  readonly level: Level;
  /** As `6(1)(e)`, with the Art 9 or Art 10 condition behind it; `own` for what the recipient contributed itself. */
  readonly basis: string;
  readonly purpose?: string;
  readonly consent?: { readonly id: string; readonly revision: Revision };
  /** Names of the fields shown, where not all were. */
  readonly fields?: readonly string[];
  /** Revisions in the learner's stream. */
  readonly items: readonly Revision[];
}

/** Items refused for the same reason: that of the clause which came nearest. */
export interface RefusedItems {
  readonly lacks: Lack;
  readonly clause?: ClauseName;
  readonly items: readonly Revision[];
}

/** Which items make a row of a list: kinds by their short types, `learner.identity` for the merged identity. */
export interface RowAsked {
  /** Without one of these there is no row. */
  readonly anchor: readonly string[];
  /** What else may stand in it: refused, it is as if it were not there. */
  readonly beside: readonly string[];
  /** Of these kinds the events at these revisions alone. Absent: all of them. */
  readonly only?: readonly Revision[];
  /** Of the kinds that make rows the events at these revisions alone. Absent: all of them. */
  readonly making?: readonly Revision[];
  /** Of a row that tells of what was taken back since its list was published: that event. */
  readonly takenBack?: Revision;
  /** Of the list `ties` alone: who has to do with the learner, as a view knows; a row is made of those who wait, and of no item. */
  readonly parties?: readonly AgencySlug[];
}

/** Of which items a document is made: kinds by their short types, of these categories alone where they are named. */
export interface DocumentAsked {
  /** Absent: whatever their type. */
  readonly types?: readonly string[];
  readonly categories?: readonly string[];
  /** The events at these revisions alone. Absent: all of them. */
  readonly only?: readonly Revision[];
  /** Whatever else was asked, such as the day. Recorded, sealed, and of no effect on what is decided. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Whose tie with the learner waits for a voucher. */
export interface WaitingParty {
  readonly agency: AgencySlug;
  /** What it would be, were somebody to vouch for it. */
  readonly relationships: readonly string[];
}

/** All that is needed to decide the same again. */
export interface DecisionInputs {
  readonly recipient: AgencySlug;
  readonly staff?: string;
  /** A learner asked, and about somebody else. */
  readonly another?: true;
  /** `any` on a feed: each item cites the one that permitted it. */
  readonly purposes: readonly string[] | 'any';
  /** Of an officer inside a rights task. */
  readonly reason?: string;
  readonly route: Route;
  /** Which items were asked for, such as `passport`; `feed` for all that a feed holds; of a row the list's name, of a document its own. */
  readonly asked: string;
  /** Of a document alone. */
  readonly document?: DocumentAsked;
  /** Of a row of a list alone. */
  readonly row?: RowAsked;
  /** Where the page began and how long it might be. */
  readonly page: AnswerPage;
  /** On a feed: decided was what was recorded after this revision, for all else was to be shown as before. Absent: everything. */
  readonly since?: Revision;
  readonly at: Instant;
  /** Revisions of the learner's stream, of the registers and of the link advisers as they stood. */
  readonly learner: Revision;
  /** Where the record was made of other streams too: of which, and how far they were (ADR 45). */
  readonly united?: readonly StreamPlace[];
  readonly agencies: Revision;
  readonly protocols: Revision;
  readonly linkAdvisers: Revision;
}

/** Of what left by a decision, nothing of what it says: whose, of which kind, on which basis, and whether it relied on a consent. */
export type Given = readonly [source: AgencySlug, category: string, basis: string, relied?: 'consent'];

export interface DisclosureDecided extends DecisionInputs {
  readonly outcome: 'answered' | 'not-permitted' | 'not-known';
  readonly permitted: readonly PermittedItems[];
  readonly refused: readonly RefusedItems[];
  /** Who gave what, each once; absent where nothing left that others contributed. */
  readonly given?: readonly Given[];
  /** In a row of `ties` alone: who was told to wait. */
  readonly waiting?: readonly WaitingParty[];
  /** On a feed alone. */
  readonly changes?: FeedChanges;
}

/** What a feed's decision changes: the rest of what it permits was sent before. */
export interface FeedChanges {
  /** Revisions in the learner's stream of what is sent, for the first time or otherwise than before. */
  readonly sent: readonly Revision[];
  /** Of what the recipient is told to delete. */
  readonly withdrawn: readonly Revision[];
  /** Ids of notices sent, and of those that are settled. */
  readonly noticesSent?: readonly string[];
  readonly noticesSettled?: readonly string[];
  /** Of duties told to be overdue, and of those that are so no more: the trigger's revision, the protocol and the duty. */
  readonly dutiesOverdue?: readonly string[];
  readonly dutiesDone?: readonly string[];
}
