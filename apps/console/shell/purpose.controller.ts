// For which purposes staff work at present: the broker permits each item for one of them, so they are chosen before anything is asked.
import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { Agreements, type Purpose } from '../broker/agreements.ts';
import { listOf, textOf } from './form.ts';
import { type Visit, VisitOf } from './visit.ts';
import { isHome } from './working.ts';

/** Pages that say what one is working on; whatever else is asked for leads to the first. */
const PAGES = /^(?!.*\.\.)\/(?:staff|plan|agency|agreements)(?:\/[\w\-./:%]*)?(?:\?[\w\-.:%&=+]*)?$/;
const pageIn = (then: unknown): string => (PAGES.test(textOf(then)) ? textOf(then) : '/staff');

@Controller('purpose')
export class PurposeController {
  readonly #agreements: Agreements;

  constructor(@Inject(Agreements) agreements: Agreements) {
    this.#agreements = agreements;
  }

  @Get()
  async choose(@VisitOf() visit: Visit, @Query('then') given?: string): Promise<string> {
    return choicePage(visit, { offered: await this.#offered(visit), then: pageIn(given) });
  }

  @Post()
  async chosen(@VisitOf() visit: Visit, @Body() body: Readonly<Record<string, unknown>>): Promise<string | undefined> {
    const offered = await this.#offered(visit);
    const purposes = listOf(body['purposes']).filter((purpose) => offered.some(({ id }) => id === purpose));
    const then = pageIn(body['then']);
    if (purposes.length === 0) return choicePage(visit, { offered, then, error: 'Choose what you are working on' });
    visit.working.choose(purposes, body['where'] === 'here' ? then : undefined);
    visit.goTo(then);
    return undefined;
  }

  #offered(visit: Visit): Promise<readonly Purpose[]> {
    return this.#agreements.purposes((path) => visit.ask(path));
  }
}

interface Choice {
  readonly offered: readonly Purpose[];
  readonly then: string;
  readonly error?: string;
}

/** On which pages it is to hold is asked once something holds for all. */
const choicePage = (visit: Visit, choice: Choice): string => {
  const chosen = visit.working.on(choice.then);
  const where = isHome(choice.then) ? 'all' : 'here';
  return visit.page('templates/purpose.njk', { ...choice, chosen, ...(chosen.length > 0 && { where }) });
};
