// What cannot be true of what agencies told, by rule; what is let stand, and why (console.md, 4.2).
import { Body, Controller, Get, NotFoundException, Post, Query } from '@nestjs/common';
import { type Entered, textOf } from '../shell/form.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { byRule, type Issue } from './queues.ts';

const REASONS = {
  'confirmed-by-source': 'The agency confirmed it',
  'document-seen': 'A document was seen',
  'rule-does-not-fit': 'The rule does not fit this case',
} as const;

const PURPOSES = ['assure-data-quality'];
/** A page of findings. */
const LIMIT = 200;

interface Found {
  readonly rows: readonly Issue[];
  readonly next?: string;
}

@Controller('data/issues')
export class IssuesController {
  @Get()
  async issues(@VisitOf() visit: Visit, @Query() { agency, cursor }: Readonly<Record<string, string>>): Promise<string> {
    const search = { state: 'open', limit: LIMIT, agency, cursor };
    const { rows, next } = await visit.ask<Found>('/v1/data-quality/issues', { purposes: PURPOSES, search });
    return visit.page('data-manager/issues.njk', { rules: byRule(rows), agency, next });
  }

  @Get('waive')
  async waiving(@VisitOf() visit: Visit, @Query() { position = '', rule = '' }: Readonly<Record<string, string>>): Promise<string> {
    if (!/^\d{1,15}$/.test(position)) throw new NotFoundException();
    return visit.page('data-manager/waive.njk', { position, rule, reasons: Object.entries(REASONS) });
  }

  @Post('waive')
  async waive(@VisitOf() visit: Visit, @Body() body: Entered): Promise<void> {
    const [position, rule, reason] = [textOf(body['position']), textOf(body['rule']), textOf(body['reason'])];
    if (!/^\d{1,15}$/.test(position) || !(reason in REASONS)) throw new NotFoundException();
    await visit.ask(`/v1/data-quality/issues/${position}/waive`, { method: 'POST', body: { rule, reason } });
    visit.say('The finding is let stand: it holds up no figures any more.');
    visit.goTo('/data/issues');
  }
}
