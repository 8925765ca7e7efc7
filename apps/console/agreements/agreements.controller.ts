// Agreements as everybody who works with the console may read them: a refusal names their clauses. Beside them what parties propose.
import { Controller, Get, Param } from '@nestjs/common';
import { type Agreement, type AgreementDocument, type AgreementSummary, partsOf } from '../agency/agreements-of.ts';
import type { Proposal, Proposals } from '../broker/proposals.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { proposes } from './proposing.controller.ts';

@Controller('agreements')
export class ReadableAgreementsController {
  @Get()
  async all(@VisitOf() visit: Visit): Promise<string> {
    const { protocols } = await visit.ask<{ readonly protocols: readonly AgreementSummary[] }>('/v1/protocols');
    const { proposals } = await visit.ask<Proposals>('/v1/proposals');
    return visit.page('agreements/agreements.njk', { protocols, proposals, proposes: proposes(visit.person) });
  }

  @Get('proposals/:proposal')
  async proposed(@VisitOf() visit: Visit, @Param('proposal') name: string): Promise<string> {
    const proposal = await visit.ask<Proposal<AgreementDocument>>(`/v1/proposals/${encodeURIComponent(name)}`);
    return visit.page('agreements/proposal.njk', { proposal, parts: partsOf(proposal.document) });
  }

  @Get(':id/:version')
  async one(@VisitOf() visit: Visit, @Param('id') id: string, @Param('version') version: string): Promise<string> {
    const agreement = await visit.ask<Agreement>(`/v1/protocols/${encodeURIComponent(id)}/${encodeURIComponent(version)}`);
    return visit.page('agreements/agreement.njk', { agreement, parts: partsOf(agreement.document) });
  }
}
