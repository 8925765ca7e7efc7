// What cannot be true of what agencies told, by rule; what is let stand, and why (console.md, 4.2).
import type { Readable } from 'node:stream';
import { Body, Controller, Get, Inject, NotFoundException, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ApiDescription } from '../broker/api-description.ts';
import { type DescribedList, ListDescriptions } from '../broker/list-descriptions.ts';
import { handedOn } from '../shell/file-answer.ts';
import { type Entered, textOf } from '../shell/form.ts';
import { rowsTaken } from '../shell/rows-taken.ts';
import { sortedPage } from '../shell/sorting.ts';
import { showRecorded } from '../shell/recorded.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { chosenIn, fieldsOf, hrefOf, tagsOf } from '../staff/list-filters.ts';
import { byRule, type Issue } from './issues.ts';
import { askRecorded, waiverRecorded } from './recorded-words.ts';
import { issueColumns } from './sorted-tables.ts';

const REASONS = {
  'confirmed-by-source': 'The agency confirmed it',
  'document-seen': 'A document was seen',
  'rule-does-not-fit': 'The rule does not fit this case',
} as const;

const PURPOSES = ['assure-data-quality'];
/** A page of findings. */
const LIMIT = 200;

/** Without a position it was recorded before. */
interface Recorded {
  readonly position?: string;
}

interface Found {
  readonly rows: readonly Issue[];
  readonly next?: string;
  readonly position: string;
}

const LIST = 'data-quality/issues';
const PAGE = '/data/issues';

@Controller('data/issues')
export class IssuesController {
  readonly #descriptions: ListDescriptions;
  readonly #api: ApiDescription;

  constructor(@Inject(ListDescriptions) descriptions: ListDescriptions, @Inject(ApiDescription) api: ApiDescription) {
    this.#descriptions = descriptions;
    this.#api = api;
  }

  @Get()
  async issues(@VisitOf() visit: Visit, @Query() search: Readonly<Record<string, unknown>>): Promise<string> {
    const list = await this.#list(visit);
    const chosen = chosenIn(list, search);
    const asked = { state: 'open', ...chosen, limit: LIMIT, cursor: textOf(search['cursor']) };
    const { rows, next, position } = await visit.ask<Found>(list.path, { purposes: PURPOSES, search: asked });
    const codes = await this.#api.codesIn((path) => visit.ask(path), list.path);
    const goesOn = next !== undefined || textOf(search['cursor']) !== '';
    const hrefFor = (by?: string): string => hrefOf(PAGE, { ...chosen, sort: by });
    const columns = issueColumns((text) => visit.named(text));
    const table = sortedPage(rows, columns, { sort: textOf(search['sort']), goesOn, hrefFor });
    const sort = table.sorted === undefined ? undefined : textOf(search['sort']);
    return visit.page('data-manager/issues.njk', {
      ...{ ...table, sort, rules: byRule(table.rows), position, asOf: Date.now() },
      fields: fieldsOf(list, chosen, codes).filter(({ name }) => name !== 'on'),
      tags: tagsOf(list, { chosen, path: PAGE, codes, named: (text) => visit.named(text), kept: { sort } }),
      csv: {
        href: hrefOf(`${PAGE}/csv`, chosen),
        says: `${rowsTaken({ rows: rows.length, goesOn }, 'recorded as seen by you')}${sort ? ' The file is in the list’s own order.' : ''}`,
      },
      ruled: Object.values(codes.get('rule') ?? {}),
      next: next === undefined ? undefined : hrefOf(PAGE, { ...chosen, sort, cursor: next }),
    });
  }

  /** All that the filters leave, whichever page was open. */
  @Get('csv')
  async file(
    @VisitOf() visit: Visit,
    @Query() search: Readonly<Record<string, unknown>>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    const list = await this.#list(visit);
    const asked = { state: 'open', ...chosenIn(list, search) };
    return handedOn(await visit.open(list.path, { purposes: PURPOSES, search: asked, accept: 'text/csv' }), reply, visit);
  }

  /** What is asked is what the rule says: nothing is written, and nobody named (ADR 66). */
  @Get('ask')
  async asking(@VisitOf() visit: Visit, @Query() { position = '', rule = '' }: Readonly<Record<string, string>>): Promise<string> {
    const search = { state: 'open', rule, limit: LIMIT };
    const { rows } = await visit.ask<Found>('/v1/data-quality/issues', { purposes: PURPOSES, search });
    const issue = rows.find((one) => one.position === position);
    if (issue === undefined) throw new NotFoundException();
    return visit.page('data-manager/ask.njk', { issue });
  }

  @Post('ask')
  async ask(@VisitOf() visit: Visit, @Body() body: Entered): Promise<void> {
    const [position, rule] = [textOf(body['position']), textOf(body['rule'])];
    if (!/^\d{1,15}$/.test(position)) throw new NotFoundException();
    const answer = await visit.ask<Recorded>(`/v1/data-quality/issues/${position}/ask`, { method: 'POST', body: { rule } });
    showRecorded(visit, askRecorded({ position, rule }, answer));
  }

  @Get('waive')
  async waiving(@VisitOf() visit: Visit, @Query() { position = '', rule = '' }: Readonly<Record<string, string>>): Promise<string> {
    if (!/^\d{1,15}$/.test(position)) throw new NotFoundException();
    return waivePage(visit, { position, rule });
  }

  @Post('waive')
  async waive(@VisitOf() visit: Visit, @Body() body: Entered): Promise<string | undefined> {
    const [position, rule, reason] = [textOf(body['position']), textOf(body['rule']), textOf(body['reason'])];
    if (!/^\d{1,15}$/.test(position)) throw new NotFoundException();
    if (!Object.hasOwn(REASONS, reason)) return waivePage(visit, { position, rule, wrong: true });
    const answer = await visit.ask<Recorded>(`/v1/data-quality/issues/${position}/waive`, { method: 'POST', body: { rule, reason } });
    showRecorded(visit, waiverRecorded({ position, rule, reason }, answer));
    return undefined;
  }

  async #list(visit: Visit): Promise<DescribedList> {
    const list = await this.#descriptions.named(LIST, (path) => visit.ask(path));
    if (list === undefined) throw new NotFoundException();
    return list;
  }
}

interface Waiving {
  readonly position: string;
  readonly rule: string;
  /** No reason was chosen. */
  readonly wrong?: boolean;
}

const waivePage = (visit: Visit, waiving: Waiving): string =>
  visit.page('data-manager/waive.njk', { ...waiving, reasons: Object.entries(REASONS) });
