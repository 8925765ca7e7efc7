// What a learner writes to agencies: questions, complaints and what they think; and what was answered (console.md, 4.4).
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Signatories } from '../shell/signatories.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { wordsFor } from './learner-page.ts';
import { agenciesIn, type OwnRecord, type Rows, sharingOf } from './own-answers.ts';

const words = (visit: Visit): Readonly<Record<string, unknown>> => wordsFor(visit, () => undefined);

@Controller('me')
export class WritingController {
  readonly #signatories: Signatories;

  constructor(@Inject(Signatories) signatories: Signatories) {
    this.#signatories = signatories;
  }

  @Get('questions')
  async questions(@VisitOf() visit: Visit): Promise<string> {
    const questions = await visit.ask<Rows<unknown>>('/v1/me/questions');
    const complaints = await visit.ask<Rows<unknown>>('/v1/me/complaints');
    return visit.page('learner/questions.njk', { ...words(visit), questions: questions.rows, complaints: complaints.rows });
  }

  @Get('complaints')
  complaints(@VisitOf() visit: Visit): void {
    visit.goTo('/me/questions#complaints');
  }

  @Get('questions/new')
  async ask(@VisitOf() visit: Visit, @Query() entered: Readonly<Record<string, string>>): Promise<string> {
    return this.form(visit, 'ask', entered);
  }

  @Get('complaints/new')
  async complain(@VisitOf() visit: Visit, @Query() entered: Readonly<Record<string, string>>): Promise<string> {
    return this.form(visit, 'complain', entered);
  }

  @Get('voice')
  async voice(@VisitOf() visit: Visit): Promise<string> {
    const { rows } = await visit.ask<Rows<unknown>>('/v1/me/voice');
    return visit.page('learner/voice.njk', { ...words(visit), ...(await this.#whom(visit)), rows, entered: {} });
  }

  async form(visit: Visit, act: 'ask' | 'complain', entered: Readonly<Record<string, unknown>>): Promise<string> {
    return visit.page('learner/write.njk', { ...words(visit), ...(await this.#whom(visit)), act, entered });
  }

  async #whom(visit: Visit): Promise<{ readonly agencies: readonly string[] }> {
    const record = await visit.ask<OwnRecord>('/v1/me/record', { search: { limit: 1 } });
    return { agencies: agenciesIn(record, await sharingOf(visit), this.#signatories.agencyOf(visit.person) ?? '') };
  }
}
