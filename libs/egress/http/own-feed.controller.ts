// How far an agency's own feed is, for the agency itself (console.md, /agency; ADR 66).
import { Controller, Get, Header, Inject, UseGuards } from '@nestjs/common';
import type { Caller } from '#access';
import { UseCases } from '#bus/nest';
import { CallerGuard, CallerOf } from '#http';
import { AskForOwnFeed } from '../own-feed.handlers.ts';

@Controller('v1/feed')
@UseGuards(CallerGuard)
export class OwnFeedController {
  readonly #useCases: UseCases;

  constructor(@Inject(UseCases) useCases: UseCases) {
    this.#useCases = useCases;
  }

  @Get()
  @Header('cache-control', 'no-store')
  async feed(@CallerOf() caller: Caller): Promise<unknown> {
    const { since, ...feed } = await this.#useCases.run(new AskForOwnFeed({ caller }), 'http');
    return { ...feed, ...(since !== undefined && { since: new Date(since).toISOString() }) };
  }
}
