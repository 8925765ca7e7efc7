// How a learner keeps the page safe: where the learner is signed in, which codes were given out and used, and the way out of all of it
// (console.md, 4.4 and 9).
import { Controller, Get } from '@nestjs/common';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { wordsFor } from './learner-page.ts';
import type { Seen } from './own-answers.ts';

/** Names of the looks that tell of codes. */
const ABOUT_CODES: readonly string[] = ['sign-in-code', 'signed-in'];
const SEARCHED = 100;
const SHOWN = 5;

@Controller('me/safety')
export class SafetyController {
  @Get()
  async safety(@VisitOf() visit: Visit): Promise<string> {
    const { decisions } = await visit.ask<Seen>('/v1/me/seen', { search: { route: 'look', outcome: 'answered', limit: SEARCHED } });
    const { all, own } = visit.signIns;
    return visit.page('learner/safety.njk', {
      ...wordsFor(visit, () => undefined),
      signIns: all.map((one) => ({ ...one, own: one.id === own })),
      codes: decisions.filter(({ asked }) => ABOUT_CODES.includes(asked)).slice(0, SHOWN),
    });
  }
}
