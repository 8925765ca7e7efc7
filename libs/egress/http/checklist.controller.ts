// Who must do what by when, of what concerns no learner (views.md, S23).
import { Controller, Get, Headers, Inject, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Caller } from '#access';
import { UseCases } from '#bus/nest';
import { CallerGuard, CallerOf, Problem, unavailable } from '#http';
import { type Clock, londonDate } from '#kernel';
import { AskForChecklist } from '../checklist.handlers.ts';
import { CLOCK } from '../egress.tokens.ts';
import { chosenOf, dayOf, type Search } from './list-request.ts';
import { minPositionOf } from './read-request.ts';

const FILTERS = { protocol: { says: 'Id of an agreement: its signatures, review and undertakings, instead of the lines of the report.' } };

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
    @Headers('concordat-min-position') minPosition: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const on = dayOf(day) ?? londonDate(this.#clock.now());
    const { protocol } = chosenOf({ filters: FILTERS }, search, ['on']);
    const asked = { asker, on, minPosition: minPositionOf(minPosition), ...(protocol === undefined ? {} : { protocol }) };
    const told = await this.#useCases.run(new AskForChecklist(asked), 'http');
    if (told.outcome === 'behind') throw unavailable();
    void reply.header('concordat-position', String(told.position));
    if (told.outcome === 'not-permitted')
      throw new Problem(403, 'not-permitted', 'No clause lets you see what parties undertook. One of `clauses` would have to hold.', {
        more: { clauses: told.clauses },
      });
    void reply.header('concordat-view-position', String(told.viewPosition));
    return { view: 'checklist', on, position: String(told.position), rows: told.rows };
  }
}
