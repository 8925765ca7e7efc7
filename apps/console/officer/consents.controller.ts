// Consents across learners, and one consent's life (console.md, /dpo/consents and picture 1).
import type { Readable } from 'node:stream';
import { Controller, Get, NotFoundException, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { consentLife } from '../pictures/consent-life.ts';
import { figureOf } from '../pictures/picture.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import type { Consent, ConsentLife, Named, Rows } from './audit-answers.ts';
import { handedOn } from './file-answer.ts';
import { hrefOfConsent, hrefOfLearner } from './found.ts';
import { pictured } from './pictured.ts';
import { sayFor } from './say.ts';
import { type Search, searchWithout, textsIn } from './search.ts';

const FILTERS = [
  ...['status', 'protocol', 'purpose', 'category', 'recipient', 'method', 'notice', 'givenBy', 'capturedBy', 'expiresBefore'],
] as const;
const PATH = '/v1/audit/consents';

@Controller('dpo')
export class ConsentsController {
  @Get('consents')
  async consents(@VisitOf() visit: Visit, @Query() search: Search): Promise<string> {
    const filters = textsIn(search, FILTERS);
    const { rows, next } = await visit.ask<Rows<Consent & Named>>(PATH, { search: { ...filters, cursor: search['cursor'], limit: 50 } });
    const further = next && `/dpo/consents?${searchWithout({ ...filters, cursor: next })}`;
    const csv = `/dpo/consents.csv?${searchWithout(filters)}`;
    const isFiltered = Object.keys(filters).length > 0;
    return visit.page('officer/consents.njk', { rows, next: further, csv, filters, isFiltered, hrefOfConsent, say: sayFor(visit) });
  }

  @Get('consents.csv')
  async csv(@VisitOf() visit: Visit, @Query() search: Search, @Res({ passthrough: true }) reply: FastifyReply): Promise<Readable> {
    return handedOn(await visit.open(PATH, { search: textsIn(search, FILTERS), accept: 'text/csv' }), reply);
  }

  @Get('consents/:learner/:id')
  async consent(@VisitOf() visit: Visit, @Param() { learner = '', id = '' }: Search): Promise<string> {
    const life = await visit.askIfAny<ConsentLife>(`${PATH}/${encodeURIComponent(learner)}/${encodeURIComponent(id)}`);
    if (life === undefined) throw new NotFoundException();
    const learnerHref = hrefOfLearner(life.learner);
    const disclosures = `${learnerHref}/disclosures?consent=${encodeURIComponent(life.id)}`;
    const picture = figureOf(consentLife('life', pictured(life, Date.now(), sayFor(visit))));
    return visit.page('officer/consent.njk', { life, learnerHref, disclosures, picture, say: sayFor(visit) });
  }

  /** Signed by the broker, to be kept or handed on. */
  @Get('consents/:learner/:id/record')
  async record(
    @VisitOf() visit: Visit,
    @Param() { learner = '', id = '' }: Search,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    const path = `${PATH}/${encodeURIComponent(learner)}/${encodeURIComponent(id)}`;
    return handedOn(await visit.open(path, { accept: 'application/jose' }), reply);
  }
}
