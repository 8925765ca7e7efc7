import { join } from 'node:path';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { withUseCases } from '../data-directory.ts';
import { readAgencies } from '../partnership/agencies-file.ts';
import type { LoadedPartnership } from '../partnership/load-partnership.ts';
import type { BroughtInForce } from '../partnership/sign-protocols.ts';

export const addPartnershipCommand = (program: Command, context: Context): void => {
  program
    .command('partnership')
    .description('a partnership as a whole')
    .command('load')
    .description(
      'register the agencies of DIR/agencies.json; where it holds their private keys (a test partnership), sign the shipped protocols for them',
    )
    .argument('<dir>')
    .option('--json', 'as JSON')
    .action(async (directory: string, { json }: { readonly json?: true }) => {
      const members = readAgencies(join(directory, 'agencies.json'));
      const { loadPartnership } = await import('../partnership/load-partnership.ts');
      const loaded = await withUseCases(context, (ask) => loadPartnership(ask, members), { create: true });
      if (json) context.terminal.json(loaded);
      else tell(context, loaded);
    });
};

const tell = ({ terminal }: Context, { agencies, protocols }: LoadedPartnership): void => {
  terminal.table(
    ['agency', 'what was done'],
    agencies.map(({ slug, change }) => [slug, change]),
    'The file names no agency.',
  );
  terminal.line();
  terminal.table(
    ['protocol', 'status', 'signatures', 'what was done'],
    protocols.map(rowOf),
    'The file holds no private keys: each agency signs the protocols itself.',
  );
};

const rowOf = ({ protocol, status, drafted, signed, before }: BroughtInForce): readonly string[] => {
  const done = [...(drafted ? ['drafted'] : []), ...(signed.length > 0 ? [`signed by ${signed.join(', ')}`] : [])];
  return [protocol, status, String(before.length + signed.length), done.join('; ') || 'unchanged'];
};
