// Two who were made one are taken apart again: asked for on the page of the match, checked, recorded (console.md, 3, 4.2 and J8; ADR 92).
import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { expectAsShown } from '../shell/as-shown.ts';
import { type Entered, textOf } from '../shell/form.ts';
import { showRecorded } from '../shell/recorded.ts';
import { tellsWho } from '../shell/tells-who.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { linesOf } from './decisions.ts';
import { draftShowing, isReason, lastDecisionOf, matchOf, pageOf, undone } from './match-of.ts';
import { isMerged, namesIn } from './queues.ts';
import { undoRecorded } from './recorded-words.ts';

const draftName = (id: string): string => `undo ${id}`;

/** As it was entered; none where there is none. */
export const undoReasonIn = (visit: Visit, id: string): string => textOf(visit.draft(draftName(id))?.['reason']);

@Controller('data/matches/:match/undo')
export class UndoController {
  @Post()
  entered(@VisitOf() visit: Visit, @Param('match') id: string, @Body() body: Entered): void {
    const reason = textOf(body['reason']);
    visit.keepDraft(draftName(id), { reason, id: randomUUID() });
    visit.goTo(isReason(reason) ? `${pageOf(id)}/undo/check` : `${pageOf(id)}?wrong=undo`);
  }

  @Get('check')
  async check(@VisitOf() visit: Visit, @Param('match') id: string): Promise<string | undefined> {
    const reason = undoReasonIn(visit, id);
    const match = await matchOf(visit, id);
    if (!isReason(reason)) return void visit.goTo(pageOf(id));
    if (!isMerged(match)) return void visit.goTo(`${pageOf(id)}?meanwhile=yes`);
    const draft = draftShowing(visit.draft(draftName(id)), { merged: lastDecisionOf(match) });
    visit.keepDraft(draftName(id), draft);
    return visit.page('data-manager/undo-check.njk', {
      ...{ match, reason, draft: draft['id'], merged: linesOf(match).at(-1) },
      tells: tellsWho(reason, namesIn(match)),
    });
  }

  @Post('send')
  async send(@VisitOf() visit: Visit, @Param('match') id: string, @Body() checked: Entered): Promise<void> {
    const reason = undoReasonIn(visit, id);
    if (!isReason(reason)) return visit.goTo(pageOf(id));
    const draft = visit.draft(draftName(id));
    expectAsShown(checked, textOf(draft?.['id']), `${pageOf(id)}/undo/check`);
    const match = await matchOf(visit, id);
    const after = textOf(draft?.['merged']);
    // Nobody undoes a merge that the check did not show.
    const answer = isMerged(match) && lastDecisionOf(match) === after ? await undone(visit, { match: id, reason, after }) : undefined;
    visit.dropDraft(draftName(id));
    if (answer === undefined) return visit.goTo(`${pageOf(id)}?meanwhile=yes`);
    showRecorded(visit, undoRecorded(id, answer));
  }
}
