import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { type ProtocolDocument, renderAgreement, type Signatory } from '#sharing-protocols';
import type { Context } from '../context.ts';
import { type Ask, configOf, holdsBroker, withUseCases } from '../data-directory.ts';
import { documentIn, namedIn, shippedNamed } from '../protocol/protocol-sources.ts';

interface Signed {
  readonly document: ProtocolDocument;
  readonly signatories: readonly Signatory[];
}

export const addProtocolRender = (protocol: Command, context: Context): void => {
  protocol
    .command('render')
    .description('a protocol as the agreement that people sign, in Markdown')
    .argument('<id-or-file>', 'as e2e-passport or e2e-passport@1, with the signatures given to it here; or a YAML file')
    .action(async (name: string) => {
      const { document, signatories } = existsSync(name)
        ? { document: documentIn(name), signatories: [] }
        : await registered(context, name);
      context.terminal.line(renderAgreement(document, signatories).trimEnd());
    });
};

/** As drafted in the data directory; where there is none, or it was not drafted there, as shipped. */
const registered = async (context: Context, name: string): Promise<Signed> => {
  const { data } = await configOf(context);
  const found = holdsBroker(data) ? await withUseCases(context, (ask) => signedIn(ask, name)) : undefined;
  return found ?? { document: shippedNamed(name), signatories: [] };
};

const signedIn = async (ask: Ask, name: string): Promise<Signed | undefined> => {
  const [{ ListAgencies }, { ListProtocols }] = await Promise.all([import('#agencies/bus'), import('#sharing-protocols/bus')]);
  const versions = await ask(new ListProtocols({}));
  const found = namedIn(
    name,
    versions.map((version) => ({ ...version, id: version.protocol })),
  );
  if (!found) return undefined;
  const names = new Map((await ask(new ListAgencies({}))).map(({ agency }) => [agency.slug, agency.name]));
  const signatories = found.signatures.map(({ agency, kid }) => {
    const known = names.get(agency);
    return { agency, kid, ...(known === undefined ? {} : { name: known }) };
  });
  return { document: found.document, signatories };
};
