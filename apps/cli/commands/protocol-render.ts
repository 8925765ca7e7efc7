import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { londonDate } from '#kernel';
import { type ProtocolDocument, renderAgreement, type Signatory } from '#sharing-protocols';
import type { BrokerNode } from '../../broker/node.ts';
import type { Context } from '../context.ts';
import { configOf, holdsBroker, withNode } from '../data-directory.ts';
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
  const found = holdsBroker(data) ? await withNode(context, async (node) => signedIn(node, name)) : undefined;
  return found ?? { document: shippedNamed(name), signatories: [] };
};

const signedIn = ({ protocols, agencies, clock }: BrokerNode, name: string): Signed | undefined => {
  const versions = protocols.versions(londonDate(clock.now())).map((version) => ({ ...version, id: version.protocol }));
  const found = namedIn(name, versions);
  if (!found) return undefined;
  const signatories = found.signatures.map(({ agency, kid }) => {
    const known = agencies.bySlug(agency);
    return { agency, kid, ...(known === undefined ? {} : { name: known.name }) };
  });
  return { document: found.document, signatories };
};
