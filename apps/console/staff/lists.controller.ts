// Any list of the broker as a page and as a file: one page for all, made of what the broker says of each (console.md, 3 and 4.3).
import { Readable } from 'node:stream';
import { Controller, Get, Inject, NotFoundException, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type DescribedList, ListDescriptions } from '../broker/list-descriptions.ts';
import { EventForms } from '../entry/event-forms.ts';
import { textOf } from '../shell/form.ts';
import { pathOf, type Visit, VisitOf } from '../shell/visit.ts';
import { type Acting, actsOn } from './acts.ts';
import { actingOf } from './acting.ts';
import { chosenIn, fieldsOf, hrefOf, type Search, tagsOf } from './list-filters.ts';
import { LIST_PAGES, type ListPage, nameFromPath, pathOfList } from './list-pages.ts';
import { type Row, tableOf, twelveWeeks } from './list-rows.ts';
import { choosingFor, purposesFor } from './purposes.ts';
import { labelOf } from './words.ts';

interface Answer {
  readonly on: string;
  readonly position: string;
  readonly rows: readonly Row[];
  readonly next?: string;
  readonly status?: string;
  readonly closesAt?: string;
}

/** Rows of a page, where nothing is said, and at most. */
const [ROWS, MOST_ROWS] = [50, 200];
const NAMED = LIST_PAGES.map(({ path }) => path);
const FILES = NAMED.map((path) => `${path}/csv`);

const ownPage = ({ name }: DescribedList): ListPage =>
  LIST_PAGES.find(({ list }) => list === name) ?? {
    path: '',
    list: name,
    title: labelOf(name),
    empty: 'Nothing is on this list for your agency.',
  };

@Controller('staff')
export class ListsController {
  readonly #descriptions: ListDescriptions;
  readonly #forms: EventForms;

  constructor(@Inject(ListDescriptions) descriptions: ListDescriptions, @Inject(EventForms) forms: EventForms) {
    this.#descriptions = descriptions;
    this.#forms = forms;
  }

  @Get('lists')
  async all(@VisitOf() visit: Visit): Promise<string> {
    const lists = await this.#descriptions.all((path) => visit.ask(path));
    const described = lists.map((list) => ({
      says: list.says,
      title: ownPage(list).title,
      href: pathOfList(list.name),
      about: list.about,
      isServed: purposesFor(visit.purposes, list).length > 0,
    }));
    return visit.page('staff/all-lists.njk', { lists: described });
  }

  @Get(NAMED)
  async named(@VisitOf() visit: Visit, @Req() request: FastifyRequest, @Query() search: Search): Promise<string | undefined> {
    return this.#page(visit, await this.#listAt(visit, request), search);
  }

  @Get('lists/:name')
  async other(@VisitOf() visit: Visit, @Param('name') name: string, @Query() search: Search): Promise<string | undefined> {
    return this.#page(visit, await this.#list(visit, nameFromPath(name)), search);
  }

  @Get([...FILES, 'lists/:name/csv'])
  async file(
    @VisitOf() visit: Visit,
    @Req() request: FastifyRequest,
    @Query() search: Search,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const list = await this.#listAt(visit, request);
    const purposes = purposesFor(visit.purposes, list);
    if (purposes.length === 0) return this.#choose(visit, pathOfList(list.name));
    const response = await visit.open(list.path, { search: chosenIn(list, search), purposes, accept: 'text/csv' });
    void reply.headers({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${fileName(response, visit)}"`,
    });
    return new StreamableFile(Readable.fromWeb(response.body as never));
  }

  /** Of a path such as `/staff/caseload/csv` or `/staff/lists/sign-offs`. */
  async #listAt(visit: Visit, { url }: FastifyRequest): Promise<DescribedList> {
    const [, , first = '', second = ''] = pathOf(url).split('/');
    const name = first === 'lists' ? nameFromPath(decodeURIComponent(second)) : LIST_PAGES.find(({ path }) => path === first)?.list;
    return this.#list(visit, name ?? '');
  }

  async #list(visit: Visit, name: string): Promise<DescribedList> {
    const list = await this.#descriptions.named(name, (path) => visit.ask(path));
    if (list === undefined) throw new NotFoundException();
    return list;
  }

  #choose(visit: Visit, path: string): undefined {
    visit.goTo(choosingFor(path));
    return undefined;
  }

  async #page(visit: Visit, list: DescribedList, search: Search): Promise<string | undefined> {
    const path = pathOfList(list.name);
    const purposes = purposesFor(visit.purposes, list);
    if (purposes.length === 0) {
      if (visit.purposes.length === 0) return this.#choose(visit, path);
      return visit.page('staff/other-purpose.njk', { title: ownPage(list).title, needs: list.purposes, choosing: choosingFor(path) });
    }
    const chosen = chosenIn(list, search);
    const cursor = textOf(search['cursor']);
    const limit = limitIn(search);
    const asked = { ...chosen, ...(list.paged && { limit: limit ?? ROWS, cursor }) };
    const answer = await visit.ask<Answer>(list.path, { search: asked, purposes });
    return visit.page(
      'staff/list.njk',
      modelOf(list, { answer, chosen, limit, cursor, path, purposes, acting: await actingOf(visit, this.#forms) }),
    );
  }
}

const limitIn = ({ limit }: Search): string | undefined => {
  const rows = textOf(limit);
  return /^[1-9]\d{0,2}$/.test(rows) && Number(rows) <= MOST_ROWS ? rows : undefined;
};

interface Shown {
  readonly answer: Answer;
  readonly chosen: Readonly<Record<string, string>>;
  /** As it was asked for. */
  readonly limit: string | undefined;
  readonly cursor: string;
  readonly path: string;
  readonly purposes: readonly string[];
  readonly acting: Acting;
}

const modelOf = (
  list: DescribedList,
  { answer, chosen, limit, cursor, path, purposes, acting }: Shown,
): Readonly<Record<string, unknown>> => {
  const { title, empty, beside = [], hasWeeks, isFirst = () => false } = ownPage(list);
  const rows = [...answer.rows.filter(isFirst), ...answer.rows.filter((row) => !isFirst(row))];
  const { next, on, position, status, closesAt } = answer;
  const acts = rows.map((row) => actsOn(list.name, row, acting));
  return {
    list,
    title,
    empty,
    on,
    position,
    status,
    closesAt,
    listPurposes: purposes,
    table: tableOf(list, rows),
    acts,
    hasActs: acts.some((all) => all.length > 0),
    strip: hasWeeks && twelveWeeks(rows),
    fields: fieldsOf(list, chosen),
    tags: tagsOf(list, chosen, path),
    listPath: path,
    isPaged: cursor !== '',
    first: hrefOf(path, { ...chosen, limit }),
    next: next === undefined ? undefined : hrefOf(path, { ...chosen, limit, cursor: next }),
    csv: { href: hrefOf(`${path}/csv`, chosen), says: recordedText(rows.length, cursor !== '' || next !== undefined, list) },
    beside: beside.map((name) => ({ text: LIST_PAGES.find((one) => one.list === name)?.title ?? labelOf(name), href: pathOfList(name) })),
  };
};

const MOST = '50,000';

/** There are no totals: of a list that goes on the page can only say that it does. */
const recordedText = (rows: number, goesOn: boolean, { about }: DescribedList): string => {
  const as = about === 'learners' ? 'recorded as seen by you' : 'in the file';
  if (goesOn) return `More than ${rows} rows, all pages up to ${MOST}, will be ${as}.`;
  return rows === 1 ? `1 row will be ${as}.` : `${rows} rows will be ${as}.`;
};

/** As the broker names it, by list, day and position, and whose copy it is. */
const fileName = ({ headers }: Response, { person }: Visit): string => {
  const [, given = 'list.csv'] = /filename="([\w.-]+)"/.exec(headers.get('content-disposition') ?? '') ?? [];
  const staff = 'staff' in person ? person.staff.replaceAll(/[^\w.-]/g, '-') : '';
  return given.replace(/\.csv$/, `-${staff}.csv`);
};
