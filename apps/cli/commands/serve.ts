import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { configOf } from '../data-directory.ts';

export const addServeCommand = (program: Command, context: Context): void => {
  program
    .command('serve')
    .description('run the broker until it is stopped (Ctrl-C, SIGTERM)')
    .action(async () => {
      tellSources();
      const config = await configOf(context);
      const { serve } = await import('../../broker/serve.ts');
      await serve(config, (line) => context.terminal.line(line));
    });
};

/** What ends a broker is traced to its sources. A short command tells a sentence, and would only start later for the maps. */
export const tellSources = (): void => process.setSourceMapsEnabled(true);
