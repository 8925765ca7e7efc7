import { type Command, Option } from 'commander';
import { RULE_CODES } from '#read-models';
import { WAIVER_REASONS } from '#reports';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';
import { withUseCases } from '../data-directory.ts';
import { DATA_MANAGER } from '../looking.ts';
import { positionIn, refusalOf } from './report.ts';

/** What is done about a finding: it is let stand, or the agency is asked about it. */
export const addFindingCommands = (dataQuality: Command, context: Context): void => {
  addWaive(dataQuality, context);
  addAsk(dataQuality, context);
};

interface WaiveOptions {
  readonly rule: string;
  readonly reason: (typeof WAIVER_REASONS)[number];
}

const addWaive = (dataQuality: Command, context: Context): void => {
  dataQuality
    .command('waive')
    .description('lets a finding about an event stand, with a reason')
    .argument('<position>', 'of the event')
    .addOption(new Option('--rule <rule>', 'which rule found it').choices(RULE_CODES).makeOptionMandatory())
    .addOption(new Option('--reason <reason>', 'why it may stand').choices(WAIVER_REASONS).makeOptionMandatory())
    .action(async (position: string, { rule, reason }: WaiveOptions) => {
      const { WaiveIssue } = await import('#egress');
      const asked = new WaiveIssue({ asker: DATA_MANAGER, position: positionIn(position), rule, reason });
      const told = await withUseCases(context, (ask) => ask(asked), { view: 'issues' });
      if (told.outcome !== 'waived') throw new Complaint(refusalOf(told));
      context.terminal.line(told.position === undefined ? 'It was waived already.' : `Waived at position ${told.position}.`);
    });
};

const addAsk = (dataQuality: Command, context: Context): void => {
  dataQuality
    .command('ask')
    .description('asks the agency that sent an event about a finding: it sees that beside the finding, and answers by putting it right')
    .argument('<position>', 'of the event')
    .addOption(new Option('--rule <rule>', 'which rule found it').choices(RULE_CODES).makeOptionMandatory())
    .action(async (position: string, { rule }: Pick<WaiveOptions, 'rule'>) => {
      const { AskAgencyAboutIssue } = await import('#egress');
      const asked = new AskAgencyAboutIssue({ asker: DATA_MANAGER, position: positionIn(position), rule });
      const told = await withUseCases(context, (ask) => ask(asked), { view: 'issues' });
      if (told.outcome !== 'asked') throw new Complaint(refusalOf(told));
      context.terminal.line(told.position === undefined ? 'It was asked today already.' : `Asked at position ${told.position}.`);
    });
};
