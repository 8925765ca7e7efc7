// One handler for all lists: the view proposes, the gate disposes, and only of what it let through rows are made (ADR 0027).
import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { AgencyAsker } from '#access';
import { Query } from '#bus';
import { type AgencySlug, type Instant, type IsoDate, londonDate, type Position } from '#kernel';
import type { AnyList, Chosen, List, ListAsker, Place, ViewReader } from '#read-models';
import { Gate, type InForce, PageCursors, Registers } from '#disclosure';
import { type Asking, gather, type Gathered, type ShownRow } from './list-gathering.ts';
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

export type { ShownRow };

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
export const placeIn = async (cursors: PageCursors, query: ListQuestion<AnyList>, cursor: string): Promise<Place | undefined> => {
  const text = await cursors.listPlaceOf(questionOf(query), cursor);
  const sealed = text === undefined ? undefined : (JSON.parse(text) as Sealed);
  return sealed && sealed.until > query.asked.now ? sealed.place : undefined;
};

/** The asker as the register has it. */
export const readerOf = ({ asker: { agency: slug } }: Pick<ListQuestion, 'asker'>, inForce: InForce): ListAsker => {
  const { roles = [], districts = [] } = inForce.agency(slug) ?? {};
  return { slug, roles, districts };
};

@QueryHandler(AskForList)
export class AskForListHandler implements IQueryHandler<AskForList, ListShown> {
  readonly #asking: Asking;
  readonly #cursors: PageCursors;
  readonly #registers: Registers;

  constructor(
    @Inject(VIEWS) views: ViewReader,
    @Inject(Gate) gate: Gate,
    @Inject(PageCursors) cursors: PageCursors,
    @Inject(Registers) registers: Registers,
  ) {
    this.#asking = { views, gate };
    this.#cursors = cursors;
    this.#registers = registers;
  }

  async execute({ details: query }: AskForList): Promise<ListShown> {
    const { cursor, minPosition } = query.asked;
    const after = cursor === undefined ? undefined : await placeIn(this.#cursors, query, cursor);
    if (cursor !== undefined && after === undefined) return { outcome: 'cursor-invalid' };
    const inForce = this.#registers.inForce(londonDate(query.asked.now));
    const linkAdviserOf = await this.#asking.gate.linkAdvisers();
    const partnership = { duties: inForce.duties, rolesOf: (slug: AgencySlug) => inForce.agency(slug)?.roles ?? [], linkAdviserOf };
    const question = { ...query, reader: readerOf(query, inForce), partnership };
    const gathered = await gather(this.#asking, question, after);
    return gathered.viewPosition < minPosition ? { outcome: 'behind' } : this.#pageOf(query, gathered);
  }

  async #pageOf(query: ListQuestion, { rows, refused, after, position, viewPosition }: Gathered): Promise<ListShown> {
    if (refused) return refused;
    const next = after && (await cursorFor(this.#cursors, query, after));
    const sorted = rows.toSorted((one, other) => query.list.order(one.row, other.row));
    return { outcome: 'answered', rows: sorted, ...(next !== undefined && { next }), position, viewPosition };
  }
}
