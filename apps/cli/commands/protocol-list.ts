import type { Command } from 'commander';
import type { ProtocolVersion } from '#sharing-protocols';
import type { Context } from '../context.ts';
import { withUseCases } from '../data-directory.ts';

export const addProtocolList = (protocol: Command, context: Context): void => {
  protocol
    .command('list')
    .description('every version that was drafted: its status today and who signed it')
    .option('--json', 'as JSON, without the text of the protocols')
    .action(async ({ json }: { readonly json?: true }) => {
      const { ListProtocols } = await import('#sharing-protocols/bus');
      const versions = await withUseCases(context, (ask) => ask(new ListProtocols({})));
      if (json) context.terminal.json(versions.map(summaryOf));
      else
        context.terminal.table(['protocol', 'status', 'review due', 'title', 'signed by'], versions.map(rowOf), 'No protocol is drafted.');
    });
};

const summaryOf = ({ protocol, version, document: { title, review }, digest, status, signatures }: ProtocolVersion): object => ({
  protocol,
  version,
  title,
  status,
  reviewDue: review.due,
  digest,
  signatures: signatures.map(({ agency, kid }) => ({ agency, kid })),
});

const rowOf = ({ protocol, version, document: { title, review }, status, signatures }: ProtocolVersion): readonly string[] => [
  `${protocol}@${version}`,
  status,
  review.due,
  title,
  signatures.map(({ agency }) => agency).join(' ') || 'nobody',
];
