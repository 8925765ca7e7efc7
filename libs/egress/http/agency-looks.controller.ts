// Looks by day at what an agency told and by its staff, and the looks of one day, for data protection officers (console.md, picture 6;
// ADR 66).
import { Controller, Get, Header, Inject, Param, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Asker } from '#access';
import { UseCases } from '#bus/nest';
import type { LookRow } from '#disclosure';
import { AskerGuard, AskerOf } from '#http';
import { type Clock, londonDate } from '#kernel';
import { AskForAgencyLooks, AskForAgencyLooksOfDay } from '../agency-looks.handlers.ts';
import { CLOCK } from '../egress.tokens.ts';
import { agencyFor, agencyNamed, isOthers, othersAffair } from './agency-asked.ts';
import { decisionBody, officeIn } from './audit.controller.ts';
import { DECISION_COLUMNS } from './decision-columns.ts';
import { daysIn } from './figures-request.ts';
import type { Columns } from './file-of-rows.ts';
import { dayOf, type Search } from './list-request.ts';
import { answered, type Page, pagedIn, refuseStrange, rowsAnswered } from './oversight-lists.controller.ts';
import { notForOffice } from './oversight.controller.ts';

const NO_STORE = ['cache-control', 'no-store'] as const;

@Controller('v1/audit/agency-looks')
@UseGuards(AskerGuard)
export class AgencyLooksController {
  readonly #useCases: UseCases;
  readonly #clock: Clock;

  constructor(@Inject(UseCases) useCases: UseCases, @Inject(CLOCK) clock: Clock) {
    this.#useCases = useCases;
    this.#clock = clock;
  }

  @Get()
  @Header(...NO_STORE)
  async days(@AskerOf() asker: Asker, @Query() search: Search, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const { agency: text, ...given } = search;
    const [named, days] = [agencyNamed(text), daysIn(given, londonDate(this.#clock.now()))];
    const office = officeIn(asker);
    const agency = agencyFor(office, named);
    const answer = await this.#useCases.run(new AskForAgencyLooks({ asker: office, agency, ...days }), 'http');
    if (answer.outcome !== 'answered') throw isOthers(office, agency) ? othersAffair() : notForOffice(answer.position);
    void reply.header('concordat-position', String(answer.position));
    return { ...answer.told, ...days };
  }

  @Get(':day')
  @Header(...NO_STORE)
  async looks(
    @AskerOf() asker: Asker,
    @Param('day') text: string,
    @Req() { query, headers: { accept } }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const { page, rest } = pagedIn(query as Search);
    refuseStrange(Object.keys(rest), ['agency']);
    const [named, day] = [agencyNamed(rest['agency']), dayNamed(text)];
    const office = officeIn(asker);
    const agency = agencyFor(office, named);
    const read: Page<LookRow> = async (one) => {
      const told = await this.#useCases.run(new AskForAgencyLooksOfDay({ asker: office, agency, day, page: one }), 'http');
      if (told.outcome === 'not-permitted' && isOthers(office, agency)) throw othersAffair();
      return rowsAnswered(told);
    };
    return answered({ name: 'looks', page, read, bodyOf: lookBody, columns: LOOK_COLUMNS }, accept, reply);
  }
}

/** Throws `Problem`: 400. */
const dayNamed = (text: string): string => dayOf(text, 'day') ?? text;

const lookBody = ({ learner, localId, ...decision }: LookRow): object => ({
  ...decisionBody(decision),
  learner,
  ...(localId !== undefined && { localId }),
});

const LOOK_COLUMNS: Columns<LookRow>['columns'] = {
  learner: ({ learner }) => learner,
  localId: ({ localId }) => localId,
  ...DECISION_COLUMNS,
};
