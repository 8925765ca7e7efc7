// What an agency signs: its events (RFC 7515), and who it is at the token endpoint (RFC 7523).
import { randomUUID } from 'node:crypto';
import { CompactSign, SignJWT } from 'jose';
import type { AgencySlug } from '#kernel';
import type { AgencyEvent } from './agency-event.ts';
import type { SigningKey } from './keys.ts';

/** JWS compact over one event, or over an array of up to 500 as a batch. */
export const signEvents = async (events: AgencyEvent | readonly AgencyEvent[], { alg, kid, key }: SigningKey): Promise<string> =>
  new CompactSign(Buffer.from(JSON.stringify(events)))
    .setProtectedHeader({ alg, kid, cty: Array.isArray(events) ? 'cloudevents-batch+json' : 'cloudevents+json' })
    .sign(key);

/** Of a sharing protocol, what its parties sign. */
export interface AgreementText {
  /** `sha256:…` as the broker tells it. */
  readonly digest: string;
  readonly protocol: string;
  readonly version: number;
}

/** JWS compact over `{digest, protocol, version}` in canonical form (RFC 8785: members by their names), for `…/signatures`. */
export const signAgreement = async ({ digest, protocol, version }: AgreementText, { alg, kid, key }: SigningKey): Promise<string> =>
  new CompactSign(Buffer.from(JSON.stringify({ digest, protocol, version })))
    .setProtectedHeader({ alg, kid, iat: Math.floor(Date.now() / 1000) })
    .sign(key);

/** The same over `{digest, proposes, protocol, version}`: the statement that goes with a text that a party proposes. */
export const signProposal = async ({ digest, protocol, version }: AgreementText, { alg, kid, key }: SigningKey): Promise<string> =>
  new CompactSign(Buffer.from(JSON.stringify({ digest, proposes: true, protocol, version })))
    .setProtectedHeader({ alg, kid, iat: Math.floor(Date.now() / 1000) })
    .sign(key);

/** The same over `{digest, nextReviewDue, protocol, version}`, for `…/review`: the text stands, and binds the party until that day. */
export const signReview = async (
  { digest, protocol, version }: AgreementText,
  nextReviewDue: string,
  { alg, kid, key }: SigningKey,
): Promise<string> =>
  new CompactSign(Buffer.from(JSON.stringify({ digest, nextReviewDue, protocol, version })))
    .setProtectedHeader({ alg, kid, iat: Math.floor(Date.now() / 1000) })
    .sign(key);

const ASSERTION_SECONDS = 60;

/** A client assertion: good for one token, within a minute. `issuer` as the broker's metadata name it. */
export const signAssertion = async (agency: AgencySlug, issuer: string, { alg, kid, key }: SigningKey): Promise<string> => {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg, kid, typ: 'JWT' })
    .setIssuer(agency)
    .setSubject(agency)
    .setAudience(issuer)
    .setIssuedAt(now)
    .setExpirationTime(now + ASSERTION_SECONDS)
    .setJti(randomUUID())
    .sign(key);
};
