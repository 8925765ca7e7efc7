// Signatures of parties: JWS compact (RFC 7515) by a registered key over protocol, version and digest.
// The payload tells what is signed, `kid` by whom.
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { type CompactJWSHeaderParameters, CompactSign, compactVerify, errors, importJWK, type JWK } from 'jose';
import type { Agency, AgencyRegister } from '#agencies';
import { isDate } from '#catalogue';
import type { Instant, IsoDate } from '#kernel';
import type { ProtocolDocument } from './language.ts';

// What the parties sign: the digest of a document's one canonical form (RFC 8785), so that layout and comments do not matter.

/** `sha256:` and 64 hexadecimal digits. */
export type ProtocolDigest = string;

/** UTF-8 of the RFC 8785 form. */
export const canonicalBytes = (value: unknown): Uint8Array => {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only a JSON value has a canonical form.');
  return Buffer.from(text, 'utf8');
};

/** SHA-256 over the canonical form of the document. */
export const digestOf = (document: ProtocolDocument): ProtocolDigest =>
  `sha256:${createHash('sha256').update(canonicalBytes(document)).digest('hex')}`;

/** What a signature is over. */
export interface Signable {
  readonly protocol: string;
  readonly version: number;
  readonly digest: ProtocolDigest;
}

/** The payload of the JWS with which a party signs: `{digest, protocol, version}` in canonical form. */
export const signaturePayload = ({ protocol, version, digest }: Signable): Uint8Array => canonicalBytes({ digest, protocol, version });

export interface Reviewable extends Signable {
  readonly nextReviewDue: IsoDate;
}

/** The payload with which a party re-affirms the text: no signature of it, nor the other way about. */
export const reviewPayload = ({ protocol, version, digest, nextReviewDue }: Reviewable): Uint8Array =>
  canonicalBytes({ digest, nextReviewDue, protocol, version });

/** The payload with which a party leaves every version of the agreement: neither of the others. */
export const leavePayload = ({ protocol, version, digest }: Signable): Uint8Array =>
  canonicalBytes({ digest, leaves: true, protocol, version });

/** The payload with which a party proposes the text for the next version: none of the others, so it binds nobody. */
export const proposalPayload = ({ protocol, version, digest }: Signable): Uint8Array =>
  canonicalBytes({ digest, proposes: true, protocol, version });

/** Whose key a thumbprint names at an instant. */
export type PartyKeys = Pick<AgencyRegister, 'signingKey'>;

/** What was signed, by whom. */
export type Verified<Signed extends Signable> = Signed & { readonly agency: Agency; readonly kid: string };

/** RFC 8725 3.1: nothing else, whatever the header says. */
const ALGORITHMS = ['EdDSA', 'ES256'];

export interface PrivateKey {
  readonly jwk: JWK;
  readonly alg: 'EdDSA' | 'ES256';
  /** RFC 7638 thumbprint under which its public part is registered. */
  readonly kid: string;
}

/** What a party sends to agree to the document. `iat` (seconds) makes it another one than it sent before. */
export const signDocument = async (document: ProtocolDocument, key: PrivateKey, iat?: number): Promise<string> =>
  signed(signaturePayload(signableFor(document)), key, iat);

/** What a party sends to be bound by the document until another day. */
export const signReview = async (document: ProtocolDocument, nextReviewDue: IsoDate, key: PrivateKey, iat?: number): Promise<string> =>
  signed(reviewPayload({ ...signableFor(document), nextReviewDue }), key, iat);

/** What a party sends to leave the agreement. */
export const signLeave = async (document: ProtocolDocument, key: PrivateKey, iat?: number): Promise<string> =>
  signed(leavePayload(signableFor(document)), key, iat);

/** What a party sends with a text that it proposes. */
export const signProposal = async (document: ProtocolDocument, key: PrivateKey, iat?: number): Promise<string> =>
  signed(proposalPayload(signableFor(document)), key, iat);

const signableFor = (document: ProtocolDocument): Signable => ({
  protocol: document.id,
  version: document.version,
  digest: digestOf(document),
});

const signed = async (payload: Uint8Array, { jwk, alg, kid }: PrivateKey, iat?: number): Promise<string> =>
  new CompactSign(payload).setProtectedHeader({ alg, kid, ...(iat === undefined ? {} : { iat }) }).sign(await importJWK(jwk, alg));

class UnknownKey extends Error {}

/** Which form a payload has; undefined: none of them. */
type FormOf<Signed extends Signable> = (payload: Uint8Array) => Signed | undefined;

const parsed = (payload: Uint8Array): Partial<Reviewable> => {
  try {
    return (JSON.parse(Buffer.from(payload).toString('utf8')) ?? {}) as Partial<Reviewable>;
  } catch {
    return {};
  }
};

/** The one form that a party signs, byte for byte: no event, assertion or other message of an agency can be taken for it. */
const formed =
  (form: (signable: Signable) => Uint8Array): FormOf<Signable> =>
  (payload) => {
    const { protocol, version, digest } = parsed(payload);
    if (typeof protocol !== 'string' || typeof version !== 'number' || typeof digest !== 'string') return undefined;
    const signable = { protocol, version, digest };
    return isExactly(payload, form(signable)) ? signable : undefined;
  };

const signableOf = formed(signaturePayload);
const leavableOf = formed(leavePayload);
const proposableOf = formed(proposalPayload);

const reviewableOf: FormOf<Reviewable> = (payload) => {
  const { protocol, version, digest, nextReviewDue } = parsed(payload);
  if (typeof protocol !== 'string' || typeof version !== 'number' || typeof digest !== 'string') return undefined;
  if (typeof nextReviewDue !== 'string' || !isDate(nextReviewDue)) return undefined;
  const reviewable = { protocol, version, digest, nextReviewDue };
  return isExactly(payload, reviewPayload(reviewable)) ? reviewable : undefined;
};

const isExactly = (payload: Uint8Array, form: Uint8Array): boolean => Buffer.compare(form, payload) === 0;

const verified = async <Signed extends Signable>(
  jws: string,
  formOf: FormOf<Signed>,
  { keys, at }: { readonly keys: PartyKeys; readonly at: Instant },
): Promise<Verified<Signed> | undefined> => {
  const found = ({ kid = '' }: CompactJWSHeaderParameters): NonNullable<ReturnType<PartyKeys['signingKey']>> => {
    const key = keys.signingKey(kid, at);
    if (key === undefined) throw new UnknownKey();
    return key;
  };
  try {
    const keyFor = async (header: CompactJWSHeaderParameters): ReturnType<typeof importJWK> =>
      importJWK({ ...found(header).jwk }, header.alg);
    const { payload, protectedHeader } = await compactVerify(jws, keyFor, { algorithms: ALGORITHMS });
    const form = formOf(payload);
    return form && { ...form, agency: found(protectedHeader).agency, kid: protectedHeader.kid ?? '' };
  } catch (cause) {
    if (cause instanceof errors.JOSEError || cause instanceof UnknownKey || cause instanceof TypeError) return undefined;
    throw cause;
  }
};

/** Undefined: not signed by a key that is in force then, or not a signature of a protocol. */
export const verifySignature = async (jws: string, keys: PartyKeys, at: Instant): Promise<Verified<Signable> | undefined> =>
  verified(jws, signableOf, { keys, at });

/** Undefined: not signed by a key that is in force then, or not a review of a protocol. */
export const verifyReview = async (jws: string, keys: PartyKeys, at: Instant): Promise<Verified<Reviewable> | undefined> =>
  verified(jws, reviewableOf, { keys, at });

/** Undefined: not signed by a key that is in force then, or not the statement that somebody leaves a protocol. */
export const verifyLeave = async (jws: string, keys: PartyKeys, at: Instant): Promise<Verified<Signable> | undefined> =>
  verified(jws, leavableOf, { keys, at });

/** Undefined: not signed by a key that is in force then, or not the statement that somebody proposes a text. */
export const verifyProposal = async (jws: string, keys: PartyKeys, at: Instant): Promise<Verified<Signable> | undefined> =>
  verified(jws, proposableOf, { keys, at });
