import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { SimulateOptions } from '../protocol/simulate.ts';

export const addProtocolSimulate = (protocol: Command, context: Context): void => {
  protocol
    .command('simulate')
    .description('who would gain and who would lose, were a draft in force: counted on the live log, for data protection officers')
    .argument('<protocol>', 'a version that was drafted, as e2e-passport@2; or a YAML file')
    .requiredOption('--token <file>', "a file with a data protection officer's access token")
    .option('--url <url>', 'of the broker (default: this machine, PORT)')
    .option('--json', 'as the broker tells it')
    .action(async (named: string, options: SimulateOptions) => {
      const { simulateDraft } = await import('../protocol/simulate.ts');
      await simulateDraft(context, named, options);
    });
};
