// A question about a list: a view proposes candidates, the gate disposes (views.md, V1 and V2).
import type { Asker } from '#access';
import type { LearnerId, Position, Revision } from '#kernel';
import type { StreamPlace } from '#learner-file';
import type { AnswerItem } from '../answer.ts';
import type { RowAsked } from '../decision-record.ts';
import type { Displaced } from '../decide-answer.ts';

/** Somebody who may be on the page, as a view knows. */
export interface ListCandidate {
  readonly learner: LearnerId;
  /**
   * Revisions in the learner's stream: of the kinds named, these events alone. Absent: all of them. The merged identity is none and always
   * looked at.
   */
  readonly only?: readonly Revision[];
  /** Beside `only`: events in other records, looked at as long as these are one person's with the learner. */
  readonly elsewhere?: readonly StreamPlace[];
  /** The one item that makes the row. Absent: any of the kinds that do. */
  readonly anchor?: Revision;
  /** Of the kinds that make rows these events alone, in whichever records of the person. Absent: all of them. */
  readonly making?: readonly StreamPlace[];
  /** The anchor makes no row where one of these stands before it in the record, is not taken back, and may be shown. */
  readonly unlessAfter?: readonly StreamPlace[];
  /** The anchor was taken back since its list was published, and the row tells that. */
  readonly isTakenBack?: true;
}

/** What was asked, as it is recorded: plain data, so that it can be decided again. */
export interface ListQuestion {
  /** Name of the list, such as `caseload`. */
  readonly list: string;
  readonly purposes: readonly string[];
  /** Why an officer opens records inside a rights task. */
  readonly reason?: string;
  /** Of which kinds of items a row is made. */
  readonly items: Pick<RowAsked, 'anchor' | 'beside'>;
  /** Filters, `on`, cursor: whatever else was asked. Recorded, sealed, and of no effect here. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Most rows: 0 to 500. */
  readonly limit: number;
}

export interface ListInquiry extends ListQuestion {
  readonly asker: Asker;
  /** In the order of the list. */
  readonly candidates: readonly ListCandidate[];
  /** Of a list that has one row a person, behind its first page. */
  readonly walk?: Walk;
  /** Where all candidates are decided, and the page is cut from the order of what their rows show. */
  readonly arrangement?: Arrangement;
}

/** The order of a list that rests on what its rows show. */
export interface Arrangement {
  /** Where more may be shown than that, the page is as its view proposes it. */
  readonly most: { readonly learners: number; readonly rows: number };
  /** Pure. Of all rows that may be shown, which are on the page. */
  pageOf(rows: readonly ListRow[]): ArrangedPage;
}

export interface ArrangedPage {
  /** In the order of the page. */
  readonly candidates: readonly number[];
  /** Whether there is a further row behind them. */
  readonly more: boolean;
}

/** A walk through the pages of a list that has one row a person: whoever has several records is on one of them (views.md, V14). */
export interface Walk {
  /** Not behind the first decision of the walk in the log. */
  readonly since: Position;
  readonly order: RecordsInOrder;
}

/** Which of one person's records the list's view proposes first. */
export interface RecordsInOrder {
  /** Undefined: one of the two was not looked up yet. */
  isBefore(record: LearnerId, other: LearnerId): boolean | undefined;
  lookUp(record: LearnerId): Promise<unknown>;
}

export interface LearnerNamed {
  /** The asker's pseudonym for the learner; to the data manager and the operator the broker's own id. */
  readonly learner: string;
  /** The asking agency's own id, where it linked one. */
  readonly localId?: string;
}

export interface ListRow extends LearnerNamed {
  /** Place among the candidates. */
  readonly candidate: number;
  /** Where the item that makes the row stands, where the candidate said which: in a record made of several streams it has another place. */
  readonly anchor?: Revision;
  /** What the asker may see, by revision in the learner's stream, which is not to be told; the merged identity has -1. */
  readonly items: ReadonlyMap<Revision, AnswerItem>;
  /** Of the asker's own advisers among them, those whose place another agency's has taken, and since when. */
  readonly displaced: Displaced;
}

export interface ListAnswered {
  readonly outcome: 'answered';
  readonly rows: readonly ListRow[];
  /** How many candidates were looked at: behind them the next page begins. */
  readonly looked: number;
  /** Whether a candidate behind them makes a further row; of an arranged page, whether its order has one. */
  readonly more: boolean;
  /** Whether the page is cut from the order of all rows. */
  readonly isArranged: boolean;
  /** Of the decision in the log. */
  readonly position: Position;
}

/** No clause could serve this asker for these purposes, and nothing is its own. */
export interface ListNotPermitted {
  readonly outcome: 'not-permitted';
  /** On which it could be served lists, for whatever purpose; they follow from the asker and the protocols alone. */
  readonly clauses: readonly string[];
  /** Nothing was shown since there was room for no row: there is one, of the asker's own. */
  readonly more?: true;
  readonly position: Position;
}

export type ListAnswer = ListAnswered | ListNotPermitted;
