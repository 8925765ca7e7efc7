// The query of a page of a list, and what it comes to (views.md, V1–V6).
import type { AgencyAsker } from '#access';
import { Query } from '#bus';
import type { Instant, IsoDate, Position } from '#kernel';
import type { AnyRow, Chosen, List, Via } from '#read-models';

/** Rows of a page. */
export const USUAL_LIMIT = 100;
export const MOST_ROWS = 200;

export interface ListAsked {
  readonly purposes: readonly string[];
  /** The day of which states and terms are told. */
  readonly on: IsoDate;
  readonly chosen: Chosen;
  readonly limit: number;
  /** The `next` of the page before, as it came. */
  readonly cursor?: string;
  /** The view must be as far at least. */
  readonly minPosition: Position;
  readonly now: Instant;
}

export interface ShownRow {
  /** The asker's pseudonym for the learner. */
  readonly learner: string;
  /** Its own id, where it linked one. */
  readonly localId?: string;
  readonly row: AnyRow;
  readonly via: readonly Via[];
}

export interface ListPage {
  readonly outcome: 'answered';
  readonly rows: readonly ShownRow[];
  readonly next?: string;
  /** Of the decision, and up to which the view had taken in the log. */
  readonly position: Position;
  readonly viewPosition: Position;
}

/** `behind`: the view has not come to the position asked for; nothing was looked at, nor with a cursor that is none. */
export type ListShown =
  | ListPage
  | { readonly outcome: 'not-permitted'; readonly clauses: readonly string[]; readonly position: Position }
  | { readonly outcome: 'cursor-invalid' | 'behind' };

export interface ListQuestion {
  readonly list: List;
  readonly asker: AgencyAsker;
  readonly asked: ListAsked;
}

export class AskForList extends Query<ListQuestion, ListShown> {}
