// One handler for all lists: the view proposes, the gate disposes, and only of what it let through rows are made (ADR 0027).
import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type Asker, recordedAs } from '#access';
import { Query } from '#bus';
import type { Instant, IsoDate, Position } from '#kernel';
import { type AnyList, type Chosen, type List, periodAsked, type Place } from '#read-models';
import type { Periods } from '#reports';
import { PageCursors } from '#disclosure';
import { AskingLists } from './asking-lists.service.ts';
import type { From, Gathered, ShownRow } from './list-rows.ts';

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
  readonly now: Instant;
}

export type { ShownRow };

/** Of which period of a list that closes a page is, and how it stands with it. */
export interface PeriodShown {
  readonly period: string;
  readonly status: 'open' | 'verified' | 'published';
  readonly closesAt: Instant;
  /** How many events were left out of what was published, since somebody doubts them. */
  readonly excluded: number;
}

export interface ListPage {
  readonly outcome: 'answered';
  readonly rows: readonly ShownRow[];
  readonly next?: string;
  /** Of the decision, and up to which the view had taken in the log. */
  readonly position: Position;
  readonly viewPosition: Position;
  readonly period?: PeriodShown;
  /** Of a list whose order rests on what its rows show: over all pages, or within this one. */
  readonly order?: 'whole' | 'page';
}

/** `cursor-invalid`: nothing was looked at. */
export type ListShown =
  | ListPage
  | { readonly outcome: 'not-permitted'; readonly clauses: readonly string[]; readonly position: Position }
  | { readonly outcome: 'cursor-invalid' };

export interface ListQuestion<One extends AnyList = List, Who extends Asker = Asker> {
  readonly list: One;
  readonly asker: Who;
  readonly asked: ListAsked;
}

export class AskForList extends Query<ListQuestion, ListShown> {}

// Where the next page of a list begins, sealed to whoever asked and to all that was asked; good for a day (views.md, V5).

const GOOD_FOR_MS = 24 * 60 * 60 * 1000;

/** Behind which a page begins, and its walk. */
export interface Begins {
  readonly place: Place;
  readonly since?: Position | undefined;
  readonly isRanked?: true | undefined;
}

interface Sealed extends Begins {
  readonly until: Instant;
}

const questionOf = ({ list, asker, asked: { on, purposes, chosen } }: ListQuestion<AnyList>): { agency: string; asked: string } => ({
  agency: recordedAs(asker),
  asked: JSON.stringify([list.name, on, [...purposes].sort(), Object.entries(chosen).sort()]),
});

export const cursorFor = (cursors: PageCursors, query: ListQuestion<AnyList>, begins: Begins): Promise<string> => {
  const sealed: Sealed = { until: query.asked.now + GOOD_FOR_MS, ...begins };
  return cursors.ofList(questionOf(query), JSON.stringify(sealed));
};

/** Undefined where the cursor is none of this question, or too old. */
export const placeIn = async (cursors: PageCursors, query: ListQuestion<AnyList>, cursor: string): Promise<Begins | undefined> => {
  const text = await cursors.listPlaceOf(questionOf(query), cursor);
  const sealed = text === undefined ? undefined : (JSON.parse(text) as Sealed);
  return sealed && sealed.until > query.asked.now ? sealed : undefined;
};

const orderOf = ({ list, asked }: ListQuestion, isOrdered: boolean): Pick<ListPage, 'order'> =>
  list.rank ? { order: isOrdered || list.isProposedInOrder?.(asked.chosen) ? 'whole' : 'page' } : {};

const beginning = ({ place: after, since, isRanked }: Begins): From => ({
  after,
  ...(since !== undefined && { since }),
  ...(isRanked && { isRanked }),
});

@QueryHandler(AskForList)
export class AskForListHandler implements IQueryHandler<AskForList, ListShown> {
  readonly #lists: AskingLists;
  readonly #cursors: PageCursors;

  constructor(@Inject(AskingLists) lists: AskingLists, @Inject(PageCursors) cursors: PageCursors) {
    this.#lists = lists;
    this.#cursors = cursors;
  }

  async execute({ details: query }: AskForList): Promise<ListShown> {
    const { cursor } = query.asked;
    const begins = cursor === undefined ? undefined : await placeIn(this.#cursors, query, cursor);
    if (cursor !== undefined && begins === undefined) return { outcome: 'cursor-invalid' };
    return this.#pageOf(query, await this.#lists.gather(query, begins ? beginning(begins) : {}));
  }

  async #pageOf(query: ListQuestion, gathered: Gathered & { readonly periods: Periods }): Promise<ListShown> {
    const { rows, refused, after: place, since, isRanked, isOrdered, position, viewPosition, periods } = gathered;
    if (refused && !(query.list.isOwn && 'agency' in query.asker)) return refused;
    const next = place && (await cursorFor(this.#cursors, query, { place, since, isRanked }));
    const sorted = rows.toSorted((one, other) => query.list.order(one.row, other.row, query.asked.chosen));
    const period = periodAsked(query.list, query.asked);
    const ofPeriod = period !== undefined && { period: periodShown(period, periods) };
    const told = { position, viewPosition, ...orderOf(query, isOrdered), ...ofPeriod };
    return { outcome: 'answered', rows: sorted, ...(next !== undefined && { next }), ...told };
  }
}

const periodShown = (period: string, periods: Periods): PeriodShown => ({
  period,
  status: periods.statusOf(period),
  closesAt: periods.closes(period),
  excluded: periods.published(period)?.leftOut.size ?? 0,
});
