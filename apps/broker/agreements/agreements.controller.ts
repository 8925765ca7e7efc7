// Agreements in the open: nothing in them is personal, and learners are owed to know by which rules data about them flows (views.md, S1).
import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ListAgencies } from '#agencies/bus';
import { UseCases } from '#bus/nest';
import { CLOCK } from '#egress';
import { notAllowed, prefers } from '#http';
import { type Clock, type IsoDate, londonDate } from '#kernel';
import {
  agreementOf,
  type AgreementsChosen,
  agreementsChosen,
  type AgreementSummary,
  diffProtocols,
  odrlOf,
  type PartySignature,
  type ProtocolVersion,
  renderAgreement,
} from '#sharing-protocols';
import { ListProtocols } from '#sharing-protocols/bus';
import { againstIn, chosenIn, noSuch, type Search } from './agreements-search.ts';

const MARKDOWN = 'text/markdown';
/** Stands where a version does, and takes POST alone. */
const SIMULATE = 'simulate';
const JSON_LD = 'application/ld+json';

@Controller('v1/protocols')
export class AgreementsController {
  readonly #useCases: UseCases;
  readonly #clock: Clock;

  constructor(@Inject(UseCases) useCases: UseCases, @Inject(CLOCK) clock: Clock) {
    this.#useCases = useCases;
    this.#clock = clock;
  }

  @Get()
  async agreements(@Query() search: Search): Promise<unknown> {
    return { protocols: await this.#summaries(await this.#versions(chosenIn(search))) };
  }

  @Get(':id')
  async agreement(@Param('id') id: string): Promise<unknown> {
    const versions = (await this.#versions({})).filter(({ protocol }) => protocol === id);
    if (versions.length === 0) throw noSuch();
    return { id, versions: await this.#summaries(versions) };
  }

  /** As data, as the agreement that people read and sign, or as a policy in ODRL. */
  @Get(':id/:version')
  async version(
    @Param('id') id: string,
    @Param('version') number: string,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    if (number === SIMULATE) throw notAllowed(['POST']);
    const version = await this.#named(id, number);
    if (prefers(accept ?? '', MARKDOWN, 'application/json')) {
      void reply.header('content-type', `${MARKDOWN}; charset=utf-8`);
      return this.#rendered(version);
    }
    if (prefers(accept ?? '', JSON_LD, 'application/json')) {
      void reply.header('content-type', JSON_LD);
      return JSON.stringify(odrlOf(version.document, version.signatures));
    }
    const [summary] = await this.#summaries([version]);
    return { ...summary, document: version.document };
  }

  @Get(':id/:version/signatures')
  async signatures(@Param('id') id: string, @Param('version') number: string): Promise<unknown> {
    const { digest, signatures } = await this.#named(id, number);
    return { digest, signatures: signatures.map(shownSignature) };
  }

  /** In sentences about people: who gains or loses which data, for which purpose. */
  @Get(':id/:version/diff')
  async changes(@Param('id') id: string, @Param('version') number: string, @Query() search: Search): Promise<unknown> {
    const against = againstIn(search);
    const [after, before] = [await this.#named(id, number), await this.#named(id, against)];
    return { id, version: after.version, against: before.version, sentences: diffProtocols(before.document, after.document) };
  }

  async #versions(chosen: AgreementsChosen): Promise<readonly ProtocolVersion[]> {
    return agreementsChosen(await this.#useCases.run(new ListProtocols({}), 'http'), chosen, this.#today);
  }

  async #named(id: string, number: string): Promise<ProtocolVersion> {
    const found = (await this.#versions({})).find(({ protocol, version }) => protocol === id && String(version) === number);
    if (found) return found;
    throw noSuch();
  }

  async #summaries(versions: readonly ProtocolVersion[]): Promise<readonly AgreementSummary[]> {
    const agencies = (await this.#useCases.run(new ListAgencies({}), 'http')).map(({ agency }) => agency);
    return versions.map((version) => agreementOf(version, agencies, this.#today));
  }

  get #today(): IsoDate {
    return londonDate(this.#clock.now());
  }

  async #rendered({ document, signatures }: ProtocolVersion): Promise<string> {
    const agencies = await this.#useCases.run(new ListAgencies({}), 'http');
    const names = new Map(agencies.map(({ agency: { slug, name } }) => [slug, name]));
    const signatories = signatures.map(({ agency, kid, boundUntil }) => ({ agency, kid, name: names.get(agency) ?? agency, boundUntil }));
    return renderAgreement(document, signatories);
  }
}

const shownSignature = ({ agency, kid: keyId, signature, signedOn, reviews }: PartySignature): object => ({
  ...{ agency, keyId, signature, signedOn },
  reviews: reviews.map(({ nextReviewDue, on, kid, signature: affirmed }) => ({ nextReviewDue, on, keyId: kid, signature: affirmed })),
});
