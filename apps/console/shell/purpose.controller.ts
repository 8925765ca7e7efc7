// For which purposes staff work at present: the broker permits each item for one of them, so they are chosen before anything is asked.
import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { Agreements, type Purpose } from '../broker/agreements.ts';
import { listOf, textOf } from './form.ts';
import { type Visit, VisitOf } from './visit.ts';

@Controller('purpose')
export class PurposeController {
  readonly #agreements: Agreements;

  constructor(@Inject(Agreements) agreements: Agreements) {
    this.#agreements = agreements;
  }

  @Get()
  async choose(@VisitOf() visit: Visit, @Query('then') then?: string): Promise<string> {
    return visit.page('templates/purpose.njk', { offered: await this.#offered(visit), then: then ?? '/staff' });
  }

  @Post()
  async chosen(@VisitOf() visit: Visit, @Body() body: Readonly<Record<string, unknown>>): Promise<string | undefined> {
    const offered = await this.#offered(visit);
    const purposes = listOf(body['purposes']).filter((purpose) => offered.some(({ id }) => id === purpose));
    const then = textOf(body['then']);
    if (purposes.length === 0) return visit.page('templates/purpose.njk', { offered, then, error: 'Choose what you are working on' });
    visit.choosePurposes(purposes);
    visit.goTo(/^\/(?:staff|plan|agency)[\w\-./?=&%:]*$/.test(then) ? then : '/staff');
    return undefined;
  }

  #offered(visit: Visit): Promise<readonly Purpose[]> {
    return this.#agreements.purposes((path) => visit.ask(path));
  }
}
