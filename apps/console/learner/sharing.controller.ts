// What a learner shares, who asks for more, and the forms to share less or to object (console.md, 4.4).
import { Controller, Get, Inject, NotFoundException, Param, Query } from '@nestjs/common';
import { Agreements } from '../broker/agreements.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { sentencesFor, wordsFor } from './learner-page.ts';
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
      ...(await this.#words(visit)),
      consents,
      requests: requests.filter(({ state }) => state === 'waiting'),
      byAgency,
      objections,
    });
  }

  @Get('requests/:id')
  async request(@VisitOf() visit: Visit, @Param('id') id: string): Promise<string> {
    const { requests } = await sharingOf(visit);
    const request = requests.find((one) => one.id === id);
    if (request === undefined) throw new NotFoundException();
    return visit.page('learner/request.njk', { ...(await this.#words(visit)), request });
  }

  @Get('less')
  async less(@VisitOf() visit: Visit, @Query() { consent, of }: Readonly<Record<string, string>>): Promise<string> {
    const { consents } = await sharingOf(visit);
    const chosen = consents.find(({ consentId, source }) => consentId === consent && source === of);
    if (chosen === undefined) throw new NotFoundException();
    return visit.page('learner/less.njk', { ...(await this.#words(visit)), consent: chosen });
  }

  @Get('object')
  async object(@VisitOf() visit: Visit, @Query() { about, purpose }: Readonly<Record<string, string>>): Promise<string> {
    const { goesOn } = await sharingOf(visit);
    const grounds = goesOn.filter((one) => one.objectable && one.agency === about && one.purpose === purpose);
    if (grounds.length === 0) throw new NotFoundException();
    const kinds = [...new Set(grounds.flatMap(({ categories }) => categories))].sort();
    return visit.page('learner/object.njk', { ...(await this.#words(visit)), about, purpose, kindsOf: kinds });
  }

  async #words(visit: Visit): Promise<Readonly<Record<string, unknown>>> {
    return wordsFor(visit, await sentencesFor(visit, this.#agreements));
  }
}
