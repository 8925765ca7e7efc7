// Agreements as everybody who works with the console may read them: a refusal names their clauses.
import { Controller, Get, Param } from '@nestjs/common';
import { type Agreement, type AgreementSummary, partsOf } from '../agency/agreements-of.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';

@Controller('agreements')
export class ReadableAgreementsController {
  @Get()
  async all(@VisitOf() visit: Visit): Promise<string> {
    const { protocols } = await visit.ask<{ readonly protocols: readonly AgreementSummary[] }>('/v1/protocols');
    return visit.page('agreements/agreements.njk', { protocols });
  }

  @Get(':id/:version')
  async one(@VisitOf() visit: Visit, @Param('id') id: string, @Param('version') version: string): Promise<string> {
    const agreement = await visit.ask<Agreement>(`/v1/protocols/${encodeURIComponent(id)}/${encodeURIComponent(version)}`);
    return visit.page('agreements/agreement.njk', { agreement, parts: partsOf(agreement.document) });
  }
}
