// What may be done to a protocol, and why not.
import type { AgencySlug, Decision } from '#kernel';
import { accept, addDays, type IsoDate, reject } from '#kernel';
import type { TableAgency } from './decision-table-parties.ts';
import { partyRoles } from './decision-table-parties.ts';
import type { ProtocolDocument } from './language.ts';
import type { LifecycleEvent, ProtocolStopped, SentForSignature, VersionName } from './lifecycle.events.ts';
import type { LifecycleState, VersionState } from './lifecycle.ts';
import { isSuperseded, signedPart, versionKey } from './lifecycle.ts';

export type LifecycleRejectionCode =
  | 'protocol-faulty'
  | 'version-drafted-otherwise'
  | 'version-not-later'
  | 'unknown-protocol'
  | 'digest-differs'
  | 'fills-no-role'
  | 'protocol-ended'
  | 'not-a-party'
  | 'signature-used'
  | 'review-not-later'
  | 'review-too-far';

export interface LifecycleRejection<Code extends string = LifecycleRejectionCode> {
  readonly code: Code;
  /** What to do, as a sentence. */
  readonly says: string;
}

export interface DraftProtocol {
  readonly document: ProtocolDocument;
  readonly digest: string;
  /** What lint holds against it as errors. */
  readonly faults: readonly string[];
  readonly sent?: SentForSignature | undefined;
}

export interface SignProtocol extends VersionName {
  /** Of what was signed. */
  readonly digest: string;
  readonly agency: TableAgency;
  readonly kid: string;
  readonly signature: string;
}

export interface LeaveProtocol extends Omit<SignProtocol, 'agency'> {
  readonly agency: AgencySlug;
}

export interface ReviewProtocol extends Omit<SignProtocol, 'agency'> {
  readonly agency: AgencySlug;
  readonly nextReviewDue: IsoDate;
  readonly today: IsoDate;
}

/** Nobody is bound for longer without looking at the text again: a year, also where it has 366 days. */
const REVIEW_DAYS_AHEAD = 366;

export type LifecycleDecision = Decision<LifecycleEvent, LifecycleRejection>;

const no = (code: LifecycleRejectionCode, says: string): LifecycleDecision => reject({ code, says });

const latestVersion = (state: LifecycleState, protocol: string): number =>
  Math.max(0, ...[...state.values()].filter(({ document }) => document.id === protocol).map(({ document }) => document.version));

export const decideDraft = (state: LifecycleState, { document, digest, faults, sent }: DraftProtocol): LifecycleDecision => {
  const name = { protocol: document.id, version: document.version };
  const drafted = state.get(versionKey(name));
  if (drafted?.digest === digest) return accept();
  if (drafted !== undefined)
    return no('version-drafted-otherwise', `Give this text a later version: ${versionKey(name)} was drafted with another.`);
  if (faults.length > 0) return no('protocol-faulty', faults.join(' '));
  const latest = latestVersion(state, document.id);
  if (document.version < latest) return no('version-not-later', `Give this text a version above ${latest}.`);
  return accept({ type: 'uk.concordat.protocol.drafted.v1', data: { document, digest, ...(sent && { sent }) } });
};

const placesFilled = ({ document }: VersionState, agency: TableAgency): readonly number[] =>
  document.parties.flatMap((party, place) =>
    partyRoles({ document: { ...document, parties: [party] }, parties: [agency.slug] }, agency).length > 0 ? [place] : [],
  );

type OnVersion = (version: VersionState) => LifecycleDecision;

const onDrafted = (state: LifecycleState, name: VersionName, decide: OnVersion): LifecycleDecision => {
  const version = state.get(versionKey(name));
  return version === undefined ? no('unknown-protocol', `Draft ${versionKey(name)} first: there is no such version.`) : decide(version);
};

const onVersion = (state: LifecycleState, name: VersionName, decide: OnVersion): LifecycleDecision =>
  onDrafted(state, name, (version) =>
    version.endedOn !== undefined ? no('protocol-ended', `Draft a later version: ${versionKey(name)} has ended.`) : decide(version),
  );

/** The caller has verified that `signature` is the agency's, by the key `kid`, over `digest`. */
export const decideSign = (state: LifecycleState, { agency, kid, signature, digest, ...name }: SignProtocol): LifecycleDecision =>
  onVersion(state, name, (version) => {
    if (digest !== version.digest) return no('digest-differs', `Sign the text that was drafted: its digest is ${version.digest}.`);
    const fills = placesFilled(version, agency);
    if (fills.length === 0) return no('fills-no-role', `Leave ${versionKey(name)} to its parties: ${agency.slug} fills no role of it.`);
    if (version.signatures.get(agency.slug)?.kid === kid) return accept();
    if (version.used.has(signedPart(signature))) return usedBefore();
    const { protocol, version: number } = name;
    const data = { protocol, version: number, agency: agency.slug, fills, kid, signature };
    return accept({ type: 'uk.concordat.protocol.signed.v1', data });
  });

/** Whoever has a signature could send it again after the party left, or came back. */
const usedBefore = (): LifecycleDecision =>
  no('signature-used', 'Sign anew, with the time as `iat` in the header: this signature counted once, and what it did was undone since.');

/** The caller has verified that `signature` is the agency's, by the key `kid`, over digest and day. */
export const decideReview = (state: LifecycleState, { agency, today, ...review }: ReviewProtocol): LifecycleDecision =>
  onVersion(state, review, (version) => {
    const name = versionKey(review);
    if (review.digest !== version.digest) return no('digest-differs', `Review the text that was drafted: its digest is ${version.digest}.`);
    const boundUntil = version.signatures.get(agency)?.boundUntil;
    if (boundUntil === undefined) return no('not-a-party', `Sign ${name} first: ${agency} is no party of it.`);
    if (isSuperseded(state, version, today)) return no('protocol-ended', `Sign the later version: ${name} is superseded.`);
    if (review.nextReviewDue === boundUntil) return accept();
    return reviewOn(version, review, { agency, today, boundUntil });
  });

const reviewOn = (
  { used }: VersionState,
  { protocol, version, nextReviewDue, kid, signature }: Omit<ReviewProtocol, 'agency' | 'today'>,
  { agency, today, boundUntil }: Pick<ReviewProtocol, 'agency' | 'today'> & { readonly boundUntil: IsoDate },
): LifecycleDecision => {
  const last = addDays(today, REVIEW_DAYS_AHEAD);
  if (nextReviewDue > last) return no('review-too-far', `Let the next review be due by ${last}: ${REVIEW_DAYS_AHEAD} days ahead at most.`);
  if (nextReviewDue < boundUntil || nextReviewDue < today)
    return no('review-not-later', `Name a day that is not past, and after ${boundUntil}: until then ${agency} is bound already.`);
  if (used.has(signedPart(signature))) return usedBefore();
  const data = { protocol, version, agency, nextReviewDue, kid, signature };
  return accept({ type: 'uk.concordat.protocol.reviewed.v1', data });
};

/** What is so already is not recorded again. */
export const decideSuspend = (state: LifecycleState, { protocol, version, reason }: ProtocolStopped): LifecycleDecision =>
  onVersion(state, { protocol, version }, ({ suspended }) =>
    suspended ? accept() : accept({ type: 'uk.concordat.protocol.suspended.v1', data: { protocol, version, reason } }),
  );

export const decideResume = (state: LifecycleState, { protocol, version, reason }: ProtocolStopped): LifecycleDecision =>
  onVersion(state, { protocol, version }, ({ suspended }) =>
    suspended ? accept({ type: 'uk.concordat.protocol.resumed.v1', data: { protocol, version, reason } }) : accept(),
  );

export const decideEnd = (state: LifecycleState, { protocol, version, reason }: ProtocolStopped): LifecycleDecision =>
  onDrafted(state, { protocol, version }, ({ endedOn }) =>
    endedOn !== undefined ? accept() : accept({ type: 'uk.concordat.protocol.ended.v1', data: { protocol, version, reason } }),
  );

/** The caller has verified that `signature` is the agency's, by the key `kid`, over the digest of the version. It leaves every version. */
export const decideLeaveSigned = (state: LifecycleState, { agency, kid, signature, digest, ...name }: LeaveProtocol): LifecycleDecision =>
  onDrafted(state, name, (version) => {
    if (digest !== version.digest) return no('digest-differs', `Name the text that was drafted: its digest is ${version.digest}.`);
    const isUsed = version.used.has(signedPart(signature));
    const { protocol } = name;
    const isParty = [...state.values()].some(({ document, signatures }) => document.id === protocol && signatures.has(agency));
    if (isUsed) return isParty ? usedBefore() : accept();
    if (!isParty) return no('not-a-party', `Leave ${protocol} to its parties: ${agency} is none.`);
    return accept({ type: 'uk.concordat.protocol.left.v1', data: { protocol, agency, kid, signature } });
  });

export const decideLeave = (state: LifecycleState, protocol: string, agency: AgencySlug): LifecycleDecision => {
  const versions = [...state.values()].filter(({ document }) => document.id === protocol);
  if (versions.length === 0) return no('unknown-protocol', `Name a protocol that was drafted: ${protocol} was not.`);
  return versions.some(({ signatures }) => signatures.has(agency))
    ? accept({ type: 'uk.concordat.protocol.left.v1', data: { protocol, agency } })
    : no('not-a-party', `Leave ${protocol} to its parties: ${agency} is none.`);
};
