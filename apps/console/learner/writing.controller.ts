// What a learner writes to agencies: questions, complaints and what they think; and what was answered (console.md, 4.4).
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Agreements } from '../broker/agreements.ts';
import { Signatories } from '../shell/signatories.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { type FormAct, formPage } from './act-forms.ts';
import { openedIn, wordsFor } from './learner-page.ts';
import type { Rows } from './own-answers.ts';

@Controller('me')
export class WritingController {
  readonly #signatories: Signatories;
  readonly #agreements: Agreements;

  constructor(@Inject(Signatories) signatories: Signatories, @Inject(Agreements) agreements: Agreements) {
    this.#signatories = signatories;
    this.#agreements = agreements;
  }

  @Get('questions')
  async questions(@VisitOf() visit: Visit): Promise<string> {
    const questions = await visit.ask<Rows<unknown>>('/v1/me/questions');
    const complaints = await visit.ask<Rows<unknown>>('/v1/me/complaints');
    const words = wordsFor(visit, () => undefined);
    return visit.page('learner/questions.njk', { ...words, questions: questions.rows, complaints: complaints.rows });
  }

  @Get('complaints')
  complaints(@VisitOf() visit: Visit): void {
    visit.goTo('/me/questions#complaints');
  }

  @Get('questions/new')
  async ask(@VisitOf() visit: Visit, @Query('item') item: unknown): Promise<string> {
    return this.#form(visit, 'ask', item);
  }

  @Get('complaints/new')
  async complain(@VisitOf() visit: Visit, @Query('item') item: unknown): Promise<string> {
    return this.#form(visit, 'complain', item);
  }

  @Get('voice')
  async voice(@VisitOf() visit: Visit, @Query('item') item: unknown): Promise<string> {
    return this.#form(visit, 'say', item);
  }

  /** A link says whom it is about, and puts no words into anybody's mouth. */
  async #form(visit: Visit, act: FormAct, item: unknown): Promise<string> {
    const parts = { visit, agreements: this.#agreements, page: this.#signatories.agencyOf(visit.person) };
    return formPage(parts, act, openedIn(visit, item));
  }
}
