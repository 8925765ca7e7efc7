// A route for each document about a learner, made of its description (ADR 0038).
import { Controller, Get, Headers, Inject, Query, Res, type Type, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { UseCases } from '#bus/nest';
import { Registers } from '#disclosure';
import { AskerGuard, prefers } from '#http';
import { type Clock, type IsoDate, londonDate } from '#kernel';
import { allDocuments, documentCsv, type LearnerDocument } from '#read-models';
import { AskForDocument, type DocumentQuestion, type DisclosedDocument } from '../documents.handlers.ts';
import { CLOCK } from '../egress.tokens.ts';
import { type Asked, AskedOf, refusal } from './learners.controller.ts';
import { chosenOf, dayOf, type Search } from './list-request.ts';
import { purposesOf, reasonOf } from './read-request.ts';

const CSV = 'text/csv';

type Which = Pick<DocumentQuestion, 'on' | 'chosen'>;

/** `on` is a parameter of documents that tell of a day, and of no others. Throws `Problem`: 400. */
const whichIn = ({ filters, dated }: LearnerDocument, search: Search, today: IsoDate): Which => {
  if (!dated) return { on: today, chosen: chosenOf({ filters }, search, []) };
  const { on, ...given } = search;
  return { on: dayOf(on) ?? today, chosen: chosenOf({ filters }, given, ['on']) };
};

const isCsv = ({ noCsv }: LearnerDocument, accept = ''): boolean => noCsv === undefined && prefers(accept, CSV, 'application/json');

const controllerOf = (document: LearnerDocument): Type => {
  @Controller('v1/learners')
  @UseGuards(AskerGuard)
  class DocumentController {
    readonly #useCases: UseCases;
    readonly #registers: Registers;
    readonly #clock: Clock;

    constructor(@Inject(UseCases) useCases: UseCases, @Inject(Registers) registers: Registers, @Inject(CLOCK) clock: Clock) {
      this.#useCases = useCases;
      this.#registers = registers;
      this.#clock = clock;
    }

    @Get(`:ref/${document.path}`)
    async document(
      @AskedOf() asked: Asked,
      @Query() search: Search,
      @Headers('accept') accept: string | undefined,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<unknown> {
      const today = londonDate(this.#clock.now());
      const purposes = purposesOf(asked.purpose, this.#registers.inForce(today).askable);
      const which = whichIn(document, search, today);
      const { asker, ref } = asked;
      const question = { document, asker, ref, purposes, ...reasonOf(asked.reason), ...which };
      const told = await this.#useCases.run(new AskForDocument(question), 'http');
      if (told.outcome !== 'answered') throw await refusal(told, asked.began);
      void reply.header('concordat-position', String(told.position));
      if (!isCsv(document, accept)) return bodyOf(question, told);
      void reply.headers({
        'content-type': `${CSV}; charset=utf-8`,
        'content-disposition': `attachment; filename="${fileName(question, told)}"`,
      });
      return csvOf(document, told);
    }
  }
  return DocumentController;
};

const bodyOf = (
  { document, on, purposes }: DocumentQuestion,
  { learner, localId, content, via, position }: DisclosedDocument,
): unknown => ({
  view: document.name,
  ...(document.dated && { on }),
  position: String(position),
  purposes,
  learner,
  ...(localId !== undefined && { localId }),
  ...content,
  via,
});

const fileName = ({ document: { name, dated }, on }: DocumentQuestion, { position }: DisclosedDocument): string =>
  `${[name, ...(dated ? [on] : []), position].join('-')}.csv`;

const csvOf = ({ fields }: LearnerDocument, { learner, localId, content, via }: DisclosedDocument): string =>
  documentCsv(fields, { learner, localId, content, clauses: via.map(({ clause }) => clause) });

export const documentControllers: readonly Type[] = allDocuments.map(controllerOf);
