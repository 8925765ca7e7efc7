// Who gives what to whom, as was decided; and what agreements allow that nobody used (console.md, 4.1 and picture 2).
import { Controller, Get, Query } from '@nestjs/common';
import { figureOf } from '../pictures/picture.ts';
import { whoGivesWhat } from '../pictures/who-gives-what.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { type Flows, hollowFlows, usedFlows, words } from './flow-words.ts';

const ASKED = ['from', 'to', 'category', 'basis', 'count'] as const;

@Controller('dpo')
export class FlowsController {
  @Get('flows')
  async flows(@VisitOf() visit: Visit, @Query() search: Record<string, string>): Promise<string> {
    const asked = Object.fromEntries(ASKED.flatMap((name) => (search[name] ? [[name, search[name]]] : [])));
    const told = await visit.ask<Flows>('/v1/audit/flows', { search: asked });
    const isUnused = search['show'] === 'unused';
    const unused = hollowFlows(told);
    const flows = isUnused ? unused : usedFlows(told, visit.nameOf);
    const picture = whoGivesWhat('flows', { counted: told.counted, flows });
    return visit.page('officer/flows.njk', {
      search: { ...asked, from: told.from, to: told.to },
      isUnused,
      isEmpty: flows.length === 0,
      isNarrowed: asked['category'] !== undefined || asked['basis'] !== undefined,
      figure: figureOf(picture),
      unused: unused.length,
      categories: categoriesIn(told),
      ofAgency: visit.person.kind === 'officer' && visit.person.office.startsWith('dpo-of:'),
    });
  }
}

const categoriesIn = ({ categories }: Flows): readonly { readonly value: string; readonly text: string }[] =>
  categories.map((value) => ({ value, text: words(value) })).sort((one, other) => one.text.localeCompare(other.text, 'en'));
