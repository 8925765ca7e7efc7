// What a learner shares, who asks for more, and the forms to share less or to object (console.md, 4.4).
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Agreements } from '../broker/agreements.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { type FormAct, formPage } from './act-forms.ts';
import { openedIn, sentencesFor, wordsFor } from './learner-page.ts';
import { type Rows, sharingOf } from './own-answers.ts';

@Controller('me/sharing')
export class SharingController {
  readonly #agreements: Agreements;

  constructor(@Inject(Agreements) agreements: Agreements) {
    this.#agreements = agreements;
  }

  @Get()
  async sharing(@VisitOf() visit: Visit): Promise<string> {
    const { consents, requests, goesOn } = await sharingOf(visit);
    const { rows: objections } = await visit.ask<Rows<unknown>>('/v1/me/requests');
    const byAgency = [...Map.groupBy(goesOn, ({ agency }) => agency)].map(([agency, grounds]) => ({ agency, grounds }));
    return visit.page('learner/sharing.njk', {
      ...wordsFor(visit, await sentencesFor(visit, this.#agreements)),
      consents,
      requests: requests.filter(({ state }) => state === 'waiting'),
      byAgency,
      objections,
    });
  }

  @Get('requests/:item')
  async request(@VisitOf() visit: Visit, @Param('item') item: string): Promise<string> {
    return this.#form(visit, 'yes', item);
  }

  @Get('less')
  async less(@VisitOf() visit: Visit, @Query('item') item: unknown): Promise<string> {
    return this.#form(visit, 'less', item);
  }

  @Get('object')
  async object(@VisitOf() visit: Visit, @Query('item') item: unknown): Promise<string> {
    return this.#form(visit, 'object', item);
  }

  async #form(visit: Visit, act: FormAct, item: unknown): Promise<string> {
    return formPage({ visit, agreements: this.#agreements, page: undefined }, act, openedIn(visit, item));
  }
}
