// What learners asked of agencies and complained about, for data protection officers (console.md, J7; ADR 58).
import { Controller, Get, Header, Headers, Inject, Param, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Asker } from '#access';
import { UseCases } from '#bus/nest';
import type { ThreadOpened, ThreadRow } from '#disclosure';
import { THREAD_KINDS } from '#duties';
import { AskerGuard, AskerOf } from '#http';
import type { Position } from '#kernel';
import { AskForQuestion, AskForQuestions, QUESTION_STATES, type QuestionFilters } from '../questions.handlers.ts';
import { knownIn, officeIn, positionIn } from './audit.controller.ts';
import type { Search } from './list-request.ts';
import { answered, invalidFilter, type Page, pagedIn, refuseStrange, rowsAnswered } from './oversight-lists.controller.ts';

const NO_STORE = ['cache-control', 'no-store'] as const;

@Controller('v1/audit/questions')
@UseGuards(AskerGuard)
export class QuestionsController {
  readonly #useCases: UseCases;

  constructor(@Inject(UseCases) useCases: UseCases) {
    this.#useCases = useCases;
  }

  @Get()
  @Header(...NO_STORE)
  async questions(
    @AskerOf() asker: Asker,
    @Query() search: Search,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const { page, rest } = pagedIn(search);
    const filters = filtersIn(rest);
    const office = officeIn(asker);
    const read: Page<ThreadRow> = async (one) =>
      rowsAnswered(await this.#useCases.run(new AskForQuestions({ asker: office, filters, page: one }), 'http'));
    return answered({ name: 'questions', page, read, bodyOf: bodyOf, columns: COLUMNS }, accept, reply);
  }

  @Get(':position')
  @Header(...NO_STORE)
  async question(
    @AskerOf() asker: Asker,
    @Param('position') named: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const began = performance.now();
    const asked = { question: positionIn(named), asker: officeIn(asker) };
    const { thread, position } = await knownIn(await this.#useCases.run(new AskForQuestion(asked), 'http'), began);
    void reply.header('concordat-position', String(position));
    return bodyOf(thread);
  }
}

const CHOICES: Readonly<Record<keyof QuestionFilters, readonly string[]>> = { state: QUESTION_STATES, kind: THREAD_KINDS };

/** Throws `Problem`: 400. */
const filtersIn = (search: Search): QuestionFilters => {
  refuseStrange(Object.keys(search), Object.keys(CHOICES));
  for (const [name, choices] of Object.entries(CHOICES)) {
    const value = search[name];
    if (value !== undefined && !choices.includes(value)) throw invalidFilter(name, `one of ${choices.join(', ')}`);
  }
  return { state: 'open', ...(search as Partial<QuestionFilters>) };
};

const bodyOf = ({ position, ...thread }: (ThreadRow | ThreadOpened) & { readonly position: Position }): object => ({
  position: String(position),
  ...thread,
});

const COLUMNS: Readonly<Record<string, (row: ThreadRow) => string | boolean | undefined>> = {
  learner: ({ learner }) => learner,
  localId: ({ localId }) => localId,
  position: ({ position }) => String(position),
  kind: ({ kind }) => kind,
  id: ({ id }) => id,
  about: ({ about }) => about,
  askedOn: ({ askedOn }) => askedOn,
  state: ({ state }) => state,
  acknowledgeBy: ({ acknowledgeBy }) => acknowledgeBy,
  acknowledgedOn: ({ acknowledgedOn }) => acknowledgedOn,
  answerBy: ({ answerBy }) => answerBy,
  answeredOn: ({ answeredOn }) => answeredOn,
  due: ({ due }) => due,
  overdue: ({ overdue }) => overdue,
};
