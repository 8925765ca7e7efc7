// A protocol as a command names it: a file, or a version that was drafted in the data directory, or one that ships.
import { existsSync } from 'node:fs';
import type { PartySignature, ProtocolDocument, Signatory } from '#sharing-protocols';
import type { Context } from '../context.ts';
import { type Ask, configOf, holdsBroker, withUseCases } from '../data-directory.ts';
import { documentIn, namedIn, shippedNamed } from './protocol-sources.ts';

export interface NamedProtocol {
  readonly document: ProtocolDocument;
  readonly signatures: readonly PartySignature[];
  readonly signatories: readonly Signatory[];
}

const unsigned = (document: ProtocolDocument): NamedProtocol => ({ document, signatures: [], signatories: [] });

/** Where there is no data directory, or it was not drafted there, as shipped. */
export const protocolNamed = async (context: Context, name: string): Promise<NamedProtocol> => {
  if (existsSync(name)) return unsigned(documentIn(name));
  const { data } = await configOf(context);
  const found = holdsBroker(data) ? await withUseCases(context, (ask) => signedIn(ask, name)) : undefined;
  return found ?? unsigned(shippedNamed(name));
};

const signedIn = async (ask: Ask, name: string): Promise<NamedProtocol | undefined> => {
  const [{ ListAgencies }, { ListProtocols }] = await Promise.all([import('#agencies/bus'), import('#sharing-protocols/bus')]);
  const versions = await ask(new ListProtocols({}));
  const found = namedIn(
    name,
    versions.map((version) => ({ ...version, id: version.protocol })),
  );
  if (!found) return undefined;
  const names = new Map((await ask(new ListAgencies({}))).map(({ agency }) => [agency.slug, agency.name]));
  const signatories = found.signatures.map(({ agency, kid, boundUntil }) => {
    const known = names.get(agency);
    return { agency, kid, boundUntil, ...(known === undefined ? {} : { name: known }) };
  });
  return { document: found.document, signatures: found.signatures, signatories };
};
