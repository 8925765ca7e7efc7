// Who gives what to whom, unusual access, and assessments not repeated: figures for data protection officers (console.md, 10; ADR 53).
import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { AgencyAsker, Asker, OfficeAsker } from '#access';
import { UseCases } from '#bus/nest';
import type { AccessExplained, AccessHitShown, ExplanationShown, Look } from '#disclosure';
import { AskerGuard, AskerOf, Problem } from '#http';
import { type Clock, type IsoDate, londonDate } from '#kernel';
import { ACCESS_RULES, type AccessRule } from '#read-models';
import { CLOCK } from '../egress.tokens.ts';
import { AskForFlows, AskForRepeats, AskForUnusualAccess, ExplainAccess } from '../figures.handlers.ts';
import { positionIn } from './audit.controller.ts';
import { daysIn, explanationIn, flowsIn, repeatsIn } from './figures-request.ts';
import { atUniformTime } from './learners.controller.ts';
import type { Search } from './list-request.ts';

const NO_STORE = ['cache-control', 'no-store'] as const;

@Controller('v1/audit')
@UseGuards(AskerGuard)
export class FiguresController {
  readonly #useCases: UseCases;
  readonly #clock: Clock;

  constructor(@Inject(UseCases) useCases: UseCases, @Inject(CLOCK) clock: Clock) {
    this.#useCases = useCases;
    this.#clock = clock;
  }

  @Get('flows')
  @Header(...NO_STORE)
  async flows(@AskerOf() asker: Asker, @Query() search: Search, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const asked = flowsIn(search, this.#today);
    const { viewPosition, ...figures } = told(
      await this.#useCases.run(new AskForFlows({ asker: officeIn(asker), ...asked }), 'http'),
      reply,
    );
    const { from, to, count } = asked;
    return { from, to, counted: count, ...figures, viewPosition: String(viewPosition) };
  }

  @Get('unusual')
  @Header(...NO_STORE)
  async unusual(@AskerOf() asker: Asker, @Query() search: Search, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const days = daysIn(search, this.#today);
    const { hits, off } = told(await this.#useCases.run(new AskForUnusualAccess({ asker: officeIn(asker), ...days }), 'http'), reply);
    const rules = Object.entries(ACCESS_RULES).map(([rule, says]) => ({ rule, says, on: !off.includes(rule as AccessRule) }));
    return { ...days, rules, hits: hits.map(hitBody) };
  }

  @Post('unusual/:position/explanations')
  @HttpCode(201)
  @Header(...NO_STORE)
  async explain(
    @AskerOf() asker: Asker,
    @Param('position') position: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const began = performance.now();
    const asked = { position: positionIn(position), ...explanationIn(body), asker: officeIn(asker) };
    const explained = told(await this.#useCases.run(new ExplainAccess(asked), 'http'), reply);
    if (explained !== undefined) return explanationBody(explained);
    await atUniformTime(began);
    throw new Problem(404, 'no-such-learner', 'There is no such look, or none that is yours to explain.');
  }

  @Get('repeats')
  @Header(...NO_STORE)
  async repeats(@AskerOf() asker: Asker, @Query() search: Search, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const months = repeatsIn(search, this.#today);
    const rows = told(await this.#useCases.run(new AskForRepeats({ asker: noLearner(asker), ...months }), 'http'), reply);
    return { ...months, repeats: rows };
  }

  get #today(): IsoDate {
    return londonDate(this.#clock.now());
  }
}

const refused = (says: string): Problem => new Problem(403, 'not-permitted', says, { more: { clauses: [] } });

const officeIn = (asker: Asker): OfficeAsker => {
  if ('office' in asker) return asker;
  throw refused('Only data protection officers look here.');
};

const noLearner = (asker: Asker): OfficeAsker | AgencyAsker => {
  if ('learner' in asker) throw refused('Only data protection officers look here, and an agency at its own.');
  return asker;
};

/** Throws `Problem`: 403. */
const told = <Told>(look: Look<Told>, reply: FastifyReply): Told => {
  if (look.outcome !== 'answered') throw refused('No agreement in force lets this office look here.');
  void reply.header('concordat-position', String(look.position));
  return look.told;
};

const explanationOf = ({ at, ...said }: ExplanationShown): object => ({ ...said, at: new Date(at).toISOString() });

const hitBody = ({ position, at, positions, explanations, ...hit }: AccessHitShown): object => ({
  ...hit,
  position: String(position),
  at: new Date(at).toISOString(),
  positions: positions.map(String),
  explanations: explanations.map(explanationOf),
});

const explanationBody = ({ position, at, ...explained }: AccessExplained): object => ({
  ...explained,
  position: String(position),
  at: new Date(at).toISOString(),
});
