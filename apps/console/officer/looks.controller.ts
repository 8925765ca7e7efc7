// Looks at one learner by day, as a calendar whose days open the list (console.md, picture 6).
import { Controller, Get, NotFoundException, Param, Query } from '@nestjs/common';
import { looksByDay } from '../pictures/looks-by-day.ts';
import { figureOf } from '../pictures/picture.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { pathOfDisclosures } from './disclosure-filters.ts';
import { hrefOfLearner } from './found.ts';
import { say } from './say.ts';
import { type Search, textsIn } from './search.ts';

interface LooksByDay {
  readonly localId?: string;
  readonly from: string;
  readonly to: string;
  readonly days: readonly { readonly day: string; readonly looks: number; readonly unusual: readonly string[] }[];
}

@Controller('dpo/learners/:ref')
export class LooksController {
  @Get('looks')
  async looks(@VisitOf() visit: Visit, @Param('ref') ref: string, @Query() search: Search): Promise<string> {
    const asked = { learner: ref, ...textsIn(search, ['from', 'to']) };
    const told = await visit.askIfAny<LooksByDay>('/v1/audit/looks', { search: asked });
    if (told === undefined) throw new NotFoundException();
    const { from, to, days, localId } = told;
    const list = pathOfDisclosures(ref);
    const drawn = days.map(({ day, looks, unusual }) => ({
      ...{ day, looks, isUnusual: unusual.length > 0, href: `${list}?from=${day}&to=${day}` },
    }));
    const figure = days.length === 0 ? undefined : figureOf(looksByDay('looks', drawn, { from, to }));
    return visit.page('officer/looks.njk', { ref, localId, from, to, list, figure, learner: hrefOfLearner(ref), say });
  }
}
