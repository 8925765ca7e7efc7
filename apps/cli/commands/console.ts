import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { tellSources } from './serve.ts';

export const addConsoleCommand = (program: Command, { terminal, environment }: Context): void => {
  program
    .command('console')
    .description('run the pages for officers, staff and learners beside a broker that runs already (CONSOLE_… in `concordat config`)')
    .action(async () => {
      tellSources();
      const { serveConsole } = await import('../../console/serve-console.ts');
      const { parseConsoleSettings } = await import('../../console/settings.ts');
      const { url, close } = await serveConsole(parseConsoleSettings(environment));
      terminal.line(`The console listens on ${url}`);
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void close().then(() => process.exit(0)));
    });
};
