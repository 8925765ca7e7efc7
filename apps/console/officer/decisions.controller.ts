// One decision in words, what it rested on, and the same decided again (console.md, /dpo/decisions/{position}).
import { Controller, Get, NotFoundException, Param, Post } from '@nestjs/common';
import { type Visit, VisitOf } from '../shell/visit.ts';
import type { Decision, Why } from './audit-answers.ts';
import { hrefOfClause, hrefOfConsent, hrefOfLearner } from './found.ts';
import { sayFor } from './say.ts';

interface Replayed {
  readonly decision: Decision;
  readonly same: boolean;
}

const POSITION = /^[1-9]\d{0,14}$/;

@Controller('dpo/decisions/:position')
export class DecisionsController {
  /** Positions of decisions that came out otherwise the last time, whoever asked: they are decided again whenever they are looked at. */
  readonly #differing = new Set<string>();

  @Get()
  async decision(@VisitOf() visit: Visit, @Param('position') position: string): Promise<string> {
    return this.#differing.has(position) ? this.again(visit, position) : pageOf(visit, await whyOf(visit, position));
  }

  @Post('again')
  async again(@VisitOf() visit: Visit, @Param('position') position: string): Promise<string> {
    const replayed = await visit.askIfAny<Replayed>(`/v1/audit/decisions/${checked(position)}/replay`, { method: 'POST' });
    if (replayed === undefined) throw new NotFoundException();
    const { same } = replayed;
    if (same) this.#differing.delete(position);
    else this.#differing.add(position);
    return pageOf(visit, { ...(await whyOf(visit, position)), same, checkedAt: Date.now() });
  }
}

const checked = (position: string): string => {
  if (!POSITION.test(position)) throw new NotFoundException();
  return position;
};

const whyOf = async (visit: Visit, position: string): Promise<Why> => {
  const why = await visit.askIfAny<Why>('/v1/audit/why', { search: { decision: checked(position) } });
  if (why === undefined) throw new NotFoundException();
  return why;
};

const pageOf = (visit: Visit, told: Why & { readonly same?: boolean; readonly checkedAt?: number }): string => {
  const { learner = '' } = told.decision;
  const hrefOf = (consent: string): string => hrefOfConsent(learner, consent);
  return visit.page('officer/decision.njk', { ...told, learnerHref: hrefOfLearner(learner), hrefOf, hrefOfClause, say: sayFor(visit) });
};
