// Brings protocols in force: drafted where they are not yet, signed for agencies whose keys are at hand.
import type { JWK } from 'jose';
import { signingKeyOf } from '#client';
import { ListAgencies } from '#agencies/bus';
import { type AgencySlug, systemClock } from '#kernel';
import { type ProtocolDocument, type ProtocolStatus, type ProtocolVersion, signDocument } from '#sharing-protocols';
import { DraftProtocol, ListProtocols, SignProtocol } from '#sharing-protocols/bus';
import { Complaint } from '../complaint.ts';
import type { Ask } from '../data-directory.ts';

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

/** Each signer signs the documents in which it fills a role, and leaves the others. */
export const signProtocols = async (
  ask: Ask,
  documents: readonly ProtocolDocument[],
  signers: readonly Signer[],
): Promise<readonly BroughtInForce[]> => {
  const roles = new Map((await ask(new ListAgencies({}))).map(({ agency }) => [agency.slug, agency.roles]));
  const results: BroughtInForce[] = [];
  for (const document of documents) {
    const filling = signers.filter(({ slug }) => document.parties.some(({ role }) => roles.get(slug)?.includes(role)));
    results.push(await bringInForce(ask, document, filling));
  }
  return results;
};

const bringInForce = async (ask: Ask, document: ProtocolDocument, signers: readonly Signer[]): Promise<BroughtInForce> => {
  const { id, version } = document;
  const drafted = await ask(new DraftProtocol(document));
  if (!drafted.ok) throw new Complaint(`${id}@${version} cannot be drafted: ${drafted.error.says}`);
  const before = signatoriesOf(await versionOf(ask, document));
  for (const signer of signers) await sign(ask, document, signer);
  const now = await versionOf(ask, document);
  return {
    protocol: `${id}@${version}`,
    drafted: drafted.value.length > 0,
    signed: signatoriesOf(now).filter((agency) => !before.includes(agency)),
    before,
    status: now?.status ?? 'drafted',
  };
};

const versionOf = async (ask: Ask, { id, version }: ProtocolDocument): Promise<ProtocolVersion | undefined> =>
  (await ask(new ListProtocols({}))).find((one) => one.protocol === id && one.version === version);

const signatoriesOf = (version: ProtocolVersion | undefined): readonly AgencySlug[] =>
  (version?.signatures ?? []).map(({ agency }) => agency);

export const secondsNow = (): number => Math.floor(systemClock.now() / 1000);

const sign = async (ask: Ask, document: ProtocolDocument, { slug, privateJwk }: Signer): Promise<void> => {
  const { alg, kid } = await signingKeyOf(privateJwk);
  // Of whoever left and comes back a signature of its own counts (ADR 47).
  const jws = await signDocument(document, { jwk: privateJwk, alg, kid }, secondsNow());
  const signed = await ask(new SignProtocol({ jws }));
  // A party of the role may still be another agency: by name, or by district.
  if (!signed.ok && signed.error.code !== 'fills-no-role')
    throw new Complaint(`${slug} cannot sign ${document.id}@${document.version}: ${signed.error.says}`);
};
