// Who saw what of whom, why, and the same decided again: for data protection officers; and for each learner about the own record
// (console.md, 10). Every question is a look that the gate decides and records first.
import type { Readable } from 'node:stream';
import { Controller, Get, Header, Headers, HttpCode, Inject, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Asker, LearnerAsker, OfficeAsker } from '#access';
import type { Query as Question } from '#bus';
import { UseCases } from '#bus/nest';
import type { AuditedDecision, AuditedItem, AuditedPermit, AuditedRefusal } from '#disclosure';
import { AskerGuard, AskerOf, Problem } from '#http';
import {
  AskForDecision,
  AskForDecisions,
  AskForReplay,
  type DecisionAsked,
  type DecisionsAsked,
  type DecisionsShown,
  type DecisionShown,
  type NotFound,
} from '../audit.handlers.ts';
import { AUDIT_CHOICES, AUDIT_FILTERS, type AuditFilters, LONGEST_FILTER } from '../audit-filters.ts';
import { DECISION_COLUMNS } from './decision-columns.ts';
import { fileOf, isFileWanted } from './file-of-rows.ts';
import { atUniformTime } from './learners.controller.ts';
import { dayOf, type Search } from './list-request.ts';
import { pageOf } from './read-request.ts';

/** As the document describes it; the broker's own id is for officers who have it from the log. */
const REF = /^(?:uln:[0-9]{10}|local:.{1,100}|psn:[A-Za-z0-9_-]{22}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/u;

const NO_STORE = ['cache-control', 'no-store'] as const;

@Controller('v1/audit/decisions')
@UseGuards(AskerGuard)
export class AuditController {
  readonly #useCases: UseCases;

  constructor(@Inject(UseCases) useCases: UseCases) {
    this.#useCases = useCases;
  }

  @Get()
  @Header(...NO_STORE)
  async decisions(
    @AskerOf() asker: Asker,
    @Query() search: Search,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const { learner, ...rest } = search;
    const question = { ref: refIn(learner), ...questionIn(rest) };
    const asked = { asker: officeIn(asker), ...question };
    return isFileWanted(accept) ? decisionsInFile(this.#useCases, asked, reply) : decisionsTold(this.#useCases, asked, reply);
  }

  @Get(':position')
  @Header(...NO_STORE)
  async decision(
    @AskerOf() asker: Asker,
    @Param('position') position: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const told = await this.#told(new AskForDecision(decisionIn(asker, position)), reply);
    return { ...decisionBody(told.decision), ...told.named };
  }

  @Post(':position/replay')
  @HttpCode(200)
  @Header(...NO_STORE)
  async replay(
    @AskerOf() asker: Asker,
    @Param('position') position: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const told = await this.#told(new AskForReplay(decisionIn(asker, position)), reply);
    return { decision: { ...decisionBody(told.decision), ...told.named }, same: told.same };
  }

  async #told<Told extends DecisionShown>(question: Question<DecisionAsked, Told | NotFound>, reply: FastifyReply): Promise<Told> {
    const began = performance.now();
    const told = await knownIn(await this.#useCases.run(question, 'http'), began);
    void reply.header('concordat-position', String(told.position));
    return told;
  }
}

@Controller('v1/me')
@UseGuards(AskerGuard)
export class OwnRecordController {
  readonly #useCases: UseCases;

  constructor(@Inject(UseCases) useCases: UseCases) {
    this.#useCases = useCases;
  }

  /** Who has seen it. */
  @Get('seen')
  @Header(...NO_STORE)
  async seen(@AskerOf() asker: Asker, @Query() search: Search, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const question = questionIn(search);
    return decisionsTold(this.#useCases, { asker: learnerIn(asker), ref: 'me', ...question }, reply);
  }
}

export const officeIn = (asker: Asker): OfficeAsker => {
  if ('office' in asker) return asker;
  throw new Problem(403, 'not-permitted', 'Only data protection officers look here: a learner asks /v1/me/seen.', {
    more: { clauses: [] },
  });
};

export const learnerIn = (asker: Asker): LearnerAsker => {
  if ('learner' in asker) return asker;
  throw new Problem(403, 'not-permitted', 'This is a learner’s own page: officers ask /v1/audit/decisions.', { more: { clauses: [] } });
};

/** Throws `Problem`: 400. */
export const refIn = (learner: string | undefined): string => {
  if (learner !== undefined && REF.test(learner)) return learner;
  const says = 'learner takes a reference: uln:…, local:… as your agency knows it, or a pseudonym of your office.';
  throw new Problem(400, 'filter-invalid', says, { more: { parameter: 'learner' } });
};

/** Throws `Problem`: 400, 404. */
const decisionsAsked = async (useCases: UseCases, asked: DecisionsAsked): Promise<DecisionsShown> => {
  const began = performance.now();
  const answer = await useCases.run(new AskForDecisions(asked), 'http');
  if (answer.outcome === 'cursor-unknown')
    throw new Problem(400, 'cursor-malformed', 'cursor takes the `next` of an earlier answer, as it was given.');
  return knownIn(answer, began);
};

const decisionsTold = async (useCases: UseCases, asked: DecisionsAsked, reply: FastifyReply): Promise<unknown> => {
  const { decisions, total, next, position } = await decisionsAsked(useCases, asked);
  void reply.header('concordat-position', String(position));
  return { decisions: decisions.map(decisionBody), total, ...(next === undefined ? {} : { next }) };
};

const decisionsInFile = async (useCases: UseCases, asked: DecisionsAsked, reply: FastifyReply): Promise<Readable> => {
  const pageOfRows = async (page: DecisionsAsked['page']) => {
    const { decisions: rows, ...told } = await decisionsAsked(useCases, { ...asked, page });
    return { rows, ...told };
  };
  const first = await pageOfRows(asked.page);
  void reply.header('concordat-position', String(first.position));
  return fileOf({ name: 'disclosures', first, columns: DECISION_COLUMNS, after: (cursor) => pageOfRows({ ...asked.page, cursor }) }, reply);
};

export const knownIn = async <Told extends { readonly outcome: 'answered' }>(told: Told | NotFound, began: number): Promise<Told> => {
  if (told.outcome === 'answered') return told;
  await atUniformTime(began);
  throw new Problem(404, 'no-such-learner', 'There is no such learner or decision, or none that you may know of.');
};

/** Throws `Problem`: 400. */
const questionIn = ({ cursor, limit, ...given }: Search): Pick<DecisionsAsked, 'filters' | 'page'> => {
  const strange = Object.keys(given).find((name) => !AUDIT_FILTERS.includes(name as keyof AuditFilters));
  if (strange !== undefined)
    throw new Problem(400, 'filter-unknown', `There is no filter ${strange}: there are ${AUDIT_FILTERS.join(', ')}.`, {
      more: { parameter: strange },
    });
  const { from, to, ...filters } = given;
  for (const [name, value] of Object.entries(filters)) checkValue(name as keyof AuditFilters, value);
  const days = { ...(from !== undefined && { from: dayOf(from, 'from') }), ...(to !== undefined && { to: dayOf(to, 'to') }) };
  return {
    filters: { ...filters, ...days } as AuditFilters,
    page: pageOf({ ...(cursor !== undefined && { cursor }), ...(limit !== undefined && { limit }) }),
  };
};

/** Throws `Problem`: 400. */
const checkValue = (name: keyof AuditFilters, value: string): void => {
  const choices = AUDIT_CHOICES[name];
  if (choices ? choices.includes(value) : value !== '' && [...value].length <= LONGEST_FILTER) return;
  const takes = choices ? `one of ${choices.join(', ')}` : `1 to ${LONGEST_FILTER} characters`;
  throw new Problem(400, 'filter-invalid', `${name} takes ${takes}.`, { more: { parameter: name } });
};

const decisionIn = (asker: Asker, position: string): DecisionAsked => ({ decision: positionIn(position), asker: officeIn(asker) });

export const positionIn = (text: string): number => {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new Problem(400, 'position-malformed', 'A decision is named by its position in the log: decimal digits.');
};

export const itemOf = ({ position, ...item }: AuditedItem): unknown => ({
  ...item,
  ...(position !== undefined && { position: String(position) }),
});
export const groupOf = ({ items, ...group }: AuditedPermit | AuditedRefusal): unknown => ({ ...group, items: items.map(itemOf) });

export const decisionBody = ({ position, at, permitted, refused, withdrawn, ...decision }: AuditedDecision): object => ({
  position: String(position),
  at: new Date(at).toISOString(),
  ...decision,
  permitted: permitted.map(groupOf),
  refused: refused.map(groupOf),
  withdrawn: withdrawn.map(itemOf),
});
