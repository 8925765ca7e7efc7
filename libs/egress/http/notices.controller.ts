// Notices for agencies that have no feed, or do not want to wait for it (ADR 0015).
import { Controller, Get, Headers, Inject, Res, UseGuards } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import type { Caller } from '#access';
import { CallerGuard, CallerOf, unavailable } from '#http';
import { AskForNotices, type NoticesTold } from '../notice-queries.ts';
import { minPositionOf } from './read-request.ts';

@Controller('v1/notices')
@UseGuards(CallerGuard)
export class NoticesController {
  readonly #queries: QueryBus;

  constructor(@Inject(QueryBus) queries: QueryBus) {
    this.#queries = queries;
  }

  /** No purpose is named: whoever received data has to know what became of them. */
  @Get()
  async notices(
    @CallerOf() caller: Caller,
    @Headers('concordat-min-position') minPosition: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const min = minPositionOf(minPosition);
    const { notices, position }: NoticesTold = await this.#queries.execute(new AskForNotices(caller));
    if (position < min) throw unavailable();
    void reply.header('concordat-position', String(position));
    return { notices };
  }
}
