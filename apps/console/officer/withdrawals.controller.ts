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
import { sayFor } from './say.ts';
import type { Search } from './search.ts';
import { ownOrderOfFile, rowsFor, sortedTable, withdrawalColumns } from './sorted-tables.ts';

type Row = Withdrawal & Named & { readonly id: string; readonly protocol: string; readonly categories: readonly string[] };

const PATH = '/v1/audit/withdrawals';
const DUTY_DAYS = 5;
const STATES = { acknowledged: 'answered', open: 'waiting', overdue: 'overdue' } as const;

@Controller('dpo/withdrawals')
export class WithdrawalsController {
  @Get()
  async withdrawals(@VisitOf() visit: Visit, @Query() search: Search): Promise<string> {
    const asked = { cursor: search['cursor'], limit: rowsFor(search) };
    const { rows, next } = await visit.ask<Rows<Row>>(PATH, { search: asked });
    const say = sayFor(visit);
    const table = sortedTable(rows, withdrawalColumns(say), { path: '/dpo/withdrawals', filters: {}, search, next });
    const csvSays = `${rowsTaken({ rows: rows.length, goesOn: table.goesOn }, 'recorded as seen by you')}${ownOrderOfFile(table)}`;
    const picture = rows.length === 0 ? undefined : figureOf(howFastStopBites('stops', drawn(rows, visit)));
    return visit.page('officer/withdrawals.njk', { ...table, csvSays, picture, hrefOfConsent, say });
  }

  @Get('csv')
  async file(@VisitOf() visit: Visit, @Res({ passthrough: true }) reply: FastifyReply): Promise<Readable> {
    return handedOn(await visit.open(PATH, { accept: 'text/csv' }), reply, visit);
  }
}

const drawn = (rows: readonly Row[], visit: Visit): Parameters<typeof howFastStopBites>[1] => ({
  seconds: rows.flatMap(({ seconds }) => seconds ?? []),
  acknowledgements: rows.flatMap(({ notices }) =>
    notices.map(({ recipient, days, state }) => ({ agency: sayFor(visit).agency(recipient), days, state: STATES[state] })),
  ),
  dutyDays: DUTY_DAYS,
});
