// Looks at one learner by day, for data protection officers (console.md, picture 6; ADR 59).
import { Controller, Get, Header, Inject, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Asker } from '#access';
import { UseCases } from '#bus/nest';
import { AskerGuard, AskerOf } from '#http';
import { type Clock, londonDate } from '#kernel';
import { CLOCK } from '../egress.tokens.ts';
import { AskForLooksByDay } from '../looks-by-day.handlers.ts';
import { knownIn, officeIn, refIn } from './audit.controller.ts';
import { daysIn } from './figures-request.ts';
import type { Search } from './list-request.ts';

@Controller('v1/audit')
@UseGuards(AskerGuard)
export class LooksByDayController {
  readonly #useCases: UseCases;
  readonly #clock: Clock;

  constructor(@Inject(UseCases) useCases: UseCases, @Inject(CLOCK) clock: Clock) {
    this.#useCases = useCases;
    this.#clock = clock;
  }

  @Get('looks')
  @Header('cache-control', 'no-store')
  async looks(@AskerOf() asker: Asker, @Query() search: Search, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const began = performance.now();
    const { learner, ...days } = search;
    const asked = { ref: refIn(learner), ...daysIn(days, londonDate(this.#clock.now())), asker: officeIn(asker) };
    const { told, position } = await knownIn(await this.#useCases.run(new AskForLooksByDay(asked), 'http'), began);
    void reply.header('concordat-position', String(position));
    return { ...told, from: asked.from, to: asked.to };
  }
}
