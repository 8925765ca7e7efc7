// Texts that parties propose for the next version of an agreement (ADR 65). They stand in a stream of their own, which neither admission
// nor the gate reads: nothing is shared, asked of anybody or signed by a proposal.
import type { AgencySlug } from '#kernel';
import type { ProtocolDocument } from './language.ts';
import type { RecordedAt, VersionName } from './lifecycle.events.ts';
import { signedPart, versionKey } from './lifecycle.ts';

export const PROPOSALS_STREAM = 'protocol-proposals';
export const PROTOCOL_PROPOSED = 'uk.concordat.protocol.proposed.v1';

export interface ProtocolProposed {
  readonly document: ProtocolDocument;
  /** `sha256:…` of its canonical form. */
  readonly digest: string;
  readonly agency: AgencySlug;
  /** RFC 7638 thumbprint of the key. */
  readonly kid: string;
  /** JWS compact over `{digest, proposes, protocol, version}` in canonical form. */
  readonly signature: string;
}

export interface ProposalEvent {
  readonly type: typeof PROTOCOL_PROPOSED;
  readonly data: ProtocolProposed;
}

export interface Proposal extends ProtocolProposed {
  readonly proposedAt: RecordedAt;
}

export interface ProposalState {
  /** The last of each agency for each agreement: who thinks again replaces what was proposed before. */
  readonly latest: ReadonlyMap<string, Proposal>;
  /** Of each agency for each version what it signed, header and payload: no statement of it counts twice. */
  readonly used: ReadonlyMap<string, ReadonlySet<string>>;
}

export const initialProposals: ProposalState = { latest: new Map(), used: new Map() };

const ofAgency = (protocol: string, agency: AgencySlug): string => `${protocol} ${agency}`;

export const latestBy = ({ latest }: ProposalState, protocol: string, agency: AgencySlug): Proposal | undefined =>
  latest.get(ofAgency(protocol, agency));

export const usedFor = ({ used }: ProposalState, version: VersionName, agency: AgencySlug): ReadonlySet<string> =>
  used.get(ofAgency(versionKey(version), agency)) ?? new Set();

export const evolveProposals = (state: ProposalState, { data }: ProposalEvent, proposedAt: RecordedAt): ProposalState => {
  const { document, agency, signature } = data;
  const name = { protocol: document.id, version: document.version };
  const used = new Set(usedFor(state, name, agency)).add(signedPart(signature));
  return {
    latest: new Map(state.latest).set(ofAgency(document.id, agency), { ...data, proposedAt }),
    used: new Map(state.used).set(ofAgency(versionKey(name), agency), used),
  };
};
