// Lists that close, looked at and published by the data manager on the data directory (ADR 46).
import type { Command as CliCommand } from 'commander';
import type { Command } from '#bus';
import type { ReportRefused, ReportSeen } from '#egress';
import { Complaint, misuse } from '../complaint.ts';
import type { Context } from '../context.ts';
import { withUseCases } from '../data-directory.ts';
import { collected } from './list.ts';

export const addReportCommands = (program: CliCommand, context: Context): void => {
  const report = program.command('report').description('lists that close: looked at, and published, by the data manager');
  const named = (name: string): CliCommand =>
    report.command(name).argument('<list>', 'such as starts-and-finishes').argument('<month>', 'as 2026-09');
  named('verify')
    .description('counts what stands in a list that has closed, and tells what touches it')
    .option('--json', 'as JSON')
    .action(async (table: string, period: string, options: Shown) => {
      const [{ VerifyReport }, { DATA_MANAGER: asker }] = await Promise.all([import('#egress'), import('../looking.ts')]);
      show(context, await seenIn(context, table, new VerifyReport({ asker, table, period })), options);
    });
  named('release')
    .description('publishes a list that was verified: from then on it never changes')
    .option('--leave-out <position>', 'an event that is not published; may be given several times', collected, [])
    .option('--json', 'as JSON')
    .action(async (table: string, period: string, { leaveOut, ...options }: Shown & { readonly leaveOut: readonly string[] }) => {
      const [{ ReleaseReport }, { DATA_MANAGER: asker }] = await Promise.all([import('#egress'), import('../looking.ts')]);
      const asked = new ReleaseReport({ asker, table, period, leaveOut: leaveOut.map(positionIn) });
      show(context, await seenIn(context, table, asked), options);
    });
};

interface Shown {
  readonly json?: true;
}

export const positionIn = (text: string): number => {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw misuse('Name an event by its position, as `concordat data-quality issues` tells it: decimal digits.');
};

const isSeen = (told: ReportSeen | ReportRefused): told is ReportSeen => told.outcome === 'verified' || told.outcome === 'published';

const seenIn = async (context: Context, table: string, asked: Command<unknown, ReportSeen | ReportRefused>): Promise<ReportSeen> => {
  const { allLists } = await import('#read-models');
  const list = allLists.find(({ name }) => name === table);
  if (!list) throw new Complaint('There is no list of that name: `concordat list` names them.');
  const told = await withUseCases(context, (ask) => ask(asked), { view: list.view.name });
  if (isSeen(told)) return told;
  throw new Complaint(refusalOf(told));
};

/** In a sentence. */
export const refusalOf = (told: ReportRefused): string => {
  switch (told.outcome) {
    case 'blocked':
      return `Findings block it, about the events at ${told.issues.map(({ position }) => String(position)).join(', ')}: have them put right, waive them, or leave them out.`;
    case 'no-such-report':
      return 'No such list closes, or that is no month: name starts-and-finishes or jobs-without-training, and a month as 2026-09.';
    case 'no-such-position':
      return 'Only events that stand in the list can be left out of it.';
    case 'no-such-issue':
      return 'No open finding of this rule is about that event.';
    case 'not-permitted':
      return 'The data manager alone does this.';
    case 'behind':
      return 'The views are behind the log: try again, or `concordat rebuild` makes them anew.';
    default:
      return told.says;
  }
};

const show = ({ terminal }: Context, { closedAt, ...seen }: ReportSeen, { json }: Shown): void => {
  if (json) return terminal.json({ ...seen, closedAt: new Date(closedAt).toISOString() });
  const { table, period, outcome, counts, previous = {}, issues, excluded } = seen;
  terminal.line(`${table} of ${period}: ${outcome}, ${excluded} events left out`);
  const kinds = [...new Set([...Object.keys(counts), ...Object.keys(previous)])].sort();
  const lines = kinds.map((kind) => [kind, String(counts[kind] ?? 0), String((counts[kind] ?? 0) - (previous[kind] ?? 0))]);
  terminal.table(['what', 'rows', 'change'], lines, 'Nothing stands in it.');
  const found = issues.map((issue) => ['severity', 'rule', 'source', 'position', 'since'].map((name) => String(issue[name])));
  terminal.table(['severity', 'rule', 'source', 'position', 'since'], found, 'No open finding touches it.');
};
