// The learner's own record over HTTP (console.md, 4.4 and part 10): what is held, what is shared, who helps, what was asked and said.
import { Controller, Get, Header, Inject, Query, Res, type Type, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Asker } from '#access';
import type { Query as Question } from '#bus';
import { UseCases } from '#bus/nest';
import { CATEGORIES } from '#catalogue';
import type { NotKnown, NotPermitted } from '#disclosure';
import { AskerGuard, AskerOf } from '#http';
import { type Clock, type IsoDate, londonDate } from '#kernel';
import { OWN_RECORD, OWN_SHARING, type OwnPage, ownPages } from '#read-models';
import type { CursorUnknown } from '../egress.handlers.ts';
import { CLOCK } from '../egress.tokens.ts';
import { AskForOwnPage, AskForOwnRecord, AskForOwnSharing } from '../own.handlers.ts';
import { learnerIn } from './audit.controller.ts';
import { refusal } from './learners.controller.ts';
import { chosenOf, type Search } from './list-request.ts';
import { pageOf } from './read-request.ts';

type Answered = { readonly outcome: 'answered'; readonly position: number; readonly learner: string };

/** What all these routes ask in. */
class Asking {
  readonly #useCases: UseCases;
  readonly #clock: Clock;

  constructor(@Inject(UseCases) useCases: UseCases, @Inject(CLOCK) clock: Clock) {
    this.#useCases = useCases;
    this.#clock = clock;
  }

  get today(): IsoDate {
    return londonDate(this.#clock.now());
  }

  protected async answer<Told extends Answered>(
    question: Question<unknown, Told | NotPermitted | NotKnown | CursorUnknown>,
    reply: FastifyReply,
  ): Promise<Told> {
    const began = performance.now();
    const told = await this.#useCases.run(question, 'http');
    if (told.outcome !== 'answered') throw await refusal(told, began);
    void reply.header('concordat-position', String(told.position));
    return told;
  }
}

/** Nobody but the learner; no purpose is named, for the clause has one. */
const learnersOwn = learnerIn;

const headOf = (view: string, on: IsoDate, { position, learner }: Answered): object => ({ view, on, position: String(position), learner });

const RECORD_FILTERS = { filters: { category: { codes: CATEGORIES, says: 'A category.' } } };

@Controller('v1/me')
@UseGuards(AskerGuard)
export class OwnDataController extends Asking {
  /** What is held. */
  @Get('record')
  @Header('cache-control', 'no-store')
  async record(
    @AskerOf() asker: Asker,
    @Query() { cursor, limit, ...search }: Search,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const on = this.today;
    const { category } = chosenOf(RECORD_FILTERS, search, ['cursor', 'limit']);
    const page = pageOf({ ...(cursor !== undefined && { cursor }), ...(limit !== undefined && { limit }) });
    const question = { asker: learnersOwn(asker), on, page, ...(typeof category === 'string' && { category }) };
    const told = await this.answer(new AskForOwnRecord(question), reply);
    const { kinds, items, clauses, next } = told;
    return { ...headOf(OWN_RECORD, on, told), kinds, items, clauses, ...(next !== undefined && { next }) };
  }

  /** What is shared, what goes on without consent, and what came of stopping. */
  @Get('sharing')
  @Header('cache-control', 'no-store')
  async sharing(@AskerOf() asker: Asker, @Query() search: Search, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const on = this.today;
    chosenOf({ filters: {} }, search, []);
    const told = await this.answer(new AskForOwnSharing({ asker: learnersOwn(asker), on }), reply);
    return { ...headOf(OWN_SHARING, on, told), ...told.content };
  }
}

const controllerOf = (page: OwnPage): Type => {
  @Controller('v1/me')
  @UseGuards(AskerGuard)
  class OwnPageController extends Asking {
    @Get(page.path)
    @Header('cache-control', 'no-store')
    async page(@AskerOf() asker: Asker, @Query() search: Search, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
      const on = this.today;
      chosenOf({ filters: {} }, search, []);
      const told = await this.answer(new AskForOwnPage({ asker: learnersOwn(asker), on, page }), reply);
      return { ...headOf(page.name, on, told), ...told.content };
    }
  }
  return OwnPageController;
};

export const ownControllers: readonly Type[] = [OwnDataController, ...ownPages.map(controllerOf)];
