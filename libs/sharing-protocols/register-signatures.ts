// Signatures of parties: JWS compact (RFC 7515) by a registered key over protocol, version and digest.
// The payload tells what is signed, `kid` by whom.
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { type CompactJWSHeaderParameters, CompactSign, compactVerify, errors, importJWK, type JWK } from 'jose';
import type { Agency, AgencyRegister } from '#agencies';
import type { Instant } from '#kernel';
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

/** Whose key a thumbprint names at an instant. */
export type PartyKeys = Pick<AgencyRegister, 'signingKey'>;

export interface VerifiedSignature extends Signable {
  readonly agency: Agency;
  readonly kid: string;
}

/** RFC 8725 3.1: nothing else, whatever the header says. */
const ALGORITHMS = ['EdDSA', 'ES256'];

export interface PrivateKey {
  readonly jwk: JWK;
  readonly alg: 'EdDSA' | 'ES256';
  /** RFC 7638 thumbprint under which its public part is registered. */
  readonly kid: string;
}

/** What a party sends to agree to the document. */
export const signDocument = async (document: ProtocolDocument, { jwk, alg, kid }: PrivateKey): Promise<string> => {
  const payload = signaturePayload({ protocol: document.id, version: document.version, digest: digestOf(document) });
  return new CompactSign(payload).setProtectedHeader({ alg, kid }).sign(await importJWK(jwk, alg));
};

class UnknownKey extends Error {}

const parsed = (payload: Uint8Array): Partial<Signable> => {
  try {
    return (JSON.parse(Buffer.from(payload).toString('utf8')) ?? {}) as Partial<Signable>;
  } catch {
    return {};
  }
};

/** The one form that a party signs, byte for byte: no event, assertion or other message of an agency can be taken for it. */
const signableOf = (payload: Uint8Array): Signable | undefined => {
  const { protocol, version, digest } = parsed(payload);
  if (typeof protocol !== 'string' || typeof version !== 'number' || typeof digest !== 'string') return undefined;
  const signable = { protocol, version, digest };
  return Buffer.compare(signaturePayload(signable), payload) === 0 ? signable : undefined;
};

/** Undefined: not signed by a key that is in force then, or not a signature of a protocol. */
export const verifySignature = async (jws: string, keys: PartyKeys, at: Instant): Promise<VerifiedSignature | undefined> => {
  const found = ({ kid = '' }: CompactJWSHeaderParameters): NonNullable<ReturnType<PartyKeys['signingKey']>> => {
    const key = keys.signingKey(kid, at);
    if (key === undefined) throw new UnknownKey();
    return key;
  };
  try {
    const keyFor = async (header: CompactJWSHeaderParameters): ReturnType<typeof importJWK> =>
      importJWK({ ...found(header).jwk }, header.alg);
    const { payload, protectedHeader } = await compactVerify(jws, keyFor, { algorithms: ALGORITHMS });
    const signable = signableOf(payload);
    return signable && { ...signable, agency: found(protectedHeader).agency, kid: protectedHeader.kid ?? '' };
  } catch (cause) {
    if (cause instanceof errors.JOSEError || cause instanceof UnknownKey || cause instanceof TypeError) return undefined;
    throw cause;
  }
};
