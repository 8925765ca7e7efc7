// One handler for all lists: the view proposes, the gate disposes, and only of what it let through rows are made (ADR 0027).
import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { AgencyAsker } from '#access';
import { Query } from '#bus';
import type { Instant, IsoDate, Position } from '#kernel';
import {
  type AnyList,
  type AnyRow,
  type Chosen,
  type List,
  type Place,
  type Proposal,
  type Proposed,
  SeenItems,
  type Via,
  viaOf,
  type ViewReader,
} from '#read-models';
import { Gate, type ListAnswered, type ListInquiry, type ListRow, PageCursors } from '#disclosure';
import { VIEWS } from './egress.tokens.ts';

// The query of a page of a list, and what it comes to (views.md, V1–V6).

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
  /** The asker's pseudonym for the learner; absent where the row is about none. */
  readonly learner?: string;
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

export interface ListQuestion<One extends AnyList = List> {
  readonly list: One;
  readonly asker: AgencyAsker;
  readonly asked: ListAsked;
}

export class AskForList extends Query<ListQuestion, ListShown> {}

// Where the next page of a list begins, sealed to whoever asked and to all that was asked; good for a day (views.md, V5).

const GOOD_FOR_MS = 24 * 60 * 60 * 1000;

interface Sealed {
  readonly until: Instant;
  readonly place: Place;
}

const questionOf = ({
  list,
  asker: { agency },
  asked: { on, purposes, chosen },
}: ListQuestion<AnyList>): { agency: string; asked: string } => ({
  agency,
  asked: JSON.stringify([list.name, on, [...purposes].sort(), Object.entries(chosen).sort()]),
});

export const cursorFor = (cursors: PageCursors, query: ListQuestion<AnyList>, place: Place): Promise<string> => {
  const sealed: Sealed = { until: query.asked.now + GOOD_FOR_MS, place };
  return cursors.ofList(questionOf(query), JSON.stringify(sealed));
};

/** Undefined where the cursor is none of this question, or too old. */
export const placeIn = (cursors: PageCursors, query: ListQuestion<AnyList>, cursor: string): Place | undefined => {
  const text = cursors.listPlaceOf(questionOf(query), cursor);
  const sealed = text === undefined ? undefined : (JSON.parse(text) as Sealed);
  return sealed && sealed.until > query.asked.now ? sealed.place : undefined;
};

@QueryHandler(AskForList)
export class AskForListHandler implements IQueryHandler<AskForList, ListShown> {
  readonly #views: ViewReader;
  readonly #gate: Gate;
  readonly #cursors: PageCursors;

  constructor(@Inject(VIEWS) views: ViewReader, @Inject(Gate) gate: Gate, @Inject(PageCursors) cursors: PageCursors) {
    this.#views = views;
    this.#gate = gate;
    this.#cursors = cursors;
  }

  async execute({ details: query }: AskForList): Promise<ListShown> {
    const { cursor, limit, minPosition } = query.asked;
    const after = cursor === undefined ? undefined : placeIn(this.#cursors, query, cursor);
    if (cursor !== undefined && after === undefined) return { outcome: 'cursor-invalid' };
    const proposed = await query.list.propose(this.#views, { asker: query.asker.agency, limit, ...(after && { after }) });
    if (proposed.position < minPosition) return { outcome: 'behind' };
    const answer = await this.#gate.list(inquiryOf(query, proposed, after));
    return answer.outcome === 'answered' ? this.#pageOf(query, proposed, answer) : answer;
  }

  async #pageOf(query: ListQuestion, { candidates, position: viewPosition }: Proposed, answer: ListAnswered): Promise<ListShown> {
    const { rows, looked, position } = answer;
    const last = looked < candidates.length ? candidates[looked - 1] : undefined;
    const next = last && (await cursorFor(this.#cursors, query, last.place));
    return { outcome: 'answered', rows: rowsOf(query, candidates, rows), ...(next !== undefined && { next }), position, viewPosition };
  }
}

const inquiryOf = (
  { list, asker, asked: { purposes, on, chosen, limit } }: ListQuestion,
  proposed: Proposed,
  after: Place = [],
): ListInquiry => ({
  asker,
  purposes,
  list: list.name,
  items: list.items,
  parameters: { on, ...chosen, after },
  limit,
  candidates: proposed.candidates.slice(0, limit).map(({ place: _, anchor: __, ...candidate }) => candidate),
});

const rowsOf = (
  { list, asked: { on, chosen } }: ListQuestion,
  candidates: readonly Proposal[],
  found: readonly ListRow[],
): readonly ShownRow[] => {
  const told = found.flatMap(({ candidate, learner, localId, items }) => {
    const seen = new SeenItems(items);
    const row: AnyRow | undefined = list.row(seen, on, candidates[candidate]?.anchor);
    return row && list.matches(row, chosen) ? [{ learner, ...(localId !== undefined && { localId }), row, via: viaOf(seen) }] : [];
  });
  return told.sort((one, other) => list.order(one.row, other.row));
};
