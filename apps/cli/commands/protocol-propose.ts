import type { Command } from 'commander';
import type { Context } from '../context.ts';
import type { ProposeOptions } from '../protocol/propose.ts';

export const addProtocolPropose = (protocol: Command, context: Context): void => {
  protocol
    .command('propose')
    .description('propose a text for the next version of an agreement, as a party of it: it waits for the officer of the partnership')
    .argument('<file>', 'the text, a YAML file')
    .requiredOption('--key <file>', "the party's private signing key, a JWK; it is not kept")
    .option('--url <url>', 'of the broker (default: this machine, PORT)')
    .option('--statement', 'print the signed statement, for whoever sends it with the text, and send nothing')
    .option('--json', 'as the broker tells it')
    .action(async (file: string, options: ProposeOptions) => {
      const { proposeText } = await import('../protocol/propose.ts');
      await proposeText(context, file, options);
    });
};
