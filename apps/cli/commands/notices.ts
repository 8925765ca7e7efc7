import type { Command } from 'commander';
import type { NoticeEntry } from '#read-models';
import type { Context } from '../context.ts';
import { withUseCases } from '../data-directory.ts';
import { OPERATOR, toldOf } from '../looking.ts';

interface Options {
  readonly overdue?: true;
  readonly agency?: string;
  readonly json?: true;
}

const HEAD = ['recipient', 'notice', 'reason', 'issued', 'due', 'state'];

export const addNoticesCommand = (program: Command, context: Context): void => {
  program
    .command('notices')
    .description('who was told what took effect about data that it had, and what it did with them')
    .option('--overdue', 'those alone that were not answered in time')
    .option('--agency <slug>', 'those to one agency')
    .option('--json', 'as JSON')
    .action(async ({ overdue, agency, json }: Options) => {
      const [{ AskForIssuedNotices }, { noticesView }] = await Promise.all([import('#egress'), import('#read-models')]);
      const asked = { asker: OPERATOR, ...(overdue ? { overdue } : {}), ...(agency === undefined ? {} : { recipient: agency }) };
      const rows = toldOf(await withUseCases(context, (ask) => ask(new AskForIssuedNotices(asked)), { view: noticesView.name }));
      if (json) context.terminal.json(rows.map(shown));
      else context.terminal.table(HEAD, rows.map(rowOf), overdue ? 'No notice is overdue.' : 'No notice was issued.');
    });
};

const instant = (at: number): string => new Date(at).toISOString();

const shown = ({ issuedAt, acknowledgedAt, ...entry }: NoticeEntry): Readonly<Record<string, unknown>> => ({
  ...entry,
  issuedAt: instant(issuedAt),
  ...(acknowledgedAt === undefined ? {} : { acknowledgedAt: instant(acknowledgedAt) }),
});

const rowOf = ({ recipient, notice, reason, issuedAt, due, state, action }: NoticeEntry): readonly string[] => [
  recipient,
  notice,
  reason,
  instant(issuedAt),
  due,
  action ?? state,
];
