// What can happen to a protocol, as recorded in the stream `sharing-protocols` (protocol-language: lifecycle; ADR 0006).
import type { AgencySlug, IsoDate, Position } from '#kernel';
import type { ProtocolDocument } from './language.ts';

/** One version of one protocol. */
export interface VersionName {
  readonly protocol: string;
  readonly version: number;
}

export interface ProtocolDrafted {
  readonly document: ProtocolDocument;
  /** `sha256:…` of its canonical form. */
  readonly digest: string;
  /** Absent where the operator drafted it. */
  readonly sent?: SentForSignature;
}

/** A text that a party proposed, sent for signature by an office (ADR 65). */
export interface SentForSignature {
  readonly proposedBy: AgencySlug;
  /** As the log names the office, and the person who held it. */
  readonly by: string;
  readonly staff?: string;
}

export interface ProtocolSigned extends VersionName {
  readonly agency: AgencySlug;
  /** Places in the document's list of parties that the agency filled when it signed. */
  readonly fills: readonly number[];
  /** RFC 7638 thumbprint of the key. */
  readonly kid: string;
  /** JWS compact over `{digest, protocol, version}` in canonical form. */
  readonly signature: string;
}

export interface ProtocolStopped extends VersionName {
  readonly reason: string;
}

/** A party re-affirms the text: it is bound by it until another day. */
export interface ProtocolReviewed extends VersionName {
  readonly agency: AgencySlug;
  readonly nextReviewDue: IsoDate;
  readonly kid: string;
  /** JWS compact over `{digest, nextReviewDue, protocol, version}` in canonical form. */
  readonly signature: string;
}

/** An agency leaves every version. */
export interface ProtocolLeft {
  readonly protocol: string;
  readonly agency: AgencySlug;
  /** Of the key, and the JWS compact over `{digest, leaves, protocol, version}`; absent where the operator recorded it. */
  readonly kid?: string;
  readonly signature?: string;
}

export interface LifecycleEventData {
  readonly 'uk.concordat.protocol.drafted.v1': ProtocolDrafted;
  readonly 'uk.concordat.protocol.signed.v1': ProtocolSigned;
  readonly 'uk.concordat.protocol.reviewed.v1': ProtocolReviewed;
  readonly 'uk.concordat.protocol.suspended.v1': ProtocolStopped;
  readonly 'uk.concordat.protocol.resumed.v1': ProtocolStopped;
  readonly 'uk.concordat.protocol.ended.v1': ProtocolStopped;
  readonly 'uk.concordat.protocol.left.v1': ProtocolLeft;
}

export type LifecycleEventType = keyof LifecycleEventData;

export type LifecycleEvent = {
  readonly [Type in LifecycleEventType]: { readonly type: Type; readonly data: LifecycleEventData[Type] };
}[LifecycleEventType];

/** Where the log has an event, and the day (London) on which it took it. */
export interface RecordedAt {
  readonly position: Position;
  readonly on: IsoDate;
}

export const PROTOCOLS_STREAM = 'sharing-protocols';
