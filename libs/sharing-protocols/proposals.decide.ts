// What may be proposed, and why not.
import { accept, type AgencySlug, type Decision, reject } from '#kernel';
import type { Party, ProtocolDocument } from './language.ts';
import type { LifecycleRejection } from './lifecycle.decide.ts';
import { signedPart } from './lifecycle.ts';
import { latestBy, type ProposalEvent, type ProposalState, PROTOCOL_PROPOSED, usedFor } from './proposals.ts';

export type ProposalRejectionCode =
  'unknown-protocol' | 'not-a-party' | 'version-not-next' | 'signers-dropped' | 'protocol-faulty' | 'signature-used' | 'too-many-proposals';

export type ProposalDecision = Decision<ProposalEvent, LifecycleRejection<ProposalRejectionCode>>;

/** The agreement for which a text is proposed, as it stands. */
export interface Standing {
  /** Its last version, whose text a proposal would follow. */
  readonly last: ProtocolDocument;
  /** Whether the agency signed the version in force, or the last one, and has not left. */
  readonly isParty: boolean;
}

export interface ProposeProtocol {
  readonly document: ProtocolDocument;
  readonly digest: string;
  readonly agency: AgencySlug;
  readonly kid: string;
  readonly signature: string;
  /** Undefined where no version was ever drafted. */
  readonly standing: Standing | undefined;
  /** What lint holds against the text as errors. */
  readonly faults: readonly string[];
}

/** Of one agency, for one version. */
const MOST_PROPOSED = 10;

const no = (code: ProposalRejectionCode, says: string): ProposalDecision => reject({ code, says });

type Check = (proposed: ProposeProtocol, state: ProposalState) => ProposalDecision | undefined;

const isParty: Check = ({ document: { id }, standing, agency }) => {
  if (standing === undefined) return no('unknown-protocol', `Name an agreement that was drafted: ${id} was not.`);
  return standing.isParty ? undefined : no('not-a-party', `Leave ${id} to its parties: ${agency} is none.`);
};

const isNext: Check = ({ document: { id, version }, standing }) => {
  const next = (standing?.last.version ?? 0) + 1;
  return version === next ? undefined : no('version-not-next', `Give the text version ${next}: that is the next of ${id}.`);
};

/** As a place among the parties: who fills it. */
const placeOf = ({ role, agencies = [], districts = [] }: Party): string =>
  JSON.stringify([role, agencies.toSorted(), districts.toSorted()]);

/** Else a few could agree among themselves on what binds all, and put it in the place of what the others signed. */
const keepsSigners: Check = ({ document, standing }) => {
  const asked = new Set(document.parties.filter(({ mustSign }) => mustSign).map(placeOf));
  const dropped = (standing?.last.parties ?? []).filter((party) => party.mustSign && !asked.has(placeOf(party)));
  if (dropped.length === 0) return undefined;
  const roles = dropped.map(({ role }) => role).join(', ');
  return no('signers-dropped', `Leave whoever must sign the last version among those who must sign this one: ${roles}.`);
};

const isFit: Check = ({ faults }) => (faults.length === 0 ? undefined : no('protocol-faulty', faults.join(' ')));

const isSame: Check = ({ document, agency, digest }, state) =>
  latestBy(state, document.id, agency)?.digest === digest ? accept() : undefined;

/** Whoever has read an agency's statement could send it again, after the agency thought better of it. */
const isNew: Check = ({ document, agency, signature }, state) => {
  const used = usedFor(state, { protocol: document.id, version: document.version }, agency);
  if (used.has(signedPart(signature)))
    return no('signature-used', 'Sign anew, with the time as `iat` in the header: this statement counted once.');
  return used.size < MOST_PROPOSED
    ? undefined
    : no('too-many-proposals', `Agree first: ${agency} proposed ${MOST_PROPOSED} texts for version ${document.version} already.`);
};

/** In this order: what a text says is looked at for parties alone. */
const CHECKS: readonly Check[] = [isParty, isNext, keepsSigners, isFit, isSame, isNew];

/** The caller has verified that `signature` is the agency's, by the key `kid`, over the digest. */
export const decidePropose = (state: ProposalState, proposed: ProposeProtocol): ProposalDecision => {
  for (const check of CHECKS) {
    const decided = check(proposed, state);
    if (decided !== undefined) return decided;
  }
  const { document, digest, agency, kid, signature } = proposed;
  return accept({ type: PROTOCOL_PROPOSED, data: { document, digest, agency, kid, signature } });
};
