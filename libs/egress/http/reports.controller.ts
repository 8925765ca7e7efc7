// What the data manager does with lists that close, and with findings that may stand (views.md, S16).
import { Body, Controller, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import type { Asker } from '#access';
import { UseCases } from '#bus/nest';
import { AskerGuard, AskerOf, Problem, unavailable } from '#http';
import type { Position } from '#kernel';
import { RULE_CODES } from '#read-models';
import { WAIVER_REASONS } from '#reports';
import { AskAgencyAboutIssue, ReleaseReport, type ReportRefused, type ReportSeen, VerifyReport, WaiveIssue } from '../report-question.ts';

/** Of a list whose name has no `/`: each that closes has none. */
const REPORT = 'v1/reports/:table/:period';
const OK = 200;

@Controller()
@UseGuards(AskerGuard)
export class ReportsController {
  readonly #useCases: UseCases;

  constructor(@Inject(UseCases) useCases: UseCases) {
    this.#useCases = useCases;
  }

  @Post(`${REPORT}/verify`)
  @HttpCode(OK)
  async verify(@AskerOf() asker: Asker, @Param('table') table: string, @Param('period') period: string): Promise<unknown> {
    return reportIn(await this.#useCases.run(new VerifyReport({ asker, table, period }), 'http'));
  }

  @Post(`${REPORT}/release`)
  @HttpCode(OK)
  async release(
    @AskerOf() asker: Asker,
    @Param('table') table: string,
    @Param('period') period: string,
    @Body() body: unknown,
  ): Promise<unknown> {
    const leaveOut = positionsIn(memberOf(body, 'leaveOut') ?? []);
    return reportIn(await this.#useCases.run(new ReleaseReport({ asker, table, period, leaveOut }), 'http'));
  }

  @Post('v1/data-quality/issues/:position/waive')
  @HttpCode(OK)
  async waive(@AskerOf() asker: Asker, @Param('position') text: string, @Body() body: unknown): Promise<unknown> {
    const [rule, reason] = [codeIn(RULE_CODES, body, 'rule'), codeIn(WAIVER_REASONS, body, 'reason')];
    const [position = 0] = positionsIn([text]);
    const told = await this.#useCases.run(new WaiveIssue({ asker, position, rule, reason }), 'http');
    if (told.outcome !== 'waived') throw refusal(told);
    return { state: 'waived', ...(told.position !== undefined && { position: String(told.position) }) };
  }

  @Post('v1/data-quality/issues/:position/ask')
  @HttpCode(OK)
  async ask(@AskerOf() asker: Asker, @Param('position') text: string, @Body() body: unknown): Promise<unknown> {
    const rule = codeIn(RULE_CODES, body, 'rule');
    const [position = 0] = positionsIn([text]);
    const told = await this.#useCases.run(new AskAgencyAboutIssue({ asker, position, rule }), 'http');
    if (told.outcome !== 'asked') throw refusal(told);
    return { state: 'asked', ...(told.position !== undefined && { position: String(told.position) }) };
  }
}

const memberOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>)[name] : undefined;

const codeIn = <Code extends string>(codes: readonly Code[], body: unknown, name: string): Code => {
  const given = memberOf(body, name);
  const found = codes.find((code) => code === given);
  if (found !== undefined) return found;
  throw new Problem(400, 'bad-request', `Send a JSON object whose member \`${name}\` is one of ${codes.join(', ')}.`);
};

const positionsIn = (given: unknown): readonly Position[] => {
  const all = Array.isArray(given) ? (given as readonly unknown[]) : [Number.NaN];
  if (all.every((one) => typeof one === 'string' && /^\d{1,15}$/.test(one))) return all.map(Number);
  throw new Problem(
    400,
    'position-malformed',
    'Name events by their positions, as `data-quality/issues` tells them: decimal digits, as text.',
  );
};

const isSeen = (told: ReportSeen | ReportRefused): told is ReportSeen => told.outcome === 'verified' || told.outcome === 'published';

const reportIn = (told: ReportSeen | ReportRefused): unknown => {
  if (!isSeen(told)) throw refusal(told);
  const { outcome: status, table, period, closedAt, position, ...seen } = told;
  return { table, period, status, closedAt: new Date(closedAt).toISOString(), position: String(position), ...seen };
};

const refusal = (told: ReportRefused): Problem => {
  switch (told.outcome) {
    case 'behind':
      return unavailable();
    case 'not-permitted':
      return new Problem(403, 'not-permitted', 'The data manager does this: send a token of that office.', { more: { clauses: [] } });
    case 'no-such-report':
      return new Problem(404, 'no-such-report', 'Name a list that closes, such as starts-and-finishes, and a month, as 2026-09.');
    case 'no-such-issue':
      return new Problem(
        404,
        'no-such-issue',
        'No open finding of this rule is about that event: `data-quality/issues` lists those that are.',
      );
    case 'no-such-position':
      return new Problem(409, 'no-such-position', 'Only events that stand in the list can be left out of it.');
    case 'blocked':
      return new Problem(
        409,
        'blocked',
        'Findings block it: have them put right, waive them, or leave out their events. `issues` tells them.',
        {
          more: { issues: told.issues },
        },
      );
    default:
      return new Problem(409, told.outcome, told.says);
  }
};
