import type { Command } from 'commander';
import type { Context } from '../context.ts';

interface Options {
  readonly json?: true;
}

export const addConfigCommand = (program: Command, context: Context): void => {
  program
    .command('config')
    .description('all settings: environment variable, value in force, meaning')
    .option('--json', 'as JSON')
    .action(async ({ json }: Options) => {
      const { parseConfig } = await import('../../broker/config.ts');
      const { listSettings } = await import('../../broker/setting.ts');
      const { listConsoleSettings, parseConsoleSettings } = await import('../../console/settings.ts');
      parseConsoleSettings(context.environment);
      const settings = [...listSettings(parseConfig(context.environment)), ...listConsoleSettings(context.environment)];
      if (json) context.terminal.json(settings);
      else
        context.terminal.table(
          ['variable', 'value', 'meaning'],
          settings.map(({ variable, value, says }) => [variable, value, says]),
          'No settings.',
        );
    });
};
