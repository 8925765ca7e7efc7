// Withdrawals of consent, and how fast each bit (console.md, /dpo/withdrawals and picture 4).
import type { Readable } from 'node:stream';
import { Controller, Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { howFastStopBites } from '../pictures/how-fast-stop-bites.ts';
import { figureOf } from '../pictures/picture.ts';
import { handedOn } from '../shell/file-answer.ts';
import { rowsTaken } from '../shell/rows-taken.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import type { Named, Rows, Withdrawal } from './audit-answers.ts';
import { hrefOfConsent } from './found.ts';
import { stopsIn } from './pictured.ts';
import { sayFor } from './say.ts';
import type { Search } from './search.ts';
import { ownOrderOfFile, rowsFor, sortedTable, withdrawalColumns } from './sorted-tables.ts';

type Row = Withdrawal & Named & { readonly id: string; readonly protocol: string; readonly categories: readonly string[] };

const PATH = '/v1/audit/withdrawals';

@Controller('dpo/withdrawals')
export class WithdrawalsController {
  @Get()
  async withdrawals(@VisitOf() visit: Visit, @Query() search: Search): Promise<string> {
    const asked = { cursor: search['cursor'], limit: rowsFor(search) };
    const { rows, next } = await visit.ask<Rows<Row>>(PATH, { search: asked });
    const say = sayFor(visit);
    const table = sortedTable(rows, withdrawalColumns(say), { path: '/dpo/withdrawals', filters: {}, search, next });
    const csvSays = `${rowsTaken({ rows: rows.length, goesOn: table.goesOn }, 'recorded as seen by you')}${ownOrderOfFile(table)}`;
    const picture = rows.length === 0 ? undefined : figureOf(howFastStopBites('stops', stopsIn(rows, table.goesOn, say)));
    return visit.page('officer/withdrawals.njk', { ...table, csvSays, picture, hrefOfConsent, say });
  }

  @Get('csv')
  async file(@VisitOf() visit: Visit, @Res({ passthrough: true }) reply: FastifyReply): Promise<Readable> {
    return handedOn(await visit.open(PATH, { accept: 'text/csv' }), reply, visit);
  }
}
