import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { configOf, mustHoldBroker } from '../data-directory.ts';

interface Options {
  readonly accept?: true;
}

export const addClockCommand = (program: Command, context: Context): void => {
  program
    .command('clock')
    .description('the time that the broker remembers, and the clock of this machine')
    .option('--accept', 'have it remember the clock of this machine, though that is earlier; only while the broker is stopped')
    .action(async ({ accept }: Options) => {
      const config = await configOf(context);
      mustHoldBroker(config);
      const [{ openLog }, { rememberedIn, rememberTime }, { systemClock }] = await Promise.all([
        import('../../broker/data-files.ts'),
        import('../../broker/broker-clock.ts'),
        import('#kernel'),
      ]);
      const store = await openLog(config, systemClock);
      try {
        const now = systemClock.now();
        if (accept) await rememberTime(store, now);
        context.terminal.lines([`this machine  ${shown(now)}`, `remembered    ${shown(await rememberedIn(store))}`]);
      } finally {
        await store.close();
      }
    });
};

const shown = (at: number | undefined): string => (at === undefined ? 'nothing yet' : new Date(at).toISOString());
