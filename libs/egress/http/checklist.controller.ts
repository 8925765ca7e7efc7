// Who must do what by when, of what concerns no learner (views.md, S23).
import { Controller, Get, Headers, Inject, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Caller } from '#access';
import { UseCases } from '#bus/nest';
import type { ChecklistRow } from '#duties';
import { CallerGuard, CallerOf, prefers, Problem } from '#http';
import { type Clock, londonDate } from '#kernel';
import { csvLine } from '#strict-text';
import { AskForChecklist } from '../checklist.handlers.ts';
import { CLOCK } from '../egress.tokens.ts';
import { chosenOf, dayOf, type Search } from './list-request.ts';

const FILTERS = { protocol: { says: 'Id of an agreement: its signatures, review and undertakings, instead of the lines of the report.' } };

const CSV = 'text/csv';
const COLUMNS = [
  'question',
  'protocol',
  'duty',
  'bearerRole',
  'agencies',
  'state',
  'due',
  'evidence',
] as const satisfies readonly (keyof ChecklistRow)[];

const cellOf = (value: ChecklistRow[keyof ChecklistRow]): string => (Array.isArray(value) ? value.join('; ') : String(value ?? ''));

/** As every list (views.md, V7); its lines rest on registers, so that no clause stands beside them. */
const csvOf = (rows: readonly ChecklistRow[]): string =>
  [csvLine(COLUMNS), ...rows.map((row) => csvLine(COLUMNS.map((name) => cellOf(row[name]))))].join('');

@Controller('v1/checklist')
@UseGuards(CallerGuard)
export class ChecklistController {
  readonly #useCases: UseCases;
  readonly #clock: Clock;

  constructor(@Inject(UseCases) useCases: UseCases, @Inject(CLOCK) clock: Clock) {
    this.#useCases = useCases;
    this.#clock = clock;
  }

  @Get()
  async rows(
    @CallerOf() asker: Caller,
    @Query() { on: day, ...search }: Search,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const on = dayOf(day) ?? londonDate(this.#clock.now());
    const { protocol } = chosenOf({ filters: FILTERS }, search, ['on']);
    const asked = { asker, on, ...(protocol === undefined ? {} : { protocol }) };
    const told = await this.#useCases.run(new AskForChecklist(asked), 'http');
    void reply.header('concordat-position', String(told.position));
    if (told.outcome === 'not-permitted')
      throw new Problem(403, 'not-permitted', 'No clause lets you see what parties undertook. One of `clauses` would have to hold.', {
        more: { clauses: told.clauses },
      });
    void reply.header('concordat-view-position', String(told.viewPosition));
    if (prefers(accept ?? '', CSV, 'application/json')) {
      const name = `checklist-${on}-${told.position}.csv`;
      void reply.headers({ 'content-type': `${CSV}; charset=utf-8`, 'content-disposition': `attachment; filename="${name}"` });
      return csvOf(told.rows);
    }
    return { view: 'checklist', on, position: String(told.position), rows: told.rows };
  }
}
