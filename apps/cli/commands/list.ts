import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { ListOptions } from '../lists/show-list.ts';

export const addListCommand = (program: Command, context: Context): void => {
  program
    .command('list')
    .description('a list of learners as an agency may see it; without a name, which lists there are')
    .argument('[name]', 'which list')
    .option('--agency <slug>', 'who asks')
    .option('--key <file>', 'its private signing key, a JWK')
    .option('--purpose <purposes>', 'what for, separated by commas')
    .option('--on <day>', 'the day of which it tells (default: today)')
    .option('--where <filter=value>', 'those alone; may be given several times', collected, [])
    .option('--url <url>', 'of the broker (default: this machine, PORT)')
    .option('--csv', 'all columns, as CSV')
    .option('--json', 'as JSON')
    .action(async (name: string | undefined, options: ListOptions) => {
      const { showList, showLists } = await import('../lists/show-list.ts');
      await (name === undefined ? showLists(context) : showList(context, name, options));
    });
};

export const collected = (value: string, before: readonly string[]): readonly string[] => [...before, value];
