// Looks at what an agency told and by its staff, as a calendar whose days open the list of their looks (console.md, picture 6; ADR 66).
import type { Readable } from 'node:stream';
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { looksByDay } from '../pictures/looks-by-day.ts';
import { figureOf } from '../pictures/picture.ts';
import { rowsTaken } from '../shell/rows-taken.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import type { Agencies, Decision, Named, Rows } from './audit-answers.ts';
import { handedOn } from '../shell/file-answer.ts';
import { hrefOfLearner } from './found.ts';
import { ownAgencyOf } from './own-agency.ts';
import { sayFor } from './say.ts';
import { type Search, searchWithout, textsIn, withSearch } from './search.ts';
import { lookColumns, ownOrderOfFile, rowsFor, sortedTable } from './sorted-tables.ts';

interface AgencyLooks {
  readonly agency: string;
  readonly from: string;
  readonly to: string;
  readonly days: readonly { readonly day: string; readonly looks: number; readonly unusual: readonly string[] }[];
}

@Controller('dpo/looks')
export class AgencyLooksController {
  @Get()
  async days(@VisitOf() visit: Visit, @Query() search: Search): Promise<string> {
    const own = ownAgencyOf(visit);
    const asked = textsIn(search, ['from', 'to', ...(own === undefined ? ['agency'] : [])]);
    const agencies = own === undefined ? (await visit.ask<Agencies>('/v1/agencies')).agencies : [];
    const page = { own, agencies, say: sayFor(visit) };
    if (own === undefined && asked['agency'] === undefined) return visit.page('officer/agency-looks.njk', { ...page, ...asked });
    const told = await visit.ask<AgencyLooks>('/v1/audit/agency-looks', { search: asked });
    return visit.page('officer/agency-looks.njk', { ...page, ...told, figure: figureFor(told, own) });
  }

  @Get(':day')
  async looks(@VisitOf() visit: Visit, @Param('day') day: string, @Query() search: Search): Promise<string> {
    const of = textsIn(search, ['agency']);
    const asked = { ...of, cursor: search['cursor'], limit: rowsFor(search) };
    const { rows, next } = await visit.ask<Rows<Decision & Named>>(apiOf(day), { search: asked });
    const agency = of['agency'] ?? ownAgencyOf(visit) ?? '';
    const path = `/dpo/looks/${encodeURIComponent(day)}`;
    const say = sayFor(visit);
    const table = sortedTable(rows, lookColumns(say), { path, filters: of, search, next });
    const csvSays = rowsTaken({ rows: rows.length, goesOn: table.goesOn }, 'recorded as seen by you');
    const hrefs = {
      calendar: withSearch('/dpo/looks', searchWithout(of)),
      csv: withSearch(`${path}/csv`, searchWithout(of)),
      csvSays: `${csvSays}${ownOrderOfFile(table)}`,
    };
    return visit.page('officer/agency-looks-day.njk', { day, agency, ...table, ...hrefs, hrefOfLearner, say });
  }

  /** All of the day, whichever page of it was open. */
  @Get(':day/csv')
  async file(
    @VisitOf() visit: Visit,
    @Param('day') day: string,
    @Query() search: Search,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    return handedOn(await visit.open(apiOf(day), { search: textsIn(search, ['agency']), accept: 'text/csv' }), reply, visit);
  }
}

const apiOf = (day: string): string => `/v1/audit/agency-looks/${encodeURIComponent(day)}`;

const figureFor = ({ agency, days, from, to }: AgencyLooks, own: string | undefined): string | undefined => {
  const of = own === undefined ? `?${searchWithout({ agency })}` : '';
  const drawn = days.map(({ day, looks, unusual }) => ({
    ...{ day, looks, isUnusual: unusual.length > 0, href: `/dpo/looks/${day}${of}` },
  }));
  return days.length === 0 ? undefined : figureOf(looksByDay('looks', drawn, { from, to }));
};
