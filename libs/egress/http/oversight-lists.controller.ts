// Consents and withdrawals across learners, and how today stands, for data protection officers (console.md, 4.1; ADR 52).
import { Controller, Get, Header, Headers, Inject, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Asker } from '#access';
import type { Query as Question } from '#bus';
import { UseCases } from '#bus/nest';
import type { ConsentRow, WithdrawalRow } from '#disclosure';
import { AskerGuard, AskerOf, Problem } from '#http';
import { LONGEST_FILTER } from '../audit-filters.ts';
import { CONSENT_CHOICES, CONSENT_FILTERS, type ConsentFilters } from '../consent-filters.ts';
import type { AskedPage } from '../egress.handlers.ts';
import { AskForAuditSummary, AskForConsents, AskForWithdrawals, type Rows, type RowsShown } from '../oversight-lists.handlers.ts';
import { officeIn } from './audit.controller.ts';
import { type Columns, fileOf, isFileWanted } from './file-of-rows.ts';
import { dayOf, type Search } from './list-request.ts';
import { CONSENT_COLUMNS, consentBody, summaryBody, WITHDRAWAL_COLUMNS, withdrawalBody } from './oversight-bodies.ts';
import { notForOffice } from './oversight.controller.ts';
import { pageOf } from './read-request.ts';

const NO_STORE = ['cache-control', 'no-store'] as const;

export type Page<Row> = (page: AskedPage) => Promise<RowsShown<Row>>;

interface Answer<Row> extends Columns<Row> {
  readonly name: string;
  readonly page: AskedPage;
  readonly read: Page<Row>;
  readonly bodyOf: (row: Row) => object;
}

@Controller('v1/audit')
@UseGuards(AskerGuard)
export class OversightListsController {
  readonly #useCases: UseCases;

  constructor(@Inject(UseCases) useCases: UseCases) {
    this.#useCases = useCases;
  }

  @Get('consents')
  @Header(...NO_STORE)
  async consents(
    @AskerOf() asker: Asker,
    @Query() search: Search,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const { page, filters } = consentsIn(search);
    const office = officeIn(asker);
    const read: Page<ConsentRow> = (one) => this.#rows(new AskForConsents({ asker: office, filters, page: one }));
    return answered({ name: 'consents', page, read, bodyOf: consentBody, columns: CONSENT_COLUMNS }, accept, reply);
  }

  @Get('withdrawals')
  @Header(...NO_STORE)
  async withdrawals(
    @AskerOf() asker: Asker,
    @Query() search: Search,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const { page, rest } = pagedIn(search);
    refuseStrange(Object.keys(rest), []);
    const office = officeIn(asker);
    const read: Page<WithdrawalRow> = (one) => this.#rows(new AskForWithdrawals({ asker: office, page: one }));
    return answered({ name: 'withdrawals', page, read, bodyOf: withdrawalBody, columns: WITHDRAWAL_COLUMNS }, accept, reply);
  }

  @Get('summary')
  @Header(...NO_STORE)
  async summary(@AskerOf() asker: Asker, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const answer = await this.#useCases.run(new AskForAuditSummary({ asker: officeIn(asker) }), 'http');
    if (answer.outcome !== 'answered') throw notForOffice(answer.position);
    void reply.header('concordat-position', String(answer.position));
    return summaryBody(answer.told);
  }

  async #rows<Row>(question: Question<unknown, Rows<Row>>): Promise<RowsShown<Row>> {
    return rowsAnswered(await this.#useCases.run(question, 'http'));
  }
}

/** Throws `Problem`: 400, 403. */
export const rowsAnswered = <Row>(told: Rows<Row>): RowsShown<Row> => {
  if (told.outcome === 'answered') return told;
  if (told.outcome === 'not-permitted') throw notForOffice(told.position);
  throw new Problem(400, 'cursor-malformed', 'cursor takes the `next` of an earlier answer, as it was given.');
};

export const answered = async <Row>(answer: Answer<Row>, accept: string | undefined, reply: FastifyReply): Promise<unknown> => {
  const { name, page, read, bodyOf, columns } = answer;
  const first = await read(page);
  void reply.header('concordat-position', String(first.position));
  if (isFileWanted(accept)) return fileOf({ name, first, columns, after: (cursor) => read({ ...page, cursor }) }, reply);
  return { rows: first.rows.map(bodyOf), ...(first.next !== undefined && { next: first.next }) };
};

export const pagedIn = ({ cursor, limit, ...rest }: Search): { readonly page: AskedPage; readonly rest: Search } => ({
  page: pageOf({ ...(cursor !== undefined && { cursor }), ...(limit !== undefined && { limit }) }),
  rest,
});

/** Throws `Problem`: 400. */
const consentsIn = (search: Search): { readonly page: AskedPage; readonly filters: ConsentFilters } => {
  const { page, rest } = pagedIn(search);
  refuseStrange(Object.keys(rest), CONSENT_FILTERS);
  const { expiresBefore, ...texts } = rest;
  for (const [name, value] of Object.entries(texts)) checkValue(name as keyof ConsentFilters, value);
  const day = dayOf(expiresBefore, 'expiresBefore');
  return { page, filters: { ...texts, ...(day !== undefined && { expiresBefore: day }) } };
};

export const refuseStrange = (names: readonly string[], known: readonly string[]): void => {
  const strange = names.find((name) => !known.includes(name));
  if (strange !== undefined)
    throw new Problem(400, 'filter-unknown', `There is no filter ${strange}: there are ${[...known, 'cursor', 'limit'].join(', ')}.`, {
      more: { parameter: strange },
    });
};

const checkValue = (name: keyof ConsentFilters, value: string): void => {
  const choices = CONSENT_CHOICES[name];
  if (choices ? choices.includes(value) : value !== '' && [...value].length <= LONGEST_FILTER) return;
  throw invalidFilter(name, choices ? `one of ${choices.join(', ')}` : `1 to ${LONGEST_FILTER} characters`);
};

export const invalidFilter = (name: string, takes: string): Problem =>
  new Problem(400, 'filter-invalid', `${name} takes ${takes}.`, { more: { parameter: name } });
