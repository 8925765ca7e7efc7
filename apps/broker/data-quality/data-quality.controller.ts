// What the data manager has to look at, and decides (views.md, S15). Nobody else is told of it, or decides.
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Asker, OfficeAsker } from '#access';
import { DecideMatch, type NotSettled, Unmerge } from '#admission/bus';
import { UseCases } from '#bus/nest';
import { AskForDataQuality, AskForMatch, type QueueFinding } from '#egress';
import { AskerGuard, AskerOf, Problem } from '#http';
import type { Position, Result } from '#kernel';
import { MATCH_OUTCOMES, QUEUE_KINDS } from '#learner-file';
import { MATCH_STATES_ASKED } from '#read-models';

const OFFICE = 'data-manager';
const LONGEST_REASON = 500;
const CONFLICT = 'match-not-settled';
const DECIDED_MEANWHILE = 'match-decided-meanwhile';

@Controller('v1/data-quality')
@UseGuards(AskerGuard)
export class DataQualityController {
  readonly #useCases: UseCases;

  constructor(@Inject(UseCases) useCases: UseCases) {
    this.#useCases = useCases;
  }

  @Get('matches')
  async matches(
    @AskerOf() asker: Asker,
    @Query() search: Readonly<Record<string, unknown>>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const [state, kind] = [oneOf(search['state'], 'state', MATCH_STATES_ASKED), oneOf(search['kind'], 'kind', QUEUE_KINDS)];
    const cursor = textOf(search['cursor']);
    const asked = { asker: dataManager(asker), ...(state && { state }), ...(kind && { kind }), ...(cursor !== undefined && { cursor }) };
    const told = await this.#useCases.run(new AskForDataQuality(asked), 'http');
    if (told.outcome === 'not-permitted') throw notPermitted();
    if (told.outcome === 'cursor-unknown') throw malformedCursor();
    void reply.header('cache-control', 'no-store');
    return { matches: told.findings.map(shownOf), ...(told.next !== undefined && { next: told.next }) };
  }

  @Get('matches/:match')
  async match(@AskerOf() asker: Asker, @Param('match') match: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const told = await this.#useCases.run(new AskForMatch({ asker: dataManager(asker), match }), 'http');
    if (told === undefined) throw noSuchMatch();
    if (told.outcome === 'not-permitted') throw notPermitted();
    const { finding, records, conflicts, numbers, agreeOn, differOn, position } = told;
    void reply.header('cache-control', 'no-store').header('concordat-position', String(position));
    const all = conflicts.map(sinceIn);
    const more = { ...(all.length > 0 && { conflicts: all }), ...(numbers.length > 0 && { numbers }) };
    return { ...shownOf(finding), records, agreeOn, differOn, ...more };
  }

  @Post('matches/:match/decision')
  @HttpCode(200)
  async decide(@AskerOf() asker: Asker, @Param('match') match: string, @Body() body: unknown): Promise<unknown> {
    const { staff } = dataManager(asker);
    const outcome = oneOf(memberOf(body, 'outcome'), 'outcome', MATCH_OUTCOMES);
    if (outcome === undefined) throw badRequest('outcome takes one of same, different, deferred.');
    const right = memberOf(body, 'right');
    if (right !== undefined && typeof right !== 'string') throw badRequest('right takes the id of one of the two learners.');
    const said = { match, ...shownIn(body), reason: reasonIn(body), ...(staff && { staff }) };
    const decision = { ...said, outcome, ...(right !== undefined && { right }) };
    return told(await this.#useCases.run(new DecideMatch(decision), 'http'));
  }

  @Post('unmerge')
  @HttpCode(200)
  async unmerge(@AskerOf() asker: Asker, @Body() body: unknown): Promise<unknown> {
    const { staff } = dataManager(asker);
    const match = memberOf(body, 'match');
    if (typeof match !== 'string') throw badRequest('match takes the id of the match that was merged.');
    return told(
      await this.#useCases.run(new Unmerge({ match, ...shownIn(body), reason: reasonIn(body), ...(staff && { staff }) }), 'http'),
    );
  }
}

const sinceIn = <Found extends { readonly openedAt: number }>({ openedAt, ...found }: Found) => ({
  ...{ ...found, since: new Date(openedAt).toISOString() },
});

const shownOf = ({ waiting, decisions, ...finding }: QueueFinding) => ({
  ...{ ...sinceIn(finding), waiting: waiting.map(sinceIn) },
  ...(decisions && {
    decisions: decisions.map(({ position, decidedAt, ...one }) => ({
      ...one,
      position: String(position),
      decidedAt: new Date(decidedAt).toISOString(),
    })),
  }),
});

/** Anybody else is told that this is none of their affair, whatever there is. */
const dataManager = (asker: Asker): OfficeAsker => {
  if ('office' in asker && asker.office === OFFICE) return asker;
  throw notPermitted();
};

const notPermitted = (): Problem =>
  new Problem(403, 'not-permitted', "This is for the partnership's data manager, by the protocol data-quality.");
const noSuchMatch = (): Problem => new Problem(404, 'no-such-match', 'There is no such match: take its id from the list of matches.');
const malformedCursor = (): Problem =>
  new Problem(400, 'cursor-malformed', 'cursor takes the `next` of an earlier answer about the same kind, as it was given.');
const badRequest = (says: string): Problem => new Problem(400, 'bad-request', says);

const textOf = (told: unknown): string | undefined => {
  if (told === undefined || typeof told === 'string') return told;
  throw malformedCursor();
};

const memberOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>)[name] : undefined;

const reasonIn = (body: unknown): string => {
  const reason = memberOf(body, 'reason');
  if (typeof reason === 'string' && reason.trim() !== '' && reason.length <= LONGEST_REASON) return reason;
  throw badRequest(`reason says why, in 1 to ${LONGEST_REASON} characters.`);
};

const POSITION = /^(?:0|[1-9][0-9]{0,14})$/;

/** What whoever decides was shown of the match. */
const shownIn = (body: unknown): { readonly after?: Position } => {
  const after = memberOf(body, 'after');
  if (after === undefined) return {};
  if (typeof after === 'string' && POSITION.test(after)) return { after: Number(after) };
  throw badRequest('after takes the position of the last decision that was shown, in decimal digits; 0 where there was none.');
};

const oneOf = <Value extends string>(told: unknown, name: string, values: readonly Value[]): Value | undefined => {
  if (told === undefined) return undefined;
  const value = values.find((one) => one === told);
  if (value === undefined) throw badRequest(`${name} takes one of ${values.join(', ')}.`);
  return value;
};

const told = <Settled>(settled: Result<Settled & { readonly position: number }, NotSettled>): unknown => {
  if (settled.ok) return { ...settled.value, position: String(settled.value.position) };
  if (settled.error.code === 'not-permitted') throw notPermitted();
  if (settled.error.code === 'no-such-match') throw noSuchMatch();
  throw new Problem(409, settled.error.code === 'decided-meanwhile' ? DECIDED_MEANWHILE : CONFLICT, settled.error.says);
};
