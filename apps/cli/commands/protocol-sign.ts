import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { Agency } from '#agencies';
import { type ProtocolDocument, shippedProtocols } from '#sharing-protocols';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';
import { withUseCases } from '../data-directory.ts';
import { readJwk } from '../input-files.ts';
import type { BroughtInForce } from '../partnership/sign-protocols.ts';
import { documentIn, shippedNamed } from '../protocol/protocol-sources.ts';

interface Options {
  readonly agency: string;
  readonly key: string;
}

export const addProtocolSign = (protocol: Command, context: Context): void => {
  protocol
    .command('sign')
    .description('draft protocols where they are not yet, and sign them for an agency')
    .argument('[ids-or-files...]', 'as e2e-passport, or YAML files (default: all that ship in which the agency fills a role)')
    .requiredOption('--agency <slug>', 'who signs')
    .requiredOption('--key <file>', 'its private signing key, a JWK; it is not kept')
    .action(async (names: readonly string[], { agency, key }: Options) => {
      const named = names.map((name) => (existsSync(name) ? documentIn(name) : shippedNamed(name)));
      const privateJwk = readJwk(key);
      const { ListAgencies } = await import('#agencies/bus');
      const results = await withUseCases(context, async (ask) => {
        const signer = (await ask(new ListAgencies({}))).find((one) => one.agency.slug === agency)?.agency;
        if (!signer) throw new Complaint(`There is no agency ${agency}: register it with \`concordat agency add\` first.`);
        const { signProtocols } = await import('../partnership/sign-protocols.ts');
        return signProtocols(ask, named.length > 0 ? named : concerning(signer), [{ slug: agency, privateJwk }]);
      });
      context.terminal.table(
        ['protocol', 'status', 'what was done'],
        results.map((result) => rowOf(result, agency)),
        'No protocol was named.',
      );
    });
};

const concerning = ({ roles }: Agency): readonly ProtocolDocument[] =>
  shippedProtocols().filter(({ parties }) => parties.some(({ role }) => roles.includes(role)));

const rowOf = ({ protocol, status, drafted, signed, before }: BroughtInForce, agency: string): readonly string[] => {
  const signature = signed.includes(agency) ? 'signed' : before.includes(agency) ? 'was signed before' : 'the agency fills no role of it';
  return [protocol, status, `${drafted ? 'drafted, ' : ''}${signature}`];
};
