import type { Command } from 'commander';
import { Complaint, misuse } from '../complaint.ts';
import type { Context } from '../context.ts';
import { withUpkeep } from '../data-directory.ts';

export const addRenewCommand = (program: Command, context: Context): void => {
  program
    .command('renew <file>')
    .description(
      'set aside a file of the data directory that the log can do without, so that the next start makes it anew; only while the broker is stopped',
    )
    .action(async (file: string) => {
      const renewed = await withUpkeep(context, async (ask) => {
        const { RenewFile } = await import('../../broker/upkeep/upkeep.handlers.ts');
        return ask(new RenewFile({ file }));
      });
      if (!renewed.ok) throw renewed.error.code === 'not-renewable' ? misuse(renewed.error.says) : new Complaint(renewed.error.says);
      const { aside } = renewed.value;
      context.terminal.line(
        aside === undefined ? `${file} is not there; the next start makes it` : `${file} is now ${aside}; the next start makes it anew`,
      );
    });
};
