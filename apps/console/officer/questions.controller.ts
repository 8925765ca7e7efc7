// What learners asked the agency and complained about: the queue with its days, and one of them, acknowledged and answered on the same
// line, signed with the key that the agency registered for the console (console.md, J7; ADR 58).
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Receipt } from '#client';
import { calledLately } from '../entry/called.ts';
import { wordsOf } from '../entry/receipt-words.ts';
import { expectAsShown } from '../shell/as-shown.ts';
import { type Entered, textOf } from '../shell/form.ts';
import { handedOn } from '../shell/file-answer.ts';
import { rowsTaken } from '../shell/rows-taken.ts';
import { Signatories } from '../shell/signatories.ts';
import { tellsWho } from '../shell/tells-who.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { type AnswerDraft, type AnswerFaults, actsOn, answerEvent, draftOf, faultsIn, isAnswerAct } from './answering.ts';
import type { Question, QuestionRow, Rows } from './audit-answers.ts';
import { hrefOfLearner } from './found.ts';
import { say, sayFor } from './say.ts';
import { type Search, searchWithout, textsIn, withSearch } from './search.ts';
import { ownOrderOfFile, questionColumns, rowsFor, sortedTable } from './sorted-tables.ts';

const PATH = '/v1/audit/questions';
const HOME = '/dpo/questions';

@Controller('dpo/questions')
export class QuestionsController {
  readonly #signatories: Signatories;

  constructor(@Inject(Signatories) signatories: Signatories) {
    this.#signatories = signatories;
  }

  @Get()
  async questions(@VisitOf() visit: Visit, @Query() search: Search): Promise<string> {
    const filters = textsIn(search, ['state']);
    const { rows, next } = await visit.ask<Rows<QuestionRow>>(PATH, {
      search: { ...filters, cursor: search['cursor'], limit: rowsFor(search) },
    });
    const [state, answers, named] = [filters['state'] ?? 'open', answersIn(visit), sayFor(visit)];
    const table = sortedTable(rows, questionColumns(named, { answers, state }), { path: HOME, filters, search, next });
    const csv = {
      href: withSearch(`${HOME}/csv`, searchWithout(filters)),
      says: `${rowsTaken({ rows: rows.length, goesOn: table.goesOn }, 'recorded as seen by you')}${ownOrderOfFile(table)}`,
    };
    return visit.page('officer/questions.njk', { ...table, csv, state, answers, say: named });
  }

  /** What learners wrote is not in it: it opens with each. */
  @Get('csv')
  async file(@VisitOf() visit: Visit, @Query() search: Search, @Res({ passthrough: true }) reply: FastifyReply): Promise<Readable> {
    return handedOn(await visit.open(PATH, { search: textsIn(search, ['state']), accept: 'text/csv' }), reply, visit);
  }

  @Get(':position')
  async question(@VisitOf() visit: Visit, @Param('position') position: string): Promise<string> {
    return this.#page(visit, await opened(visit, position), {});
  }

  @Post(':position/:act')
  async written(@VisitOf() visit: Visit, @Param() named: Search, @Body() entered: Entered): Promise<string | undefined> {
    const { position = '', act = '' } = named;
    const question = await opened(visit, position);
    if (!isAnswerAct(act) || !actsOn(question).includes(act)) throw new NotFoundException();
    const draft = draftOf(question, act, entered, { id: randomUUID(), time: new Date().toISOString() });
    visit.keepDraft(draftName(position), { ...draft });
    const faults = faultsIn(draft);
    if (Object.keys(faults).length > 0) return this.#page(visit, question, { draft, faults });
    visit.goTo(`${HOME}/${position}/check`);
    return undefined;
  }

  @Get(':position/check')
  check(@VisitOf() visit: Visit, @Param('position') position: string): string | undefined {
    const draft = draftIn(visit, position);
    if (draft !== undefined) {
      const tells = tellsWho(draft.text, calledLately(visit, draft.question.learner));
      return visit.page('officer/question-check.njk', { draft, tells, say });
    }
    visit.goTo(`${HOME}/${position}`);
    return undefined;
  }

  @Post(':position/check/send')
  async send(@VisitOf() visit: Visit, @Param('position') position: string, @Body() checked: Entered): Promise<void> {
    const [draft, agency] = [draftIn(visit, position), this.#signatories.agencyOf(visit.person)];
    if (draft === undefined || agency === undefined || visit.person.kind !== 'officer') throw new NotFoundException();
    expectAsShown(checked, draft.id, `${HOME}/${position}/check`);
    const [receipt] = await this.#signatories.send(visit, [answerEvent(agency, visit.person.staff, draft)]);
    if (receipt === undefined) throw new NotFoundException();
    visit.keepDraft(sentName(position), { receipt, act: draft.act });
    if (wordsOf(receipt).done) visit.dropDraft(draftName(position));
    visit.goTo(`${HOME}/${position}`);
  }

  @Get(':position/receipt.json')
  receipt(@VisitOf() visit: Visit, @Param('position') position: string, @Res({ passthrough: true }) reply: FastifyReply): Receipt {
    const sent = sentIn(visit, position);
    if (sent === undefined) throw new NotFoundException();
    void reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="receipt-${sent.receipt.position ?? 'none'}.json"`);
    return sent.receipt;
  }

  #page(visit: Visit, question: Question, { draft, faults = {} }: Shown): string {
    const sent = sentIn(visit, question.position);
    const written = draft ?? draftIn(visit, question.position);
    return visit.page('officer/question.njk', {
      question,
      acts: actsOn(question),
      signs: this.#signatories.agencyOf(visit.person) !== undefined,
      learnerHref: hrefOfLearner(question.learner),
      written,
      faults,
      errorList: Object.entries(faults).map(([name, text]) => ({ text, href: `#${name}-${written?.act ?? ''}` })),
      ...(sent && { sent: { ...sent, words: wordsOf(sent.receipt) } }),
      say,
    });
  }
}

interface Shown {
  readonly draft?: AnswerDraft;
  readonly faults?: AnswerFaults;
}

interface Sent {
  readonly receipt: Receipt;
  readonly act: string;
}

const draftName = (position: string): string => `answer ${position}`;
const sentName = (position: string): string => `answered ${position}`;
const draftIn = (visit: Visit, position: string): AnswerDraft | undefined => visit.draft(draftName(position)) as AnswerDraft | undefined;
const sentIn = (visit: Visit, position: string): Sent | undefined => visit.draft(sentName(position)) as Sent | undefined;

/** The officer of an agency answers; the partnership's sees who has to. */
const answersIn = ({ person }: Visit): boolean => person.kind === 'officer' && person.office.startsWith('dpo-of:');

/** Throws 404 where there is none, or none that was put to the officer's agency. */
const opened = async (visit: Visit, position: string): Promise<Question> => {
  const question = /^[1-9]\d{0,14}$/.test(position) ? await visit.askIfAny<Question>(`${PATH}/${textOf(position)}`) : undefined;
  if (question === undefined) throw new NotFoundException();
  return question;
};
