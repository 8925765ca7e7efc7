// One handler for all lists that are worked out of others: it asks for all pages of those as their asker could, so that each is decided and
// recorded, and makes rows of what came (ADR 48).
import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { AgencyAsker } from '#access';
import { takesPart } from '#agencies';
import { Query } from '#bus';
import { Registers } from '#disclosure';
import { londonDate } from '#kernel';
import {
  type AnyList,
  type AnyRow,
  groundsOf,
  isOfThings,
  namesNobody,
  type Via,
  type WorkedOutList,
  type WorkedOutRow,
} from '#read-models';
import { GUARANTEE_BY } from './egress.tokens.ts';
import { readerOf } from './asking-lists.service.ts';
import {
  AskForList,
  AskForListHandler,
  type ListAsked,
  type ListPage,
  type ListShown,
  MOST_ROWS,
  type ShownRow,
} from './lists.handlers.ts';
import { AskForThings, AskForThingsHandler } from './things.handlers.ts';

export interface WorkedOutQuestion {
  readonly list: WorkedOutList;
  readonly asker: AgencyAsker;
  readonly asked: ListAsked;
}

export class AskForWorkedOut extends Query<WorkedOutQuestion, ListShown> {}

/** Rows of which one answer is worked out at most. */
const MOST_WORKED_OUT = 50_000;

type NotAnswered = Exclude<ListShown, ListPage>;

const isAnswered = (told: ListShown): told is ListPage => told.outcome === 'answered';

@QueryHandler(AskForWorkedOut)
export class AskForWorkedOutHandler implements IQueryHandler<AskForWorkedOut, ListShown> {
  readonly #lists: AskForListHandler;
  readonly #things: AskForThingsHandler;
  readonly #registers: Registers;
  readonly #guaranteeBy: string;

  constructor(
    @Inject(AskForListHandler) lists: AskForListHandler,
    @Inject(AskForThingsHandler) things: AskForThingsHandler,
    @Inject(Registers) registers: Registers,
    @Inject(GUARANTEE_BY) guaranteeBy: string,
  ) {
    this.#lists = lists;
    this.#things = things;
    this.#registers = registers;
    this.#guaranteeBy = guaranteeBy;
  }

  async execute({ details: query }: AskForWorkedOut): Promise<ListShown> {
    const { source, ofAll = false } = query.list;
    const found = await this.#all(query, source, ofAll ? { ...query.asked, chosen: {} } : query.asked);
    if (!isAnswered(found)) return found;
    return this.#workedOut(query, found, await this.#thingsFor(query));
  }

  /** Of lists of which something may be seen; one of which nothing may be is as one without rows. */
  async #thingsFor(query: WorkedOutQuestion): Promise<ReadonlyMap<string, ListPage>> {
    const pages = new Map<string, ListPage>();
    for (const one of query.list.things ?? []) {
      const told = await this.#all(query, one, { ...query.asked, purposes: one.purposes, chosen: {} });
      if (isAnswered(told)) pages.set(one.name, told);
    }
    return pages;
  }

  #workedOut({ list, asker, asked }: WorkedOutQuestion, found: ListPage, told: ReadonlyMap<string, ListPage>): ListPage {
    const today = londonDate(asked.now);
    const inForce = this.#registers.inForce(today);
    const reader = readerOf(asker, (slug) => inForce.agency(slug));
    const things = new Map([...told].map(([name, { rows }]) => [name, rows.map(({ row }) => row)]));
    const agreements = { versions: this.#registers.agreements(asked.on), agencies: inForce.agencies.filter(takesPart) };
    const known = { things, agreements, guaranteeBy: this.#guaranteeBy };
    const rows = list.rows({ asker: reader, on: asked.on, today, chosen: asked.chosen, rows: found.rows, ...known });
    const pages = [found, ...told.values()];
    return {
      outcome: 'answered',
      rows: rows.map((row) => shownOf(list, row)),
      position: Math.max(...pages.map(({ position }) => position)),
      viewPosition: Math.min(...pages.map(({ viewPosition }) => viewPosition)),
    };
  }

  async #all({ asker }: WorkedOutQuestion, list: AnyList, asked: ListAsked): Promise<ListPage | NotAnswered> {
    const rows: ShownRow[] = [];
    let viewPosition = Number.MAX_SAFE_INTEGER;
    for (let next: string | undefined; ;) {
      const one = { ...asked, limit: MOST_ROWS, ...(next !== undefined && { cursor: next }) };
      const page = isOfThings(list)
        ? await this.#things.execute(new AskForThings({ list, asker, asked: one }))
        : await this.#lists.execute(new AskForList({ list, asker, asked: one }));
      if (!isAnswered(page)) return page;
      rows.push(...page.rows);
      if (rows.length > MOST_WORKED_OUT)
        throw new Error(`An answer is worked out of at most ${MOST_WORKED_OUT} rows: ask by filters, in parts.`);
      viewPosition = Math.min(viewPosition, page.viewPosition);
      next = page.next;
      if (next === undefined) return { outcome: 'answered', rows, position: page.position, viewPosition };
    }
  }
}

/** Of a count, which grounds there are; of a learner's row, all that it rests on. */
const shownOf = (list: WorkedOutList, { row, of }: WorkedOutRow<AnyRow>): ShownRow => {
  if (namesNobody(list)) return { row, via: groundsOf(of) };
  const [{ learner, localId } = {}] = of;
  const via: readonly Via[] = of.flatMap((one) => one.via);
  return { ...(learner !== undefined && { learner }), ...(localId !== undefined && { localId }), row, via };
};
