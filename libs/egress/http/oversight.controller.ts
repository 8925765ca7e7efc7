// Sharing about one learner as data protection officers oversee it: at a glance, one consent's life, what an agency could see on a day; and
// where a word in hand leads (console.md, 4.1; ADR 52).
import { Body, Controller, Get, Header, Headers, HttpCode, Inject, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Asker, OfficeAsker } from '#access';
import { UseCases } from '#bus/nest';
import { AskerGuard, AskerOf, prefers, Problem, RateLimits } from '#http';
import { type AgencySlug, type Clock, londonDate } from '#kernel';
import { ConsentRecords } from '../consent-record.ts';
import { CLOCK } from '../egress.tokens.ts';
import { AskWhy } from '../audit.handlers.ts';
import { AskForAsOf, AskForConsentLife, AskForOverview, AskToFind } from '../oversight.handlers.ts';
import { AskWho, LONGEST_REASON, SHORTEST_REASON } from '../show-who.handlers.ts';
import { agencyFor, agencyNamed, isOthers, othersAffair } from './agency-asked.ts';
import { knownIn, officeIn, positionIn, refIn } from './audit.controller.ts';
import { atUniformTime } from './learners.controller.ts';
import { dayOf, type Search } from './list-request.ts';
import { asOfBody, foundBody, lifeBody, overviewBody, whyBody } from './oversight-bodies.ts';

const NO_STORE = ['cache-control', 'no-store'] as const;
const LONGEST = 500;

/** A person with something in hand; whoever tries numbers one after the other comes again and again. */
const FINDS_A_MINUTE = 60;

@Controller('v1/audit')
@UseGuards(AskerGuard)
export class OversightController {
  readonly #useCases: UseCases;
  readonly #clock: Clock;
  readonly #records: ConsentRecords;
  readonly #finds = new RateLimits(FINDS_A_MINUTE);

  constructor(@Inject(UseCases) useCases: UseCases, @Inject(CLOCK) clock: Clock, @Inject(ConsentRecords) records: ConsentRecords) {
    this.#useCases = useCases;
    this.#clock = clock;
    this.#records = records;
  }

  @Get('learners/:ref')
  @Header(...NO_STORE)
  async learner(@AskerOf() asker: Asker, @Param('ref') ref: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const began = performance.now();
    const about = { ref: refIn(ref), asker: officeIn(asker) };
    const { told, position } = await knownIn(await this.#useCases.run(new AskForOverview(about), 'http'), began);
    void reply.header('concordat-position', String(position));
    return overviewBody(told);
  }

  /** Posted, since a reason stands in no address. */
  @Post('learners/:ref/who')
  @HttpCode(200)
  @Header(...NO_STORE)
  async who(
    @AskerOf() asker: Asker,
    @Param('ref') ref: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const began = performance.now();
    const asked = { ref: refIn(ref), reason: reasonIn(body), asker: officeIn(asker) };
    const answer = await this.#useCases.run(new AskWho(asked), 'http');
    if (answer.outcome === 'not-permitted') {
      await atUniformTime(began);
      throw notForOffice(answer.position);
    }
    const { told, position } = await knownIn(answer, began);
    void reply.header('concordat-position', String(position));
    return { ...told, position: String(position) };
  }

  @Get('consents/:ref/:id')
  @Header(...NO_STORE)
  async consent(
    @AskerOf() asker: Asker,
    @Param() { ref = '', id = '' }: Search,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const began = performance.now();
    const about = { ref: refIn(ref), consent: textOf(id, 'id'), asker: officeIn(asker) };
    const { told, position } = await knownIn(await this.#useCases.run(new AskForConsentLife(about), 'http'), began);
    void reply.header('concordat-position', String(position));
    if (!prefers(accept ?? '', 'application/jose', 'application/json')) return lifeBody(told);
    void reply.headers({ 'content-type': 'application/jose', 'content-disposition': `attachment; filename="consent-${position}.jws"` });
    return this.#records.sign({ life: told, position, at: this.#clock.now() });
  }

  @Get('why')
  @Header(...NO_STORE)
  async why(@AskerOf() asker: Asker, @Query() search: Search, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const began = performance.now();
    onlyOf(search, ['decision']);
    const asked = { decision: positionIn(search['decision'] ?? ''), asker: officeIn(asker) };
    const { told, position } = await knownIn(await this.#useCases.run(new AskWhy(asked), 'http'), began);
    void reply.header('concordat-position', String(position));
    return whyBody(told);
  }

  @Get('as-of')
  @Header(...NO_STORE)
  async asOf(@AskerOf() asker: Asker, @Query() search: Search, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const began = performance.now();
    onlyOf(search, ['learner', 'agency', 'day', 'purpose']);
    const { learner, agency, purpose } = search;
    const asked = { ref: refIn(learner), named: agencyNamed(agency), day: this.#dayIn(search['day']), purpose: textOf(purpose, 'purpose') };
    const office = officeIn(asker);
    return this.#seenAsOf({ office, ...asked }, reply, began);
  }

  async #seenAsOf({ office, ref, named, day, purpose }: SightAsked, reply: FastifyReply, began: number): Promise<unknown> {
    const asked = { agency: agencyFor(office, named), day, purpose };
    const answer = await this.#useCases.run(new AskForAsOf({ asker: office, ref, asked }), 'http');
    if (answer.outcome !== 'answered' && isOthers(office, asked.agency)) throw othersAffair();
    const { told, position } = await knownIn(answer, began);
    void reply.header('concordat-position', String(position));
    return asOfBody(told);
  }

  @Post('find')
  @HttpCode(200)
  @Header(...NO_STORE)
  async find(@AskerOf() asker: Asker, @Body() body: unknown, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const began = performance.now();
    const [query, learner] = [textOf(memberOf(body, 'query'), 'query').trim(), memberOf(body, 'learner')];
    const of = learner === undefined ? {} : { learner: refIn(textOf(learner, 'learner')) };
    const asked = { query, ...of, asker: officeIn(asker) };
    this.#finds.takeOf(asked.asker);
    const answer = await this.#useCases.run(new AskToFind(asked), 'http');
    await atUniformTime(began);
    if (answer.outcome !== 'answered') throw notForOffice(answer.position);
    void reply.header('concordat-position', String(answer.position));
    const { found, more } = answer.told;
    return { found: found.map(foundBody), ...(more && { more }) };
  }

  /** Throws `Problem`: 400. */
  #dayIn(text: string | undefined): string {
    const day = dayOf(text, 'day');
    if (day !== undefined && day <= londonDate(this.#clock.now())) return day;
    throw invalid('day', 'day takes a day that has begun, as 2026-09-07.');
  }
}

export const notForOffice = (position: number): Problem =>
  new Problem(403, 'not-permitted', 'By the protocol oversight data protection officers look here, and nobody else.', {
    more: { clauses: [] },
    headers: { 'concordat-position': String(position) },
  });

const invalid = (parameter: string, says: string): Problem => new Problem(400, 'filter-invalid', says, { more: { parameter } });

const onlyOf = (search: Search, known: readonly string[]): void => {
  const strange = Object.keys(search).find((name) => !known.includes(name));
  if (strange !== undefined)
    throw new Problem(400, 'filter-unknown', `There is no parameter ${strange}: there are ${known.join(', ')}.`, {
      more: { parameter: strange },
    });
};

const memberOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>)[name] : undefined;

/** Throws `Problem`: 400. */
const reasonIn = (body: unknown): string => {
  const reason = memberOf(body, 'reason');
  const length = typeof reason === 'string' ? [...reason.trim()].length : 0;
  if (typeof reason === 'string' && length >= SHORTEST_REASON && length <= LONGEST_REASON) return reason.trim();
  throw invalid('reason', `reason says why the name is needed, in ${SHORTEST_REASON} to ${LONGEST_REASON} characters.`);
};

const textOf = (value: unknown, parameter: string): string => {
  if (typeof value === 'string' && value.trim() !== '' && [...value].length <= LONGEST) return value;
  throw invalid(parameter, `${parameter} takes 1 to ${LONGEST} characters.`);
};

interface SightAsked {
  readonly office: OfficeAsker;
  readonly ref: string;
  readonly named: AgencySlug | undefined;
  readonly day: string;
  readonly purpose: string;
}
