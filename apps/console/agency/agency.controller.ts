// The administrator of an agency: which agreements it signed, which wait for it, and with which key it signs here (console.md, 4.3).
import { Body, Controller, Get, Inject, NotFoundException, Param, Post } from '@nestjs/common';
import { NotAsShown } from '../shell/as-shown.ts';
import { type Entered, textOf } from '../shell/form.ts';
import { Signatories } from '../shell/signatories.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { showRecorded } from '../shell/recorded.ts';
import { londonDay } from '../staff/acting.ts';
import { administratorOf } from './administrator.ts';
import {
  type Agreement,
  type AgreementSummary,
  agreementsOf,
  partsOf,
  reviewFor,
  reviewing,
  reviewRecorded,
  signatureRecorded,
} from './agreements-of.ts';
import { feedLine, type OwnFeed } from './own-feed.ts';
import { issueGroups, type Measured, measureLines, noticesCounted, type OpenNotice, type OwnIssue } from './own-data.ts';

@Controller('agency')
export class AgencyController {
  readonly #signatories: Signatories;

  constructor(@Inject(Signatories) signatories: Signatories) {
    this.#signatories = signatories;
  }

  @Get()
  async home(@VisitOf() visit: Visit): Promise<string> {
    const { agency } = administratorOf(visit);
    const { protocols } = await visit.ask<{ readonly protocols: readonly AgreementSummary[] }>('/v1/protocols');
    const feed = await visit.ask<OwnFeed>('/v1/feed');
    return visit.page('agency/home.njk', {
      ...{ feed: feedLine(feed), since: feed.since },
      ...agreementsOf(protocols, agency),
      agency,
      keyId: await this.#signatories.keyIdOf(visit.person),
    });
  }

  /** A page of its own: each of its rows is a look, which nobody need take to sign an agreement. */
  @Get('data')
  async data(@VisitOf() visit: Visit): Promise<string> {
    const { agency } = administratorOf(visit);
    const search = { state: 'open', limit: MOST_ROWS };
    const issues = await visit.ask<Rows<OwnIssue>>('/v1/data-quality/issues', { purposes: ASSURING, search });
    const { rows: measured } = await visit.ask<Rows<Measured>>('/v1/data-quality/completeness');
    const { notices } = await visit.ask<{ readonly notices: readonly OpenNotice[] }>('/v1/notices');
    return visit.page('agency/data.njk', {
      ...{ agency, groups: issueGroups(issues.rows), goesOn: issues.next !== undefined },
      ...{ measures: measureLines(measured), notices: noticesCounted(notices, londonDay()), position: issues.position },
    });
  }

  @Get('agreements/:id/:version')
  async agreement(@VisitOf() visit: Visit, @Param('id') id: string, @Param('version') version: string): Promise<string> {
    const { agency } = administratorOf(visit);
    const agreement = await visit.ask<Agreement>(`/v1/protocols/${encodeURIComponent(id)}/${encodeURIComponent(version)}`);
    return visit.page('agency/agreement.njk', {
      agreement,
      parts: partsOf(agreement.document),
      signed: agreement.parties.find((party) => party.agency === agency && party.leftOn === null),
      waits: waitsFor(agency, agreement),
      ...reviewing(agreement, { agency, today: londonDay() }),
      signs: this.#signatories.agencyOf(visit.person) !== undefined,
    });
  }

  /** No such page where nothing is to be signed, or no key is here to sign with. */
  @Get('agreements/:id/:version/sign')
  async check(@VisitOf() visit: Visit, @Param('id') id: string, @Param('version') version: string): Promise<string> {
    const { agency } = administratorOf(visit);
    const agreement = await visit.ask<Agreement>(`/v1/protocols/${encodeURIComponent(id)}/${encodeURIComponent(version)}`);
    if (!waitsFor(agency, agreement) || this.#signatories.agencyOf(visit.person) === undefined) throw new NotFoundException();
    return visit.page('agency/sign-check.njk', { agreement });
  }

  /** What was read is what is signed: the digest comes from the broker again, and a text that changed meanwhile is another version. */
  @Post('agreements/:id/:version/sign')
  async sign(@VisitOf() visit: Visit, @Param('id') id: string, @Param('version') version: string): Promise<void> {
    administratorOf(visit);
    const path = `/v1/protocols/${encodeURIComponent(id)}/${encodeURIComponent(version)}`;
    const agreement = await visit.ask<Agreement>(path);
    const signed = await this.#signatories.sign(visit.person, {
      digest: agreement.digest,
      protocol: agreement.id,
      version: agreement.version,
    });
    const { positions } = await visit.ask<{ readonly positions: readonly string[] }>(`${path}/signatures`, { method: 'POST', signed });
    showRecorded(visit, signatureRecorded(await visit.ask<Agreement>(path), positions));
  }

  /** No such page where no review is due, or no key is here to sign with. */
  @Get('agreements/:id/:version/review')
  async checkReview(@VisitOf() visit: Visit, @Param('id') id: string, @Param('version') version: string): Promise<string> {
    const { agreement, until } = await this.#dueForReview(visit, id, version);
    return visit.page('agency/review-check.njk', { agreement, until });
  }

  /** The day that the check showed is the day that is signed: past midnight it is another one, and is shown first. */
  @Post('agreements/:id/:version/review')
  async review(
    @VisitOf() visit: Visit,
    @Param('id') id: string,
    @Param('version') version: string,
    @Body() checked: Entered,
  ): Promise<void> {
    const { agreement, until, path } = await this.#dueForReview(visit, id, version);
    if (textOf(checked['until']) !== until) throw new NotAsShown(`/agency/agreements/${agreement.id}/${agreement.version}/review`);
    const text = { digest: agreement.digest, protocol: agreement.id, version: agreement.version };
    const signed = await this.#signatories.review(visit.person, text, until);
    const { positions } = await visit.ask<{ readonly positions: readonly string[] }>(`${path}/review`, { method: 'POST', signed });
    showRecorded(visit, reviewRecorded(await visit.ask<Agreement>(path), { until, positions }));
  }

  async #dueForReview(visit: Visit, id: string, version: string): Promise<Due> {
    const { agency } = administratorOf(visit);
    const path = `/v1/protocols/${encodeURIComponent(id)}/${encodeURIComponent(version)}`;
    const agreement = await visit.ask<Agreement>(path);
    const until = reviewFor(agreement, { agency, today: londonDay() });
    if (until === undefined || this.#signatories.agencyOf(visit.person) === undefined) throw new NotFoundException();
    return { agreement, until, path };
  }
}

interface Due {
  readonly agreement: Agreement;
  readonly until: string;
  /** Of the agreement, at the broker. */
  readonly path: string;
}

const waitsFor = (agency: string, agreement: Agreement): boolean => agreementsOf([agreement], agency).waiting.length > 0;

const ASSURING = ['assure-data-quality'];
const MOST_ROWS = 200;

interface Rows<Row> {
  readonly rows: readonly Row[];
  readonly position: string;
  readonly next?: string;
}
