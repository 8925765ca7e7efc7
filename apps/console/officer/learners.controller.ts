// One learner as an officer oversees the sharing about them: at a glance, and who saw what (console.md, /dpo/learners/{ref}).
import { Controller, Get, NotFoundException, Param, Query } from '@nestjs/common';
import { type Visit, VisitOf } from '../shell/visit.ts';
import type { Decisions, Overview } from './audit-answers.ts';
import { hrefOfConsent, hrefOfLearner } from './found.ts';
import { sayFor } from './say.ts';
import { type Search, searchWithout, textsIn } from './search.ts';

const TABS = ['consents', 'rights', 'identity'] as const;
const FILTERS = ['recipient', 'staff', 'purpose', 'clause', 'basis', 'consent', 'category', 'outcome', 'route', 'from', 'to'] as const;

@Controller('dpo/learners/:ref')
export class LearnersController {
  @Get()
  async learner(@VisitOf() visit: Visit, @Param('ref') ref: string, @Query('tab') tab?: string): Promise<string> {
    const overview = await visit.askIfAny<Overview>(`/v1/audit/learners/${encodeURIComponent(ref)}`);
    if (overview === undefined) throw new NotFoundException();
    const shown = TABS.find((one) => one === tab) ?? 'consents';
    const learner = hrefOfLearner(overview.learner);
    const hrefOf = (consent: string): string => hrefOfConsent(overview.learner, consent);
    return visit.page('officer/learner.njk', { overview, tab: shown, learner, hrefOf, say: sayFor(visit) });
  }

  @Get('disclosures')
  async disclosures(@VisitOf() visit: Visit, @Param('ref') ref: string, @Query() search: Search): Promise<string> {
    const filters = textsIn(search, FILTERS);
    const asked = { learner: ref, ...filters, cursor: search['cursor'], limit: 50 };
    const told = await visit.askIfAny<Decisions>('/v1/audit/decisions', { search: asked });
    if (told === undefined) throw new NotFoundException();
    const learner = hrefOfLearner(ref);
    const next = told.next && `${learner}/disclosures?${searchWithout({ ...filters, cursor: told.next })}`;
    const hrefOf = (consent: string): string => hrefOfConsent(ref, consent);
    const isFiltered = Object.keys(filters).length > 0;
    return visit.page('officer/disclosures.njk', {
      ref,
      learner,
      filters,
      isFiltered,
      decisions: told.decisions,
      next,
      hrefOf,
      say: sayFor(visit),
    });
  }
}
