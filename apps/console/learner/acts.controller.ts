// A learner's act: checked on a page, signed with the page's key, sent with the learner's own token, and what was recorded shown
// (console.md, 3, 4.4 and 9; ADR 54).
import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Header, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common';
import type { Receipt } from '#client';
import { Agreements } from '../broker/agreements.ts';
import type { Entered } from '../shell/form.ts';
import { Signatories } from '../shell/signatories.ts';
import { tellsWho } from '../shell/tells-who.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { formPage, hasForm } from './act-forms.ts';
import { type Act, type ActContext, consentIn, isAct, type Outcome, prepare } from './acts.ts';
import { openedIn, sentencesFor, wordsFor } from './learner-page.ts';
import { type OwnSharing, sharingOf, type StopAt } from './own-answers.ts';

/** Done by a link and a check alone. */
const BY_LINK: readonly Act[] = ['stop', 'pause', 'resume'];
const SHARES: readonly Act[] = ['stop', 'pause', 'less'];
const DONE = 'own-act';

interface Done {
  readonly act: Act;
  /** Names the consent that was stopped, as the form did. */
  readonly entered: Entered;
  readonly receipts: readonly Receipt[];
}

const named = ({ consent, of }: Entered): Entered => ({ consent, of });

/** As it stands by now: the notice follows the stop by itself. */
const stoppedBy = async (visit: Visit, { act, entered }: Done): Promise<readonly StopAt[]> =>
  act === 'stop' ? (consentIn(entered, await sharingOf(visit))?.stopped ?? []) : [];

@Controller('me')
export class ActsController {
  readonly #signatories: Signatories;
  readonly #agreements: Agreements;

  constructor(@Inject(Signatories) signatories: Signatories, @Inject(Agreements) agreements: Agreements) {
    this.#signatories = signatories;
    this.#agreements = agreements;
  }

  @Get('act/:act')
  async link(@VisitOf() visit: Visit, @Param('act') act: string, @Query('item') item: unknown): Promise<string> {
    if (!isAct(act) || !BY_LINK.includes(act)) throw new NotFoundException();
    return this.#check(visit, act, openedIn(visit, item));
  }

  @Post('act/:act/check')
  async check(@VisitOf() visit: Visit, @Param('act') act: string, @Body() entered: Entered): Promise<string> {
    if (!isAct(act)) throw new NotFoundException();
    return this.#check(visit, act, entered);
  }

  @Post('act/:act/send')
  async send(@VisitOf() visit: Visit, @Param('act') act: string, @Body() entered: Entered): Promise<string | undefined> {
    if (!isAct(act)) throw new NotFoundException();
    const outcome = this.#prepared(visit, act, entered, await sharingOf(visit));
    const receipts = 'ok' in outcome ? await visit.tell(await this.#signatories.signed(visit.person, outcome.ok.events)) : [];
    if (receipts.length === 0 || receipts.some(({ problem, outcome: came }) => problem !== undefined || came === 'conflict'))
      return visit.page('learner/failed.njk');
    visit.keepDraft(DONE, { act, entered: named(entered), receipts });
    visit.goTo('/me/done');
    return undefined;
  }

  @Get('done')
  async done(@VisitOf() visit: Visit): Promise<string | undefined> {
    const done = visit.draft(DONE) as Done | undefined;
    if (done === undefined) {
      visit.goTo('/me');
      return undefined;
    }
    const position = done.receipts[0]?.position;
    const stopped = await stoppedBy(visit, done);
    return visit.page('learner/done.njk', { act: done.act, position, stopped, answerBy: Date.now() + ANSWERED_WITHIN_MS });
  }

  @Get('done/receipt.json')
  @Header('content-type', 'application/json')
  @Header('content-disposition', 'attachment; filename="receipt.json"')
  receipt(@VisitOf() visit: Visit): string {
    const done = visit.draft(DONE) as Done | undefined;
    if (done === undefined) throw new NotFoundException();
    return JSON.stringify(done.receipts);
  }

  async #check(visit: Visit, act: Act, entered: Entered): Promise<string> {
    const drawn = { ...entered, id: randomUUID() };
    const outcome = this.#prepared(visit, act, drawn, await sharingOf(visit));
    if ('fault' in outcome && hasForm(act))
      return formPage({ visit, agreements: this.#agreements, page: this.#signatories.agencyOf(visit.person) }, act, entered, outcome.fault);
    if (!('ok' in outcome)) throw new NotFoundException();
    const words = wordsFor(visit, await sentencesFor(visit, this.#agreements));
    const { _csrf, ...given } = drawn as Readonly<Record<string, unknown>>;
    const hidden = Object.entries(given).flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: String(one) })));
    const { rows } = outcome.ok;
    const tells = act === 'say' ? tellsWho(rows.map(({ text = '' }) => text).join('\n'), [visit.person.name]) : [];
    return visit.page('learner/check.njk', { ...words, act, rows, hidden, tells, shares: SHARES.includes(act) });
  }

  #prepared(visit: Visit, act: Act, entered: Entered, sharing: OwnSharing): Outcome {
    return prepare(act, entered, this.#context(visit, sharing));
  }

  #context(visit: Visit, { on, learner, consents, requests }: OwnSharing): ActContext {
    const { person, language } = visit;
    const evidence = person.kind === 'learner' ? person.authentication : '';
    const page = this.#signatories.agencyOf(person) ?? '';
    return { page, subject: learner, evidence, language, today: on, now: new Date(), consents, requests };
  }
}

const ANSWERED_WITHIN_MS = 42 * 86_400_000;
