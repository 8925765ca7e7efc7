// Notices for agencies that have no feed, or do not want to wait for it (ADR 0015).
import { Controller, Get, Inject, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { UseCases } from '#bus/nest';
import type { Caller } from '#access';
import { CallerGuard, CallerOf } from '#http';
import { AskForNotices } from '../notices.handlers.ts';

@Controller('v1/notices')
@UseGuards(CallerGuard)
export class NoticesController {
  readonly #useCases: UseCases;

  constructor(@Inject(UseCases) useCases: UseCases) {
    this.#useCases = useCases;
  }

  /** No purpose is named: whoever received data has to know what became of them. */
  @Get()
  async notices(@CallerOf() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const { notices, position } = await this.#useCases.run(new AskForNotices({ caller }), 'http');
    void reply.header('concordat-position', String(position));
    return { notices };
  }
}
