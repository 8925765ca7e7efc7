// The data manager's pages: what waits, two records side by side, what was decided (console.md, 4.2).
import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, NotFoundException, Param, Post, Query } from '@nestjs/common';
import { stoppedViews } from '../broker/stopped-views.ts';
import { expectAsShown } from '../shell/as-shown.ts';
import { type Entered, textOf } from '../shell/form.ts';
import { showRecorded } from '../shell/recorded.ts';
import { type SortedPage, sortedPage } from '../shell/sorting.ts';
import { tellsWho } from '../shell/tells-who.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { hrefOf } from '../staff/list-filters.ts';
import { type Issue, issuesCounted } from './issues.ts';
import {
  comparedOf,
  hangingOn,
  isMerged,
  isOfIdentifiers,
  isToDecide,
  KIND_NAMES,
  KINDS,
  type Match,
  namesIn,
  nothingWaits,
  type Outcome,
  outcomeNamesOf,
  OUTCOMES,
  type Queue,
  queuesOf,
  type SideBySide,
  TIE_KINDS,
  toldWhat,
} from './queues.ts';
import { decisionLines, linesOf } from './decisions.ts';
import { decided, draftShowing, isReason, lastDecisionOf, MATCHES, matchOf, pageOf } from './match-of.ts';
import { type Decided, decisionRecorded } from './recorded-words.ts';
import { numberOf, numbersToChoose, settledNumbers } from './right-number.ts';
import { decisionColumns, queueColumns, stateOf } from './sorted-tables.ts';
import { undoReasonIn } from './undo.controller.ts';

const HOME = '/data';
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
  async queues(@VisitOf() visit: Visit, @Query('sort') order: unknown): Promise<string> {
    const found = await Promise.all(KINDS.map((kind) => visit.ask<Found>(MATCHES, { search: { kind } })));
    const next = Object.fromEntries(KINDS.map((kind, place) => [kind, found[place]?.next]));
    const search = { state: 'open', severity: 'blocks', limit: MOST_COUNTED };
    const blocking = await visit.ask<{ readonly rows: readonly Issue[]; readonly next?: string }>('/v1/data-quality/issues', {
      ...{ purposes: ['assure-data-quality'], search },
    });
    const queues = queuesOf(found.flatMap(({ matches }) => matches));
    const issues = issuesCounted(blocking.rows);
    const stopped = await stoppedViews((path) => visit.ask(path));
    return visit.page('data-manager/queues.njk', {
      queues: queues.map((queue) => inOrder(visit, queue, { path: HOME, sort: textOf(order), goesOn: next[queue.kind] !== undefined })),
      next,
      sort: textOf(order),
      issues,
      more: blocking.next !== undefined,
      ...{ isEmpty: nothingWaits(queues, next, issues), stopped },
    });
  }

  /** Claims are gone through, the oldest first: a page may have none that waits, and not be the last. */
  @Get('ties')
  async ties(@VisitOf() visit: Visit, @Query() search: Readonly<Record<string, unknown>>): Promise<string> {
    const [kind, cursor, sort] = ['kind', 'cursor', 'sort'].map((name) => textOf(search[name]));
    const asked = TIE_KINDS.find((one) => one === kind);
    if (asked === undefined) throw new NotFoundException();
    const { matches, next } = await visit.ask<Found>(MATCHES, { search: { kind: asked, cursor: cursor || undefined } });
    const queue = queuesOf(matches).find((one) => one.kind === asked);
    const goesOn = next !== undefined || cursor !== '';
    const path = hrefOf(`${HOME}/ties`, { kind: asked, cursor });
    return visit.page('data-manager/ties.njk', { queue: queue && inOrder(visit, queue, { path, sort, goesOn }), next, sort });
  }

  @Get('decisions')
  async decisions(@VisitOf() visit: Visit, @Query('sort') sort: unknown): Promise<string> {
    const { matches } = await visit.ask<Found>(MATCHES, { search: { state: 'decided' } });
    const hrefFor = (by?: string): string => hrefOf(`${HOME}/decisions`, { sort: by });
    const table = sortedPage(decisionLines(matches), decisionColumns, { sort: textOf(sort), goesOn: false, hrefFor });
    return visit.page('data-manager/decisions.njk', { ...table, kindNames: KIND_NAMES });
  }

  @Get('matches/:match')
  async match(
    @VisitOf() visit: Visit,
    @Param('match') id: string,
    @Query() { wrong, meanwhile }: Readonly<Record<string, string | undefined>>,
  ): Promise<string> {
    const match = await matchOf(visit, id);
    return visit.page('data-manager/match.njk', {
      ...{
        match,
        compared: comparedOf(match),
        hanging: hangingOn(match),
        kindName: KIND_NAMES[match.kind],
        kindNames: KIND_NAMES,
        what: toldWhat(match),
      },
      ...{
        decides: isToDecide(match),
        isMerged: isMerged(match),
        outcomes: OUTCOMES,
        outcomeNames: outcomeNamesOf(match),
        isTie: TIE_KINDS.includes(match.kind),
        isOfIdentifiers: isOfIdentifiers(match),
        numbers: numbersToChoose(match),
        rightRecord: match.right === undefined ? undefined : match.learners.indexOf(match.right) + 1,
      },
      lines: linesOf(match).toReversed(),
      ...{
        entered: visit.draft(id) ?? {},
        undoReason: undoReasonIn(visit, id),
        wrong: WRONG[wrong ?? ''],
        meanwhile: MEANWHILE.get(textOf(meanwhile)),
      },
    });
  }

  /** What was entered is shown again before anything is recorded. */
  @Post('matches/:match/check')
  async check(@VisitOf() visit: Visit, @Param('match') id: string, @Body() body: Entered): Promise<void> {
    const [outcome, reason, right] = [textOf(body['outcome']), textOf(body['reason']), textOf(body['right'])];
    if (!isOutcome(outcome)) throw new NotFoundException();
    visit.keepDraft(id, { outcome, reason, right, id: randomUUID() });
    visit.goTo(isReason(reason) ? `${pageOf(id)}/check` : `${pageOf(id)}?wrong=reason`);
  }

  @Get('matches/:match/check')
  async checked(@VisitOf() visit: Visit, @Param('match') id: string): Promise<string | undefined> {
    const entered = enteredIn(visit, id);
    if (entered === undefined) return void visit.goTo(pageOf(id));
    const match = await matchOf(visit, id);
    if (isRightLacking(match, entered)) return void visit.goTo(`${pageOf(id)}?wrong=right`);
    const right = numberOf(match, entered.right);
    const draft = draftShowing({ ...visit.draft(id), right: right?.learner }, checkedOf(match));
    visit.keepDraft(id, draft);
    return visit.page('data-manager/check.njk', {
      match,
      draft: draft['id'],
      ...entered,
      tells: tellsWho(entered.reason, namesIn(match)),
      says: outcomeNamesOf(match)[entered.outcome],
      right,
    });
  }

  @Post('matches/:match/decision')
  async decide(@VisitOf() visit: Visit, @Param('match') id: string, @Body() checked: Entered): Promise<void> {
    const entered = enteredIn(visit, id);
    if (entered === undefined) return visit.goTo(pageOf(id));
    const draft = visit.draft(id);
    expectAsShown(checked, textOf(draft?.['id']), `${pageOf(id)}/check`);
    const match = await matchOf(visit, id);
    const shown = checkedOf(match);
    // Nobody decides on what the check did not show.
    const amiss = otherThan(shown, draft);
    if (amiss === 'number') visit.keepDraft(id, { ...draft, right: undefined });
    const answer = amiss === undefined ? await decided(visit, id, { ...entered, after: shown.last }) : undefined;
    if (answer === undefined) return visit.goTo(`${pageOf(id)}?meanwhile=${amiss ?? 'yes'}`);
    visit.dropDraft(id);
    const { kind, learners } = match;
    const numbers = numbersSaid(visit, match, entered);
    showRecorded(visit, decisionRecorded({ match: id, kind, learners, outcome: entered.outcome, ...numbers }, answer));
  }
}

/** Of two numbers which is right, and who told the other. */
const numbersSaid = (visit: Visit, match: SideBySide, { right }: Decision): Pick<Decided, 'numbers'> => {
  const told = settledNumbers(match, right);
  return told ? { numbers: { right: told.right.uln, tellers: told.other.agencies.map((agency) => visit.named(agency)) } } : {};
};

interface Ordered {
  readonly path: string;
  readonly sort: string | undefined;
  readonly goesOn: boolean;
}

type OrderedQueue = Queue & { readonly table: SortedPage<Match & { readonly says: string }> };

/** Where a page shows several, all stand in the order that was chosen of one. */
const inOrder = (visit: Visit, queue: Queue, { path, sort = '', goesOn }: Ordered): OrderedQueue => {
  const hrefFor = (by?: string): string => `${hrefOf(path, { sort: by })}#${queue.kind}`;
  const rows = queue.open.map((one) => ({ ...one, says: stateOf(one) }));
  return {
    ...queue,
    table: sortedPage(
      rows,
      queueColumns((text) => visit.named(text)),
      { sort, goesOn, hrefFor },
    ),
  };
};

const isOutcome = (text: string): text is Outcome => OUTCOMES.some((one) => one === text);

/** What is wrong with what was entered, and where. */
const WRONG: Readonly<Record<string, { readonly says: string; readonly at: string }>> = {
  reason: { says: 'Say why, in at most 500 characters', at: 'reason' },
  right: { says: 'Say which ULN is right', at: 'right' },
  undo: { says: 'Say why, in at most 500 characters', at: 'undo-reason' },
};

/** What was recorded between a check and its button. */
const MEANWHILE = new Map([
  ['yes', 'This was decided meanwhile.'],
  ['number', 'Another ULN was told meanwhile.'],
]);

/** Of one person with two numbers it is said which is right. */
const isRightLacking = (match: SideBySide, { outcome, right }: Decision): boolean =>
  outcome === 'same' && numbersToChoose(match).length > 0 && numberOf(match, right) === undefined;

/** What a decision rests on, as its check shows it. */
const checkedOf = (match: SideBySide): { readonly state: string; readonly last: string; readonly numbers: string } => ({
  state: match.state,
  last: lastDecisionOf(match),
  numbers: JSON.stringify(numbersToChoose(match).map(({ learner, uln }) => [learner, uln])),
});

/** What was recorded since the check: something was decided, or another number told. */
const otherThan = (shown: ReturnType<typeof checkedOf>, draft: Entered | undefined): 'yes' | 'number' | undefined => {
  if (shown.state !== draft?.['state'] || shown.last !== draft['last']) return 'yes';
  return shown.numbers === draft['numbers'] ? undefined : 'number';
};

interface Decision {
  readonly outcome: Outcome;
  readonly reason: string;
  readonly right?: string;
}

const enteredIn = (visit: Visit, id: string): Decision | undefined => {
  const { outcome, reason, right } = visit.draft(id) ?? {};
  const [what, why, whose] = [textOf(outcome), textOf(reason), textOf(right)];
  if (!isOutcome(what) || !isReason(why)) return undefined;
  return { outcome: what, reason: why, ...(what === 'same' && whose !== '' && { right: whose }) };
};
