// One learner as staff may see: the passport in the order of its documents, and what is known before anybody assesses.
import { Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { EventForms } from '../entry/event-forms.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { actsAbout } from './acts.ts';
import { actingOf } from './acting.ts';
import { type KnownAssessment, knownLines } from './known.ts';
import { completenessOf, isOwnAlone, nameIn, partsOf, type Passport } from './passport.ts';
import { choosingFor } from './purposes.ts';

interface SignInCode {
  readonly code: string;
  readonly until: string;
}

const KNOWN_FOR = 'plan-learning';

@Controller('staff/learners')
export class LearnersController {
  readonly #forms: EventForms;

  constructor(@Inject(EventForms) forms: EventForms) {
    this.#forms = forms;
  }

  @Get(':ref')
  async passport(@VisitOf() visit: Visit, @Param('ref') ref: string): Promise<string | undefined> {
    const path = `/staff/learners/${encodeURIComponent(ref)}`;
    if (visit.purposes.length === 0) return choose(visit, path);
    const passport = await visit.ask<Passport>(`/v1/learners/${encodeURIComponent(ref)}/passport/e2e`);
    return visit.page('staff/learner.njk', {
      name: nameIn(passport),
      localId: passport.localId,
      parts: partsOf(passport),
      completeness: completenessOf(passport),
      isOwnAlone: isOwnAlone(passport),
      on: passport.on,
      position: passport.position,
      learnerPath: path,
      acts: actsAbout(passport.localId, await actingOf(visit, this.#forms)),
    });
  }

  /** For the learner's own page: shown once, to be handed over in person. */
  @Post(':ref/code')
  async code(@VisitOf() visit: Visit, @Param('ref') ref: string): Promise<string> {
    const path = `/staff/learners/${encodeURIComponent(ref)}`;
    const code = await visit.askIfAny<SignInCode>('/v1/session/codes', { method: 'POST', body: { ref } });
    return visit.page('staff/code.njk', { code, learnerPath: path });
  }

  @Get(':ref/what-do-we-have')
  async known(@VisitOf() visit: Visit, @Param('ref') ref: string): Promise<string | undefined> {
    const path = `/staff/learners/${encodeURIComponent(ref)}`;
    if (visit.purposes.length === 0) return choose(visit, `${path}/what-do-we-have`);
    if (!visit.purposes.includes(KNOWN_FOR)) {
      const choosing = choosingFor(`${path}/what-do-we-have`);
      return visit.page('staff/other-purpose.njk', { title: 'What do we have?', needs: [KNOWN_FOR], choosing });
    }
    const known = await visit.ask<{ readonly rows: readonly KnownAssessment[]; readonly localId?: string; readonly position: string }>(
      `/v1/learners/${encodeURIComponent(ref)}/known-assessments`,
      { purposes: [KNOWN_FOR] },
    );
    return visit.page('staff/what-do-we-have.njk', {
      lines: knownLines(known.rows),
      localId: known.localId,
      position: known.position,
      learnerPath: path,
    });
  }
}

const choose = (visit: Visit, path: string): undefined => {
  visit.goTo(choosingFor(path));
  return undefined;
};
