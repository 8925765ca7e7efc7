// What the person who is signed in wrote and could not send: to be sent now, or thrown away (console.md, 3; ADR 60).
import { Body, Controller, Get, Post } from '@nestjs/common';
import { admittanceTo, homeOf } from './areas.ts';
import { type Entered, type Field, fieldsIn, textOf } from './form.ts';
import type { Unsent } from './drafts.ts';
import { type Visit, VisitOf } from './visit.ts';

@Controller('unsent')
export class UnsentController {
  @Get()
  shown(@VisitOf() visit: Visit): string | undefined {
    const { person, unsent } = visit;
    const own = unsent.filter(({ path }) => admittanceTo(path, person) === 'admitted').map(rowOf);
    if (own.length > 0) return visit.page('templates/unsent.njk', { unsent: own.toReversed() });
    visit.goTo(homeOf(person));
    return undefined;
  }

  @Post('drop')
  drop(@VisitOf() visit: Visit, @Body() body: Entered): void {
    visit.dropUnsent(textOf(body['path']));
    visit.goTo('/unsent');
  }
}

/** As it was sent, and of it what somebody wrote: ids and codes are one word. */
const rowOf = ({
  path,
  at,
  entered,
}: Unsent): Pick<Unsent, 'path' | 'at'> & { readonly fields: readonly Field[]; readonly wrote: readonly string[] } => {
  const fields = fieldsIn(entered);
  return { path, at, fields, wrote: fields.flatMap(({ value }) => (/\s/.test(value) ? [value] : [])) };
};
