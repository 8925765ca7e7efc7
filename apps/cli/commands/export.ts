import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { ExportOptions } from '../lists/export-list.ts';
import { collected } from './list.ts';

export const addExportCommand = (program: Command, context: Context): void => {
  program
    .command('export')
    .description('a whole list to a CSV file, named by list, day and position; a file that would not be whole is not kept')
    .argument('<name>', 'which list')
    .requiredOption('--agency <slug>', 'who asks')
    .requiredOption('--key <file>', 'its private signing key, a JWK')
    .option('--out <directory>', 'where the file goes', '.')
    .option('--purpose <purposes>', 'what for, separated by commas')
    .option('--on <day>', 'the day of which it tells (default: today)')
    .option('--where <filter=value>', 'those alone; may be given several times', collected, [])
    .option('--url <url>', 'of the broker (default: this machine, PORT)')
    .action(async (name: string, options: ExportOptions) => {
      const { exportList } = await import('../lists/export-list.ts');
      await exportList(context, name, options);
    });
};
