// Lists among the pages of staff: those with a page of their own, and any other by its name.
import { Controller, Get, Inject, Param, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pathOf } from '../shell/paths.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import type { Search } from './list-filters.ts';
import { pageOf } from './list-model.ts';
import { LIST_PAGES, listAt, nameFromPath, pathOfList } from './list-pages.ts';
import { ListShowing } from './list-showing.ts';
import { purposesFor } from './purposes.ts';

const AREA = '/staff/';
const NAMED = LIST_PAGES.filter(({ path }) => path.startsWith(AREA)).map(({ path }) => path.slice(AREA.length));

@Controller('staff')
export class ListsController {
  readonly #lists: ListShowing;

  constructor(@Inject(ListShowing) lists: ListShowing) {
    this.#lists = lists;
  }

  @Get('lists')
  async all(@VisitOf() visit: Visit): Promise<string> {
    const lists = (await this.#lists.all(visit)).map((list) => ({
      says: list.says,
      title: pageOf(list).title,
      href: pathOfList(list.name, visit.person),
      about: list.about,
      isServed: purposesFor(visit.working.on(pathOfList(list.name, visit.person)), list).length > 0,
    }));
    return visit.page('staff/all-lists.njk', { lists });
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

  @Get('lists/:name')
  other(@VisitOf() visit: Visit, @Param('name') name: string, @Query() search: Search): Promise<string | undefined> {
    return this.#lists.page(visit, nameFromPath(name), search);
  }

  @Get('lists/:name/csv')
  otherFile(
    @VisitOf() visit: Visit,
    @Param('name') name: string,
    @Query() search: Search,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    return this.#lists.file(visit, nameFromPath(name), search, reply);
  }
}
