import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { withUpkeep } from '../data-directory.ts';

interface Options {
  readonly accept?: true;
}

export const addClockCommand = (program: Command, context: Context): void => {
  program
    .command('clock')
    .description('the time that the broker remembers, and the clock of this machine')
    .option('--accept', 'have it remember the clock of this machine, though that is earlier; only while the broker is stopped')
    .action(async ({ accept }: Options) => {
      const { machine, remembered } = await withUpkeep(context, async (ask) => {
        const { AcceptClock, CompareClocks } = await import('../../broker/upkeep/upkeep.handlers.ts');
        return ask(accept ? new AcceptClock({}) : new CompareClocks({}));
      });
      context.terminal.lines([`this machine  ${shown(machine)}`, `remembered    ${shown(remembered)}`]);
    });
};

const shown = (at: number | undefined): string => (at === undefined ? 'nothing yet' : new Date(at).toISOString());
