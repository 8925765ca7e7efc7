// The data manager's pages: what waits, two records side by side, what was decided and how that is taken back (console.md, 4.2).
import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { BrokerProblem } from '../broker/broker-client.ts';
import { stoppedViews } from '../broker/stopped-views.ts';
import { expectAsShown } from '../shell/as-shown.ts';
import { type Entered, textOf } from '../shell/form.ts';
import { showRecorded } from '../shell/recorded.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import {
  comparedOf,
  hangingOn,
  type Issue,
  isPair,
  issuesCounted,
  isToDecide,
  KIND_NAMES,
  type Match,
  nothingWaits,
  type Outcome,
  outcomeNamesOf,
  OUTCOMES,
  queuesOf,
  type SideBySide,
  TIE_KINDS,
  toldWhat,
} from './queues.ts';
import { decisionRecorded, undoRecorded } from './recorded-words.ts';

const MATCHES = '/v1/data-quality/matches';
const LONGEST_REASON = 500;
/** Of findings that block figures so many are counted; beyond them it is said that there are more. */
const MOST_COUNTED = 200;

interface Found {
  readonly matches: readonly Match[];
  /** Of ties that wait: where the next page begins. */
  readonly next?: string;
}

@Controller('data')
export class QueuesController {
  @Get()
  async queues(@VisitOf() visit: Visit): Promise<string> {
    const pages = await Promise.all(TIE_KINDS.map((kind) => visit.ask<Found>(MATCHES, { search: { kind } })));
    const found = [await visit.ask<Found>(MATCHES), ...pages];
    const next = Object.fromEntries(TIE_KINDS.map((kind, place) => [kind, pages[place]?.next]));
    const search = { state: 'open', severity: 'blocks', limit: MOST_COUNTED };
    const blocking = await visit.ask<{ readonly rows: readonly Issue[]; readonly next?: string }>('/v1/data-quality/issues', {
      ...{ purposes: ['assure-data-quality'], search },
    });
    const queues = queuesOf(found.flatMap(({ matches }) => matches));
    const issues = issuesCounted(blocking.rows);
    const stopped = await stoppedViews((path) => visit.ask(path));
    return visit.page('data-manager/queues.njk', {
      queues,
      next,
      issues,
      more: blocking.next !== undefined,
      ...{ isEmpty: nothingWaits(queues, next, issues), stopped },
    });
  }

  /** Claims are gone through, the oldest first: a page may have none that waits, and not be the last. */
  @Get('ties')
  async ties(@VisitOf() visit: Visit, @Query() { kind, cursor }: Readonly<Record<string, string | undefined>>): Promise<string> {
    const asked = TIE_KINDS.find((one) => one === kind);
    if (asked === undefined) throw new NotFoundException();
    const { matches, next } = await visit.ask<Found>(MATCHES, { search: { kind: asked, cursor } });
    const queue = queuesOf(matches).find((one) => one.kind === asked);
    return visit.page('data-manager/ties.njk', { queue, next });
  }

  @Get('decisions')
  async decisions(@VisitOf() visit: Visit): Promise<string> {
    const { matches } = await visit.ask<Found>(MATCHES);
    const decided = matches.flatMap((one) =>
      one.state === 'open' ? [] : [{ ...one, says: outcomeNamesOf(one.kind)[one.state], isMerge: isPair(one) && one.state === 'same' }],
    );
    return visit.page('data-manager/decisions.njk', { decided, kindNames: KIND_NAMES });
  }

  @Get('matches/:match')
  async match(
    @VisitOf() visit: Visit,
    @Param('match') id: string,
    @Query() { wrong, meanwhile }: Readonly<Record<string, string | undefined>>,
  ): Promise<string> {
    const match = await matchOf(visit, id);
    return visit.page('data-manager/match.njk', {
      ...{ match, compared: comparedOf(match), hanging: hangingOn(match), kindName: KIND_NAMES[match.kind], what: toldWhat(match) },
      ...{
        decides: isToDecide(match),
        outcomes: OUTCOMES,
        outcomeNames: outcomeNamesOf(match.kind),
        isTie: TIE_KINDS.includes(match.kind),
      },
      ...{ entered: visit.draft(id) ?? {}, wrong: wrong === 'reason', meanwhile: meanwhile === 'yes' },
    });
  }

  /** What was entered is shown again before anything is recorded. */
  @Post('matches/:match/check')
  async check(@VisitOf() visit: Visit, @Param('match') id: string, @Body() body: Entered): Promise<void> {
    const [outcome, reason] = [textOf(body['outcome']), textOf(body['reason'])];
    if (!isOutcome(outcome)) throw new NotFoundException();
    visit.keepDraft(id, { outcome, reason, id: randomUUID() });
    visit.goTo(isReason(reason) ? `${pageOf(id)}/check` : `${pageOf(id)}?wrong=reason`);
  }

  @Get('matches/:match/check')
  async checked(@VisitOf() visit: Visit, @Param('match') id: string): Promise<string | undefined> {
    const entered = enteredIn(visit, id);
    if (entered === undefined) return void visit.goTo(pageOf(id));
    const match = await matchOf(visit, id);
    const draft = textOf(visit.draft(id)?.['id']);
    visit.keepDraft(id, { ...entered, id: draft, state: match.state });
    return visit.page('data-manager/check.njk', { match, draft, ...entered, says: outcomeNamesOf(match.kind)[entered.outcome] });
  }

  @Post('matches/:match/decision')
  async decide(@VisitOf() visit: Visit, @Param('match') id: string, @Body() checked: Entered): Promise<void> {
    const entered = enteredIn(visit, id);
    if (entered === undefined) return visit.goTo(pageOf(id));
    expectAsShown(checked, textOf(visit.draft(id)?.['id']), `${pageOf(id)}/check`);
    const { kind, state } = await matchOf(visit, id);
    // Nobody decides on what the check did not show.
    if (state !== visit.draft(id)?.['state']) return visit.goTo(`${pageOf(id)}?meanwhile=yes`);
    const answer = await visit.ask<{ readonly position?: string }>(`${MATCHES}/${encodeURIComponent(id)}/decision`, {
      ...{ method: 'POST', body: entered },
    });
    visit.dropDraft(id);
    showRecorded(visit, decisionRecorded({ match: id, kind, outcome: entered.outcome }, answer));
  }

  @Get('matches/:match/undo')
  async undoing(@VisitOf() visit: Visit, @Param('match') id: string, @Query('wrong') wrong: string | undefined): Promise<string> {
    return visit.page('data-manager/undo.njk', { match: await matchOf(visit, id), wrong: wrong === 'reason' });
  }

  @Post('matches/:match/undo')
  async undo(@VisitOf() visit: Visit, @Param('match') id: string, @Body() body: Entered): Promise<void> {
    const reason = textOf(body['reason']);
    if (!isReason(reason)) return visit.goTo(`${pageOf(id)}/undo?wrong=reason`);
    const answer = await visit.ask<{ readonly position?: string }>('/v1/data-quality/unmerge', {
      ...{ method: 'POST', body: { match: id, reason } },
    });
    showRecorded(visit, undoRecorded(id, answer));
  }
}

const pageOf = (id: string): string => `/data/matches/${encodeURIComponent(id)}`;

const isOutcome = (text: string): text is Outcome => OUTCOMES.some((one) => one === text);
const isReason = (text: string): boolean => text !== '' && text.length <= LONGEST_REASON;

const enteredIn = (visit: Visit, id: string): { readonly outcome: Outcome; readonly reason: string } | undefined => {
  const { outcome, reason } = visit.draft(id) ?? {};
  const [what, why] = [textOf(outcome), textOf(reason)];
  return isOutcome(what) && isReason(why) ? { outcome: what, reason: why } : undefined;
};

/** A name of no match is nobody's page. */
const matchOf = async (visit: Visit, id: string): Promise<SideBySide> => {
  try {
    return await visit.ask<SideBySide>(`${MATCHES}/${encodeURIComponent(id)}`);
  } catch (error) {
    if (error instanceof BrokerProblem && error.status === 400) throw new NotFoundException();
    throw error;
  }
};
