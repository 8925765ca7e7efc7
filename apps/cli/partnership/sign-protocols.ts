// Brings protocols in force: drafted where they are not yet, signed for agencies whose keys are at hand.
import type { JWK } from 'jose';
import { signingKeyOf } from '#client';
import type { UseCases } from '#bus/nest';
import { type AgencySlug, londonDate } from '#kernel';
import { type ProtocolDocument, type ProtocolStatus, signDocument } from '#sharing-protocols';
import { DraftProtocol, SignProtocol } from '#sharing-protocols/bus';
import type { BrokerNode } from '../../broker/node.ts';
import { Complaint } from '../complaint.ts';

export interface Signer {
  readonly slug: AgencySlug;
  readonly privateJwk: JWK;
}

export interface BroughtInForce {
  /** `id@version`. */
  readonly protocol: string;
  readonly drafted: boolean;
  /** Who signed now, and who had signed before. */
  readonly signed: readonly AgencySlug[];
  readonly before: readonly AgencySlug[];
  readonly status: ProtocolStatus;
}

/** What is asked of the broker, and what is known there by then. */
export interface SigningParts {
  readonly useCases: UseCases;
  readonly node: Pick<BrokerNode, 'agencies' | 'protocols' | 'clock'>;
}

/** Each signer signs the documents in which it fills a role, and leaves the others. */
export const signProtocols = async (
  parts: SigningParts,
  documents: readonly ProtocolDocument[],
  signers: readonly Signer[],
): Promise<readonly BroughtInForce[]> => {
  const results: BroughtInForce[] = [];
  for (const document of documents) results.push(await bringInForce(parts, document, signers));
  return results;
};

const bringInForce = async (parts: SigningParts, document: ProtocolDocument, signers: readonly Signer[]): Promise<BroughtInForce> => {
  const {
    useCases,
    node: { protocols, clock },
  } = parts;
  const name = { protocol: document.id, version: document.version };
  const stand = () => protocols.byName(name, londonDate(clock.now()));
  const drafted = await useCases.run(new DraftProtocol(document), 'cli');
  if (!drafted.ok) throw new Complaint(`${document.id}@${document.version} cannot be drafted: ${drafted.error.says}`);
  const signatories = (): readonly AgencySlug[] => (stand()?.signatures ?? []).map(({ agency }) => agency);
  const before = signatories();
  for (const signer of signers) await sign(parts, document, signer);
  return {
    protocol: `${document.id}@${document.version}`,
    drafted: drafted.value.length > 0,
    signed: signatories().filter((agency) => !before.includes(agency)),
    before,
    status: stand()?.status ?? 'drafted',
  };
};

const sign = async (
  { useCases, node: { agencies } }: SigningParts,
  document: ProtocolDocument,
  { slug, privateJwk }: Signer,
): Promise<void> => {
  const roles = agencies.bySlug(slug)?.roles ?? [];
  if (!document.parties.some(({ role }) => roles.includes(role))) return;
  const { alg, kid } = await signingKeyOf(privateJwk);
  const signed = await useCases.run(new SignProtocol({ jws: await signDocument(document, { jwk: privateJwk, alg, kid }) }), 'cli');
  // A party of the role may still be another agency: by name, or by district.
  if (!signed.ok && signed.error.code !== 'fills-no-role')
    throw new Complaint(`${slug} cannot sign ${document.id}@${document.version}: ${signed.error.says}`);
};
