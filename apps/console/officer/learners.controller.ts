// One learner as an officer oversees the sharing about them: at a glance, and who saw what (console.md, /dpo/learners/{ref}).
import type { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { calledLately, keepCalled } from '../entry/called.ts';
import { type Entered, textOf } from '../shell/form.ts';
import { type Telling, tellsWho } from '../shell/tells-who.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import type { Decisions, Overview } from './audit-answers.ts';
import {
  chosenFilters,
  DISCLOSURE_FIELDS,
  DISCLOSURE_FILTERS,
  fileOfDisclosures,
  fileSays,
  pathOfDisclosures,
} from './disclosure-filters.ts';
import { handedOn } from '../shell/file-answer.ts';
import { hrefOfConsent, hrefOfLearner } from './found.ts';
import { sayFor } from './say.ts';
import { type Search, textsIn } from './search.ts';
import { decisionColumns, ownOrderOfFile, rowsFor, sortedTable } from './sorted-tables.ts';

const TABS = ['consents', 'rights', 'identity'] as const;
const PATH = '/v1/audit/decisions';

const [SHORTEST_REASON, LONGEST_REASON] = [10, 500] as const;
const REASON_WANTED = `Say why you need the name, in ${SHORTEST_REASON} characters or more`;

interface Name {
  readonly givenName?: string;
  readonly familyName?: string;
  readonly position: string;
}

@Controller('dpo/learners/:ref')
export class LearnersController {
  @Get()
  async learner(@VisitOf() visit: Visit, @Param('ref') ref: string, @Query('tab') tab?: string): Promise<string> {
    return overviewPage(visit, ref, { tab: TABS.find((one) => one === tab) ?? 'consents' });
  }

  /** Shown on this page alone, and in no address: kept for what the officer writes, which names nobody (ADR 92), and not shown again. */
  @Post('who')
  @HttpCode(200)
  async who(@VisitOf() visit: Visit, @Param('ref') ref: string, @Body() entered: Entered): Promise<string> {
    const reason = [...textOf(entered['reason'])].slice(0, LONGEST_REASON).join('');
    if ([...reason].length < SHORTEST_REASON) return overviewPage(visit, ref, { reason, error: REASON_WANTED });
    const tells = tellsWho(reason, calledLately(visit));
    // As it is, once that was said of it.
    if (tells.length > 0 && textOf(entered['checked']) !== reason) return overviewPage(visit, ref, { reason, tells });
    const name = await visit.askIfAny<Name>(`/v1/audit/learners/${encodeURIComponent(ref)}/who`, { method: 'POST', body: { reason } });
    if (name === undefined) throw new NotFoundException();
    keepCalled(visit, { name: [name.givenName, name.familyName].filter(Boolean).join(' '), learner: ref });
    return overviewPage(visit, ref, { name });
  }

  @Get('disclosures')
  async disclosures(@VisitOf() visit: Visit, @Param('ref') ref: string, @Query() search: Search): Promise<string> {
    const filters = textsIn(search, DISCLOSURE_FILTERS);
    const asked = { learner: ref, ...filters, cursor: search['cursor'], limit: rowsFor(search) };
    const told = await visit.askIfAny<Decisions>(PATH, { search: asked });
    if (told === undefined) throw new NotFoundException();
    const path = pathOfDisclosures(ref);
    const say = sayFor(visit);
    const table = sortedTable(told.decisions, decisionColumns(say), { path, filters, search, next: told.next });
    return visit.page('officer/disclosures.njk', {
      ...table,
      ...{ ref, path, filters, fields: DISCLOSURE_FIELDS, say, total: told.total },
      learner: hrefOfLearner(ref),
      chosen: chosenFilters(ref, { ...filters, ...(table.sort && { sort: table.sort }) }, (text) => visit.named(text)),
      csv: { href: fileOfDisclosures(ref, filters), says: `${fileSays(told.total)}${ownOrderOfFile(table)}` },
      hrefOf: (consent: string): string => hrefOfConsent(ref, consent),
    });
  }

  @Get('disclosures.csv')
  async file(
    @VisitOf() visit: Visit,
    @Param('ref') ref: string,
    @Query() search: Search,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    const asked = { learner: ref, ...textsIn(search, DISCLOSURE_FILTERS) };
    return handedOn(await visit.open(PATH, { search: asked, accept: 'text/csv' }), reply, visit);
  }
}

interface Beside {
  readonly tab?: (typeof TABS)[number];
  readonly name?: Name;
  readonly reason?: string;
  readonly error?: string;
  /** What the reason seems to tell of whom. */
  readonly tells?: readonly Telling[];
}

const overviewPage = async (visit: Visit, ref: string, { tab = 'consents', ...beside }: Beside): Promise<string> => {
  const overview = await visit.askIfAny<Overview>(`/v1/audit/learners/${encodeURIComponent(ref)}`);
  if (overview === undefined) throw new NotFoundException();
  const learner = hrefOfLearner(overview.learner);
  const hrefOf = (consent: string): string => hrefOfConsent(overview.learner, consent);
  return visit.page('officer/learner.njk', { overview, tab, learner, hrefOf, say: sayFor(visit), ...beside });
};
