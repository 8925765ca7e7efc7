// One learner as staff may see: the passport in the order of its documents, and what is known before anybody assesses.
import { Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiDescription } from '../broker/api-description.ts';
import { BrokerProblem } from '../broker/broker-client.ts';
import { keepCalled } from '../entry/called.ts';
import { EventForms } from '../entry/event-forms.ts';
import { KNOWN_FOR } from '../entry/known-before.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { actsAbout } from './acts.ts';
import { actingOf } from './acting.ts';
import { confirmingFor } from './confirming.ts';
import { scopesOf } from './consent-scopes.ts';
import { clausesNeeding, type ConsentAsked, type KnownAssessment, knownLines } from './known.ts';
import { calledIn, completenessOf, isOwnAlone, nameIn, partsOf, type Passport } from './passport.ts';
import { programmeActs } from './programme-acts.ts';
import { choosingFor, forOtherWork } from './purposes.ts';

interface SignInCode {
  readonly code: string;
  readonly until: string;
}

interface CodeGiven {
  /** None where there is none to give. */
  readonly code?: SignInCode;
}

const codeFor = (ref: string): string => `code ${ref}`;

@Controller('staff/learners')
export class LearnersController {
  readonly #forms: EventForms;
  readonly #api: ApiDescription;

  constructor(@Inject(EventForms) forms: EventForms, @Inject(ApiDescription) api: ApiDescription) {
    this.#forms = forms;
    this.#api = api;
  }

  @Get(':ref')
  async passport(@VisitOf() visit: Visit, @Param('ref') ref: string): Promise<string | undefined> {
    const path = `/staff/learners/${encodeURIComponent(ref)}`;
    if (visit.purposes.length === 0) return void visit.goTo(choosingFor(path));
    const passport = await visit.ask<Passport>(`/v1/learners/${encodeURIComponent(ref)}/passport/e2e`);
    const acting = await actingOf(visit, this.#forms);
    keepCalled(visit, { name: calledIn(passport), learner: ref });
    return visit.page('staff/learner.njk', {
      name: nameIn(passport),
      localId: passport.localId,
      parts: partsOf(passport, {
        codes: await this.#api.codesIn((one) => visit.ask(one), '/v1/learners/{ref}/passport/e2e'),
        nameOf: visit.nameOf,
      }),
      completeness: completenessOf(passport),
      ...(isOwnAlone(passport) && { isOwnAlone: true, confirming: await confirmingFor(visit) }),
      asOf: Date.now(),
      on: passport.on,
      position: passport.position,
      learnerPath: path,
      acts: [...programmeActs(passport['programme'], passport.localId, acting), ...actsAbout(passport.localId, acting)],
    });
  }

  /** For the learner's own page, to be handed over in person. */
  @Post(':ref/code')
  async giveCode(@VisitOf() visit: Visit, @Param('ref') ref: string): Promise<void> {
    const code = await visit.askIfAny<SignInCode>('/v1/session/codes', { method: 'POST', body: { ref } });
    visit.keepDraft(codeFor(ref), { code });
    visit.goTo(`/staff/learners/${encodeURIComponent(ref)}/code`);
  }

  /** Shown once: to ask for the page again gives out none, and shows none. */
  @Get(':ref/code')
  code(@VisitOf() visit: Visit, @Param('ref') ref: string): string {
    const given = visit.draft(codeFor(ref)) as CodeGiven | undefined;
    visit.dropDraft(codeFor(ref));
    return visit.page('staff/code.njk', {
      ...given,
      wasShown: given === undefined,
      learnerPath: `/staff/learners/${encodeURIComponent(ref)}`,
    });
  }

  @Get(':ref/what-do-we-have')
  async known(@VisitOf() visit: Visit, @Param('ref') ref: string): Promise<string | undefined> {
    const path = `/staff/learners/${encodeURIComponent(ref)}`;
    if (!visit.purposes.includes(KNOWN_FOR))
      return forOtherWork(visit, { title: 'What do we have?', needs: [KNOWN_FOR], path: `${path}/what-do-we-have` });
    const asking = (answer: string): Promise<Known> =>
      visit.ask<Known>(`/v1/learners/${encodeURIComponent(ref)}/${answer}`, { purposes: [KNOWN_FOR] });
    const known = await asking('known-assessments');
    const rows = known.rows as readonly KnownAssessment[];
    const clauses = clausesNeeding(rows);
    // What was asked before is looked up only where somebody may want to ask.
    const asked = clauses.length === 0 ? [] : ((await asking('consent-requests').catch(withheld)).rows as readonly ConsentAsked[]);
    const knowing = {
      ...{ acting: await actingOf(visit, this.#forms), localId: known.localId, asked, scopes: await scopesOf(visit, clauses) },
      codes: await this.#api.codesIn((one) => visit.ask(one), '/v1/learners/{ref}/known-assessments'),
    };
    const lines = knownLines(rows, knowing);
    return visit.page('staff/what-do-we-have.njk', {
      ...{ lines, localId: known.localId, position: known.position, learnerPath: path },
      papers: [...new Set(clauses.map((clause) => clause.replace(/@.*/, '')))],
      hasActs: lines.some(({ acts }) => acts.length > 0),
    });
  }
}

interface Known {
  readonly rows: readonly unknown[];
  readonly localId?: string;
  readonly position: string;
}

/** Where it may not be seen what was asked, nothing was. */
const withheld = (error: unknown): Pick<Known, 'rows'> => {
  if (error instanceof BrokerProblem && error.status === 403) return { rows: [] };
  throw error;
};
