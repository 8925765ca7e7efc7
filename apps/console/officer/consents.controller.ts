// Consents across learners, and one consent's life (console.md, /dpo/consents and picture 1).
import type { Readable } from 'node:stream';
import { Controller, Get, Inject, NotFoundException, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Agreements, type Purpose } from '../broker/agreements.ts';
import { consentLife } from '../pictures/consent-life.ts';
import { figureOf } from '../pictures/picture.ts';
import { rowsTaken } from '../shell/rows-taken.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { LANGUAGES } from '../words/index.ts';
import type { Consent, ConsentLife, Named, Rows } from './audit-answers.ts';
import { CONSENT_FILTERS, consentFields, consentsChosen, type Offered } from './consent-filters.ts';
import { handedOn } from '../shell/file-answer.ts';
import { hrefOfConsent, hrefOfLearner } from './found.ts';
import { pictured } from './pictured.ts';
import { sayFor } from './say.ts';
import { type Search, searchWithout, textsIn, withSearch } from './search.ts';
import { consentColumns, ownOrderOfFile, rowsFor, sortedTable } from './sorted-tables.ts';

const PATH = '/v1/audit/consents';
const SEEN = 'recorded as seen by you';

interface Noticed {
  readonly document: { readonly purposes: readonly Purpose[] };
}

/** What was shown where the agreement's own sentences are the notice, in its language; of agencies' own notices the text is with them. */
const noticeOf = async (visit: Visit, { protocol, purposes, notice }: ConsentLife): Promise<readonly string[]> => {
  if (notice === undefined || notice.id !== protocol || !/^\d+$/.test(notice.version)) return [];
  const agreed = await visit.askIfAny<Noticed>(`/v1/protocols/${encodeURIComponent(protocol)}/${notice.version}`);
  const language = LANGUAGES.find((one) => one === notice.language) ?? 'en';
  return (agreed?.document.purposes ?? []).filter(({ id }) => purposes.includes(id)).map(({ sentence }) => sentence[language]);
};

@Controller('dpo')
export class ConsentsController {
  readonly #agreements: Agreements;

  constructor(@Inject(Agreements) agreements: Agreements) {
    this.#agreements = agreements;
  }

  @Get('consents')
  async consents(@VisitOf() visit: Visit, @Query() search: Search): Promise<string> {
    const filters = textsIn(search, CONSENT_FILTERS);
    const fields = consentFields(await this.#offered(visit));
    const asked = { ...filters, cursor: search['cursor'], limit: rowsFor(search) };
    const { rows, next } = await visit.ask<Rows<Consent & Named>>(PATH, { search: asked });
    const say = sayFor(visit);
    const table = sortedTable(rows, consentColumns(say), { path: '/dpo/consents', filters, search, next });
    const csv = {
      href: withSearch('/dpo/consents.csv', searchWithout(filters)),
      says: `${rowsTaken({ rows: rows.length, goesOn: table.goesOn }, SEEN)}${ownOrderOfFile(table)}`,
    };
    const chosen = consentsChosen(fields, { ...filters, ...(table.sort && { sort: table.sort }) }, (text) => visit.named(text));
    return visit.page('officer/consents.njk', { ...table, csv, filters, fields, chosen, hrefOfConsent, say });
  }

  @Get('consents.csv')
  async csv(@VisitOf() visit: Visit, @Query() search: Search, @Res({ passthrough: true }) reply: FastifyReply): Promise<Readable> {
    return handedOn(await visit.open(PATH, { search: textsIn(search, CONSENT_FILTERS), accept: 'text/csv' }), reply, visit);
  }

  @Get('consents/:learner/:id')
  async consent(@VisitOf() visit: Visit, @Param() { learner = '', id = '' }: Search): Promise<string> {
    const life = await visit.askIfAny<ConsentLife>(`${PATH}/${encodeURIComponent(learner)}/${encodeURIComponent(id)}`);
    if (life === undefined) throw new NotFoundException();
    const learnerHref = hrefOfLearner(life.learner);
    const disclosures = `${learnerHref}/disclosures?consent=${encodeURIComponent(life.id)}`;
    const picture = figureOf(consentLife('life', pictured(life, Date.now(), sayFor(visit))));
    const notice = await noticeOf(visit, life);
    return visit.page('officer/consent.njk', { life, learnerHref, disclosures, picture, notice, say: sayFor(visit) });
  }

  /** Signed by the broker, to be kept or handed on. */
  @Get('consents/:learner/:id/record')
  async record(
    @VisitOf() visit: Visit,
    @Param() { learner = '', id = '' }: Search,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    const path = `${PATH}/${encodeURIComponent(learner)}/${encodeURIComponent(id)}`;
    return handedOn(await visit.open(path, { accept: 'application/jose' }), reply, visit);
  }

  async #offered(visit: Visit): Promise<Offered> {
    const { protocols } = await visit.ask<{ readonly protocols: Offered['protocols'] }>('/v1/protocols');
    const once = [...new Map(protocols.map(({ id, title }) => [id, { id, title }])).values()];
    return { protocols: once, purposes: await this.#agreements.purposes((path) => visit.ask(path)) };
  }
}
