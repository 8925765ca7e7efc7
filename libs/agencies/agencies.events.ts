// What is recorded of agencies: events of the one stream `agencies`, in clear, since nothing in them is personal.
import type { Role } from '#catalogue';
import type { AgencySlug, Instant } from '#kernel';

/** A public key as a JWK (RFC 7517): Ed25519 or P-256 to sign, X25519 or P-256 to receive. */
export interface PublicJwk {
  readonly kty: 'OKP' | 'EC';
  readonly crv: 'Ed25519' | 'X25519' | 'P-256';
  readonly x: string;
  readonly y?: string;
}

export type KeyUse = 'sig' | 'enc';

export interface AgencyRegistered {
  readonly slug: AgencySlug;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Of its area: outward codes as `WV1`, or longer prefixes as `WV14 8`. */
  readonly districts: readonly string[];
  /** Its legal entity, as a slug: agencies of one entity count as one. Absent: it is its own. */
  readonly entity?: string;
}

export interface KeyRegistered {
  readonly slug: AgencySlug;
  readonly use: KeyUse;
  /** RFC 7638 thumbprint. */
  readonly kid: string;
  readonly jwk: PublicJwk;
  readonly from: Instant;
  /** When the agency's other keys of this use end; absent: they stay in force beside it. */
  readonly othersEnd?: Instant;
}

export interface KeyRevoked {
  readonly slug: AgencySlug;
  readonly kid: string;
  readonly at: Instant;
  readonly reason: string;
}

/** By the operator, and why: the agency is suspended, let go (`ended`), or takes part again. */
export interface AgencyPartChanged {
  readonly slug: AgencySlug;
  readonly at: Instant;
  readonly reason: string;
}

export interface AgencyEventData {
  readonly 'uk.concordat.agency.registered.v1': AgencyRegistered;
  readonly 'uk.concordat.agency.key-registered.v1': KeyRegistered;
  readonly 'uk.concordat.agency.key-revoked.v1': KeyRevoked;
  readonly 'uk.concordat.agency.suspended.v1': AgencyPartChanged;
  readonly 'uk.concordat.agency.ended.v1': AgencyPartChanged;
  readonly 'uk.concordat.agency.readmitted.v1': AgencyPartChanged;
}

export type AgencyEventType = keyof AgencyEventData;
export type AgencyEvent = {
  readonly [Type in AgencyEventType]: { readonly type: Type; readonly data: AgencyEventData[Type] };
}[AgencyEventType];
