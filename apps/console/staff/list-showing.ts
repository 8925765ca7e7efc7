// Any list of the broker as a page and as a file, in whichever area its page is: made of what the broker says of each (console.md, 3
// and 4.3).
import { Readable } from 'node:stream';
import { Inject, NotFoundException, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ApiDescription } from '../broker/api-description.ts';
import { BrokerProblem, servingOnly } from '../broker/broker-client.ts';
import { type DescribedList, ListDescriptions } from '../broker/list-descriptions.ts';
import { EventForms } from '../entry/event-forms.ts';
import { fileName } from '../shell/file-name.ts';
import { textOf } from '../shell/form.ts';
import { meetsNoLearner } from '../shell/areas.ts';
import { NotYours } from '../shell/admit.ts';
import { sortingIn } from '../shell/sorting.ts';
import type { Question, Visit } from '../shell/visit.ts';
import { actingOf, londonDay } from './acting.ts';
import { isListFor } from './list-audience.ts';
import { chosenIn, type Search } from './list-filters.ts';
import { type Answer, modelOf, pageOf, usualOf } from './list-model.ts';
import { pathOfList } from './list-pages.ts';
import type { Row } from './list-rows.ts';
import { sortableIn } from './list-sorting.ts';
import { forOtherWork, type Needing, purposesFor } from './purposes.ts';
import { sortedIfShort, sortedText } from './sorted-file.ts';

/** Rows of a page where nothing is said, and at most: so many where they are sorted, so that most lists are sorted as a whole. */
const [ROWS, MOST_ROWS] = [50, 200];

export interface FirstRows {
  readonly rows: readonly Row[];
  /** Whether the list has others behind them. */
  readonly goesOn: boolean;
}

const NO_ROWS: FirstRows = { rows: [], goesOn: false };

export class ListShowing {
  readonly #descriptions: ListDescriptions;
  readonly #forms: EventForms;
  readonly #api: ApiDescription;

  constructor(
    @Inject(ListDescriptions) descriptions: ListDescriptions,
    @Inject(EventForms) forms: EventForms,
    @Inject(ApiDescription) api: ApiDescription,
  ) {
    this.#api = api;
    this.#descriptions = descriptions;
    this.#forms = forms;
  }

  /** Those that are for the person's work. */
  async all(visit: Visit): Promise<readonly DescribedList[]> {
    const lists = await this.#descriptions.all((path) => visit.ask(path));
    return lists.filter((list) => isListFor(visit.person, list));
  }

  /** Undefined where the page is one to choose purposes on. Throws 404, `NotYours`, and as `visit.ask` does. */
  async page(visit: Visit, name: string, search: Search): Promise<string | undefined> {
    const list = await this.#ownNamed(visit, name);
    const path = pathOfList(name, visit.person);
    const purposes = purposesFor(visit.purposes, list);
    if (purposes.length === 0) return forOtherWork(visit, { title: pageOf(list).title, needs: list.purposes, path });
    const page = pageOf(list);
    const chosen = { ...usualOf(page, londonDay()), ...chosenIn(list, search) };
    const [cursor, limit] = [textOf(search['cursor']), limitIn(search)];
    const sorting = sortingIn(textOf(search['sort']), sortableIn(list));
    const asked = { ...chosen, ...(list.paged && { limit: limit ?? (sorting === undefined ? ROWS : MOST_ROWS), cursor }) };
    const response = await opened(visit, list, { search: asked, purposes });
    const answer = (await response.json()) as Answer;
    const viewPosition = Number(response.headers.get('concordat-view-position'));
    const codes = await this.#api.codesIn((one) => visit.ask(one), list.path);
    const acting = await actingOf(visit, this.#forms);
    const beside =
      page.figure?.beside !== undefined && answer.rows.length > 0 ? await this.rows(visit, page.figure.beside, { limit: MOST_ROWS }) : [];
    return visit.page(
      'staff/list.njk',
      modelOf(list, {
        ...{ answer, codes, beside, viewPosition, chosen, limit, cursor, sorting, path, purposes, acting, person: visit.person },
        named: (text) => visit.named(text),
        ...{ open: new Set((await this.all(visit)).map((one) => one.name)), opensLearners: !meetsNoLearner(visit.person) },
      }),
    );
  }

  /** The whole list, from its first row on. Throws as `page` does. */
  async file(visit: Visit, name: string, search: Search, reply: FastifyReply): Promise<StreamableFile | undefined> {
    const list = await this.#ownNamed(visit, name);
    const purposes = purposesFor(visit.purposes, list);
    if (purposes.length === 0) return void visit.goTo(pathOfList(name, visit.person));
    const response = await opened(visit, list, {
      search: { ...usualOf(pageOf(list), londonDay()), ...chosenIn(list, search) },
      purposes,
      accept: 'text/csv',
    });
    void reply.headers({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${fileName(response, visit.person)}"`,
    });
    const file = Readable.fromWeb(response.body as never);
    const sorting = sortingIn(textOf(search['sort']), sortableIn(list));
    if (sorting === undefined) return new StreamableFile(file);
    const codes = await this.#api.codesIn((one) => visit.ask(one), list.path);
    const keying = { codes, named: (text: string) => visit.named(text) };
    return new StreamableFile(await sortedIfShort(file, (text) => sortedText(text, sorting, keying)));
  }

  /** For a page of several lists: none where the list is not for this agency, or for other work than the person's. */
  async first(visit: Visit, name: string, search: Readonly<Record<string, string | number>>): Promise<FirstRows> {
    const list = await this.#named(visit, name);
    const purposes = purposesFor(visit.purposes, list);
    if (purposes.length === 0 || !isListFor(visit.person, list)) return NO_ROWS;
    try {
      const { rows, next } = await visit.ask<Answer>(list.path, { search, purposes });
      return { rows, goesOn: next !== undefined };
    } catch (error) {
      if (error instanceof BrokerProblem && error.status === 403) return NO_ROWS;
      throw error;
    }
  }

  async rows(visit: Visit, name: string, search: Readonly<Record<string, string | number>>): Promise<readonly Row[]> {
    return (await this.first(visit, name, search)).rows;
  }

  /** Of those that are for this agency's kind of work, which a page leaves out since they are for other work than the person's. */
  async leftOut(visit: Visit, names: readonly string[]): Promise<readonly Needing[]> {
    const lists = await Promise.all(names.map((name) => this.#named(visit, name)));
    return lists
      .filter((list) => purposesFor(visit.purposes, list).length === 0)
      .map((list) => ({ title: pageOf(list).title, needs: list.purposes, path: pathOfList(list.name, visit.person) }));
  }

  async #ownNamed(visit: Visit, name: string): Promise<DescribedList> {
    const list = await this.#named(visit, name);
    if (!isListFor(visit.person, list)) throw new NotYours();
    return list;
  }

  async #named(visit: Visit, name: string): Promise<DescribedList> {
    const list = await this.#descriptions.named(name, (path) => visit.ask(path));
    if (list === undefined) throw new NotFoundException();
    return list;
  }
}

/** Throws as `visit.open` does: a refusal says for which work the list is. */
const opened = (visit: Visit, { path, purposes }: DescribedList, question: Question): Promise<Response> =>
  visit.open(path, question).catch((error: unknown) => {
    throw servingOnly(error, purposes);
  });

const limitIn = ({ limit }: Search): string | undefined => {
  const rows = textOf(limit);
  return /^[1-9]\d{0,2}$/.test(rows) && Number(rows) <= MOST_ROWS ? rows : undefined;
};
