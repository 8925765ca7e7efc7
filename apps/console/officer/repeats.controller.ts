// Assessments that were not repeated: of the partnership for its officer, of one agency for that agency's officer and administrator
// (console.md, picture 3).
import { Controller, Get, Query } from '@nestjs/common';
import { assessmentsNotRepeated } from '../pictures/assessments-not-repeated.ts';
import { figureOf } from '../pictures/picture.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { byAgency, minutesIn, pictured, type RepeatsTold } from './repeats.ts';
import { sayFor } from './say.ts';
import type { Search } from './search.ts';

interface Place {
  readonly path: string;
  readonly back: string;
}

@Controller()
export class RepeatsController {
  @Get('dpo/repeats')
  async officers(@VisitOf() visit: Visit, @Query() search: Search): Promise<string> {
    return shown(visit, search, { path: '/dpo/repeats', back: '/dpo' });
  }

  @Get('agency/repeats')
  async agencys(@VisitOf() visit: Visit, @Query() search: Search): Promise<string> {
    return shown(visit, search, { path: '/agency/repeats', back: '/agency' });
  }
}

const shown = async (visit: Visit, search: Search, { path, back }: Place): Promise<string> => {
  const months = Object.fromEntries(['from', 'to'].flatMap((name) => (search[name] ? [[name, search[name]]] : [])));
  const told = await visit.ask<RepeatsTold>('/v1/audit/repeats', { search: months });
  const entered = Object.fromEntries(Object.entries(search).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])));
  const minutes = minutesIn(told, entered);
  const agencies = byAgency(told);
  return visit.page('officer/repeats.njk', {
    ...{ path, back, minutes, from: told.from, to: told.to },
    agencies: agencies.length > 1 ? agencies : [],
    figure: agencies.length > 0 ? figureOf(assessmentsNotRepeated('repeats', pictured(told, minutes))) : undefined,
    say: sayFor(visit),
  });
};
