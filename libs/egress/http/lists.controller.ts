// A route for each list, made of its description (ADR 0027).
import { Readable } from 'node:stream';
import { Controller, Get, Headers, Inject, Query, Res, type Type, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { UseCases } from '#bus/nest';
import type { Asker, Caller } from '#access';
import { Registers } from '#disclosure';
import { AskerGuard, AskerOf, CallerGuard, prefers, Problem } from '#http';
import { type Clock, londonDate } from '#kernel';
import { columnsOf, countedBy, everyList, isOfThings, isWorkedOut, type List, type Listing, namesNobody, pathOf } from '#read-models';
import { CLOCK } from '../egress.tokens.ts';
import { AskForList, type ListAsked, type ListPage, type ListShown, type ShownRow } from '../lists.handlers.ts';
import { AskForThings } from '../things.handlers.ts';
import { AskForWorkedOut } from '../worked-out.handlers.ts';
import { csvOf, listAskedIn, type ListHeaders, type Search } from './list-request.ts';

type Asking = ListHeaders & { readonly accept?: string };

const CSV = 'text/csv';

const ofLearners = (list: Listing): List | undefined => (isOfThings(list) || isWorkedOut(list) ? undefined : list);

const officeOf = (list: Listing): List['office'] => ofLearners(list)?.office;

/** Agencies ask for lists, and for some an office: whoever else has a token is told alike, whatever there is. Throws `Problem`: 403. */
const mustBeFor = (list: Listing, asker: Asker): void => {
  if ('agency' in asker || ('office' in asker && asker.office === officeOf(list))) return;
  throw new Problem(403, 'not-permitted', 'This list is for agencies, and for the office that it names.', { more: { clauses: [] } });
};

/** Offices ask for the lists alone that name them; of things and of what is worked out agencies ask. */
const queryFor = (list: Listing, asker: Asker, asked: ListAsked): AskForList | AskForThings | AskForWorkedOut => {
  if (isWorkedOut(list)) return new AskForWorkedOut({ list, asker: asker as Caller, asked });
  return isOfThings(list) ? new AskForThings({ list, asker: asker as Caller, asked }) : new AskForList({ list, asker, asked });
};

export const controllerOf = (list: Listing): Type => {
  @Controller(pathOf(list).slice(1))
  @UseGuards(officeOf(list) === undefined ? CallerGuard : AskerGuard)
  class ListController {
    readonly #useCases: UseCases;
    readonly #registers: Registers;
    readonly #clock: Clock;

    constructor(@Inject(UseCases) useCases: UseCases, @Inject(Registers) registers: Registers, @Inject(CLOCK) clock: Clock) {
      this.#useCases = useCases;
      this.#registers = registers;
      this.#clock = clock;
    }

    @Get()
    async rows(
      @AskerOf() asker: Asker,
      @Query() search: Search,
      @Headers() headers: Asking,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<unknown> {
      mustBeFor(list, asker);
      const now = this.#clock.now();
      const { askable: purposes } = this.#registers.inForce(londonDate(now));
      const asked = listAskedIn(list, search, headers, { purposes, now });
      const pageAfter = (cursor?: string): Promise<ListPage> => this.#page(asker, { ...asked, ...(cursor && { cursor }) });
      const page = await pageAfter();
      void reply.headers({
        'concordat-position': String(page.position),
        'concordat-view-position': String(page.viewPosition),
        ...(page.order && { 'concordat-order': page.order }),
      });
      if (!prefers(headers.accept ?? '', CSV, 'application/json')) return bodyOf(list, asked, page);
      const name = `${list.name.replaceAll('/', '-')}-${asked.on}-${page.position}.csv`;
      void reply.headers({ 'content-type': `${CSV}; charset=utf-8`, 'content-disposition': `attachment; filename="${name}"` });
      return Readable.from(csvOf(list, page, pageAfter));
    }

    async #page(asker: Asker, asked: ListAsked): Promise<ListPage> {
      const told = await this.#useCases.run(queryFor(list, asker, asked), 'http');
      if (told.outcome === 'answered') return told;
      throw refusal(told);
    }
  }
  return ListController;
};

const refusal = (told: Exclude<ListShown, ListPage>): Problem => {
  switch (told.outcome) {
    case 'cursor-invalid':
      return new Problem(400, 'cursor-invalid', 'cursor takes the `next` of an answer of the last 24 hours to the same question.');
    case 'not-permitted':
      return new Problem(
        403,
        'not-permitted',
        'No clause permits you anything of this list for these purposes. One of `clauses` would have to hold.',
        {
          more: { clauses: told.clauses },
          headers: { 'concordat-position': String(told.position) },
        },
      );
  }
};

const rowOf = (list: Listing, { learner, localId, row, via }: ShownRow): unknown => ({
  ...(!namesNobody(list) && { learner: learner ?? null }),
  ...(localId !== undefined && { localId }),
  ...row,
  via,
});

const bodyOf = (list: Listing, { on, purposes }: ListAsked, { rows, next, position, period, order }: ListPage): unknown => ({
  view: list.name,
  on,
  position: String(position),
  purposes,
  ...(order && { order }),
  ...(period && { ...period, closesAt: new Date(period.closesAt).toISOString() }),
  rows: rows.map((row) => rowOf(list, row)),
  ...(next === undefined ? {} : { next }),
  ...(period && { counts: countsOf(list, rows) }),
});

/** Of what is listed. */
const countsOf = (list: Listing, rows: ListPage['rows']): Readonly<Record<string, number>> => {
  const column = ofLearners(list)?.closing?.counted;
  return column === undefined ? {} : countedBy(rows, ({ row }) => String(row[column]));
};

/** What lists there are. It tells of nobody, so it needs no token. */
@Controller('v1/lists')
export class ListsController {
  @Get()
  lists(): unknown {
    return { lists: everyList.map(describe) };
  }
}

const describe = (list: Listing): unknown => ({
  name: list.name,
  says: list.says,
  about: list.about ?? 'learners',
  path: pathOf(list),
  purposes: list.purposes,
  paged: !isWorkedOut(list),
  filters: Object.entries(list.filters).map(([filter, { says: what, codes, period, usual }]) => ({
    name: filter,
    says: what,
    ...(codes && { codes }),
    ...(period && { period }),
    ...(usual !== undefined && { usual }),
  })),
  columns: columnsOf(list.fields),
  table: list.table,
});

export const listControllers: readonly Type[] = [ListsController, ...everyList.map(controllerOf)];
