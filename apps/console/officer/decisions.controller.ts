// One decision in words, and the same decided again (console.md, /dpo/decisions/{position}).
import { Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { type Visit, VisitOf } from '../shell/visit.ts';
import type { Decision } from './audit-answers.ts';
import { hrefOfConsent, hrefOfLearner } from './found.ts';
import { sayFor } from './say.ts';

interface Replayed {
  readonly decision: Decision;
  readonly same: boolean;
}

const POSITION = /^[1-9]\d{0,14}$/;

@Controller('dpo/decisions/:position')
export class DecisionsController {
  @Get()
  async decision(@VisitOf() visit: Visit, @Param('position') position: string): Promise<string> {
    const decision = await visit.askIfAny<Decision>(pathOf(position));
    return pageOf(visit, decision && { decision });
  }

  @Post('again')
  async again(@VisitOf() visit: Visit, @Param('position') position: string): Promise<string> {
    const replayed = await visit.askIfAny<Replayed>(`${pathOf(position)}/replay`, { method: 'POST' });
    return pageOf(visit, replayed && { ...replayed, checkedAt: Date.now() });
  }
}

const pathOf = (position: string): string => {
  if (!POSITION.test(position)) throw new NotFoundException();
  return `/v1/audit/decisions/${position}`;
};

const pageOf = (visit: Visit, told: (Partial<Replayed> & { readonly checkedAt?: number }) | undefined): string => {
  if (told === undefined) throw new NotFoundException();
  const { learner = '' } = told.decision ?? {};
  const hrefOf = (consent: string): string => hrefOfConsent(learner, consent);
  return visit.page('officer/decision.njk', { ...told, learnerHref: hrefOfLearner(learner), hrefOf, say: sayFor(visit) });
};
