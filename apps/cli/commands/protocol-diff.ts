import type { Command } from 'commander';
import { diffProtocols, odrlOf } from '#sharing-protocols';
import type { Context } from '../context.ts';
import { protocolNamed } from '../protocol/protocol-named.ts';

const NAME = 'as e2e-passport or e2e-passport@1; or a YAML file';

export const addProtocolDiff = (protocol: Command, context: Context): void => {
  protocol
    .command('diff')
    .description('what the second would change, in sentences: who gains or loses which data, for which purpose')
    .argument('<before>', NAME)
    .argument('<after>', NAME)
    .action(async (before: string, after: string) => {
      const [one, other] = [await protocolNamed(context, before), await protocolNamed(context, after)];
      context.terminal.lines(diffProtocols(one.document, other.document));
    });
};

export const addProtocolOdrl = (protocol: Command, context: Context): void => {
  protocol
    .command('odrl')
    .description('a protocol as a policy in ODRL 2.2, as JSON-LD, with the signatures given to it here')
    .argument('<id-or-file>', NAME)
    .action(async (name: string) => {
      const { document, signatures } = await protocolNamed(context, name);
      context.terminal.json(odrlOf(document, signatures));
    });
};
