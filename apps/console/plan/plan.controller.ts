// Pages of planners, funders and providers' managers: what waits for them, and the lists that need no statistics (console.md, 4.3;
// S19, S20, S21, S27).
import { Controller, Get, Inject, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventForms } from '../entry/event-forms.ts';
import { fileName } from '../shell/file-name.ts';
import { textOf } from '../shell/form.ts';
import { pathOf } from '../shell/paths.ts';
import { rowsTaken } from '../shell/rows-taken.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { actingOf } from '../staff/acting.ts';
import type { Search } from '../staff/list-filters.ts';
import { LIST_PAGES, listAt } from '../staff/list-pages.ts';
import { ListShowing } from '../staff/list-showing.ts';
import type { Row } from '../staff/list-rows.ts';
import { planHome } from './plan-home.ts';
import { prospectusOf } from './prospectus.ts';

const AREA = '/plan/';
const NAMED = LIST_PAGES.filter(({ path }) => path.startsWith(AREA)).map(({ path }) => path.slice(AREA.length));

/** Rows of each list on the first page: the lists have pages of their own. */
const FEW = 20;

@Controller('plan')
export class PlanController {
  readonly #lists: ListShowing;
  readonly #forms: EventForms;

  constructor(@Inject(ListShowing) lists: ListShowing, @Inject(EventForms) forms: EventForms) {
    this.#lists = lists;
    this.#forms = forms;
  }

  @Get()
  async home(@VisitOf() visit: Visit): Promise<string> {
    const acting = await actingOf(visit, this.#forms);
    const [overdue, open, partnerships, targets, feedback] = [
      await this.#lists.rows(visit, 'provision-gaps', { state: 'overdue', limit: FEW }),
      await this.#lists.rows(visit, 'provision-gaps', { state: 'open', limit: FEW }),
      await this.#lists.rows(visit, 'partnerships', { limit: FEW }),
      await this.#lists.rows(visit, 'targets', { limit: FEW }),
      await this.#lists.rows(visit, 'feedback', {}),
    ];
    return visit.page('plan/home.njk', { ...planHome({ gaps: [...overdue, ...open], partnerships, targets, feedback }, acting) });
  }

  @Get('prospectus')
  async prospectus(@VisitOf() visit: Visit, @Query('sort') sort: unknown): Promise<string> {
    const answer = await visit.ask<{ readonly rows: readonly Row[]; readonly position: string }>('/v1/prospectus');
    const shown = prospectusOf(answer.rows, { sort: textOf(sort), named: (text) => visit.named(text) });
    return visit.page('plan/prospectus.njk', {
      ...{ ...shown, position: answer.position },
      csvSays: rowsTaken({ rows: answer.rows.length, goesOn: false }, 'in the file'),
    });
  }

  @Get('prospectus/csv')
  async prospectusFile(@VisitOf() visit: Visit, @Res({ passthrough: true }) reply: FastifyReply): Promise<StreamableFile> {
    const response = await visit.open('/v1/prospectus', { accept: 'text/csv' });
    void reply.headers({ 'content-disposition': `attachment; filename="${fileName(response, visit.person)}"` });
    return new StreamableFile(Readable.fromWeb(response.body as never), { type: 'text/csv; charset=utf-8' });
  }

  @Get(NAMED)
  named(@VisitOf() visit: Visit, @Req() { url }: FastifyRequest, @Query() search: Search): Promise<string | undefined> {
    return this.#lists.page(visit, listAt(pathOf(url)), search);
  }

  @Get(NAMED.map((path) => `${path}/csv`))
  namedFile(
    @VisitOf() visit: Visit,
    @Req() { url }: FastifyRequest,
    @Query() search: Search,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    return this.#lists.file(visit, listAt(pathOf(url)), search, reply);
  }
}
