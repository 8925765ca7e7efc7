// An officer's first page, and the one box for whatever is in hand (console.md, /dpo and /dpo/find).
import { Body, Controller, Get, Post } from '@nestjs/common';
import { BrokerProblem } from '../broker/broker-client.ts';
import { type Entered, textOf } from '../shell/form.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import type { Found, Summary } from './audit-answers.ts';
import { hrefOfFound } from './found.ts';
import { needsIn } from './needs.ts';
import { type Explainable, toExplain } from './open-hits.ts';
import { sayFor } from './say.ts';

@Controller('dpo')
export class TodayController {
  @Get()
  async today(@VisitOf() visit: Visit): Promise<string> {
    const [summary, { hits }] = await Promise.all([
      visit.ask<Summary>('/v1/audit/summary'),
      visit.ask<{ readonly hits: readonly Explainable[] }>('/v1/audit/unusual'),
    ]);
    return visit.page('officer/today.njk', { summary, needs: needsIn(summary, toExplain(hits)), now: Date.now(), say: sayFor(visit) });
  }

  @Get('find')
  find(@VisitOf() visit: Visit): string {
    return visit.page('officer/find.njk', { entered: {}, say: sayFor(visit) });
  }

  /** One thing that is found is opened at once. */
  @Post('find')
  async found(@VisitOf() visit: Visit, @Body() entered: Entered): Promise<string | undefined> {
    const [query, learner] = [textOf(entered['query']), textOf(entered['learner'])];
    const fill = { entered: { query, learner }, say: sayFor(visit) };
    if (query === '') return visit.page('officer/find.njk', { ...fill, errors: { query: 'Enter what you have in hand' } });
    try {
      const body = { query, ...(learner !== '' && { learner }) };
      const { found, more: isMore } = await visit.ask<Found>('/v1/audit/find', { method: 'POST', body });
      const things = found.map((one) => ({ ...one, href: hrefOfFound(one) }));
      const [only, ...more] = things;
      if (only === undefined || more.length > 0) return visit.page('officer/find.njk', { ...fill, found: things, more: isMore });
      visit.goTo(only.href);
      return undefined;
    } catch (error) {
      if (!(error instanceof BrokerProblem) || error.status !== 400) throw error;
      return visit.page('officer/find.njk', { ...fill, errors: { learner: 'Enter a reference, such as uln: and ten digits' } });
    }
  }
}
