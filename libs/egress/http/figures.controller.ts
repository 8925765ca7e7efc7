// Who gives what to whom, unusual access, and assessments not repeated: figures for data protection officers (console.md, 10; ADR 53).
import { Controller, Get, Header, Inject, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { AgencyAsker, Asker, OfficeAsker } from '#access';
import { UseCases } from '#bus/nest';
import type { Look } from '#disclosure';
import { AskerGuard, AskerOf, Problem } from '#http';
import { type Clock, type IsoDate, londonDate } from '#kernel';
import { ACCESS_RULES } from '#read-models';
import { CLOCK } from '../egress.tokens.ts';
import { AskForFlows, AskForRepeats, AskForUnusualAccess } from '../figures.handlers.ts';
import { daysIn, flowsIn, repeatsIn } from './figures-request.ts';
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
    const hits = told(await this.#useCases.run(new AskForUnusualAccess({ asker: officeIn(asker), ...days }), 'http'), reply);
    return {
      ...days,
      rules: Object.entries(ACCESS_RULES).map(([rule, says]) => ({ rule, says })),
      hits: hits.map(({ position, at, positions, ...hit }) => ({
        ...hit,
        position: String(position),
        at: new Date(at).toISOString(),
        positions: positions.map(String),
      })),
    };
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
