// How complete agencies' records are (views.md, S16).
import { Controller, Get, Headers, Inject, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Asker } from '#access';
import { UseCases } from '#bus/nest';
import { AskerGuard, AskerOf, prefers, Problem } from '#http';
import { type Clock, londonDate } from '#kernel';
import { csvLine } from '#strict-text';
import { AskForCompleteness } from '../completeness.handlers.ts';
import { CLOCK } from '../egress.tokens.ts';
import { chosenOf, dayOf, type Search } from './list-request.ts';

const FILTERS = { agency: { says: 'Slug of the agency whose records it is of.' } };
const CSV = 'text/csv';
const COLUMNS = ['agency', 'measure', 'have', 'of'] as const;

@Controller('v1/data-quality/completeness')
@UseGuards(AskerGuard)
export class CompletenessController {
  readonly #useCases: UseCases;
  readonly #clock: Clock;

  constructor(@Inject(UseCases) useCases: UseCases, @Inject(CLOCK) clock: Clock) {
    this.#useCases = useCases;
    this.#clock = clock;
  }

  @Get()
  async rows(
    @AskerOf() asker: Asker,
    @Query() { on: day, ...search }: Search,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const on = dayOf(day) ?? londonDate(this.#clock.now());
    const { agency } = chosenOf({ filters: FILTERS }, search, ['on']);
    const asked = { asker, on, ...(agency !== undefined && { agency }) };
    const told = await this.#useCases.run(new AskForCompleteness(asked), 'http');
    if (told.outcome === 'not-permitted')
      throw new Problem(403, 'not-permitted', 'An agency is told of its own records, the data manager of all.', { more: { clauses: [] } });
    const { rows, position, viewPosition } = told;
    void reply.headers({
      ...{ 'cache-control': 'no-store', 'concordat-position': String(position), 'concordat-view-position': String(viewPosition) },
    });
    if (!prefers(accept ?? '', CSV, 'application/json')) return { view: 'data-quality/completeness', on, position: String(position), rows };
    void reply.headers({
      ...{
        'content-type': `${CSV}; charset=utf-8`,
        'content-disposition': `attachment; filename="data-quality-completeness-${on}-${position}.csv"`,
      },
    });
    return [csvLine(COLUMNS), ...rows.map((row) => csvLine(COLUMNS.map((name) => String(row[name]))))].join('');
  }
}
