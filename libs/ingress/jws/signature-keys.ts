// Which registered keys fit which algorithm (RFC 8725 3.1), and the one place where a signature is checked. Used on both sides of the pool.
import { createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';

/** RFC 7517, public members only. */
export interface SigningJwk {
  readonly kty?: string | undefined;
  readonly crv?: string | undefined;
  readonly x?: string | undefined;
  readonly y?: string | undefined;
  readonly alg?: string | undefined;
  readonly use?: string | undefined;
  readonly key_ops?: readonly string[] | undefined;
}

/** An Ed25519 signature (R, S), or r and s of ES256 (RFC 7518 3.4): 64 bytes either way. */
export const SIGNATURE_BYTES = 64;

const CURVES: Readonly<Record<string, string>> = { EdDSA: 'OKP Ed25519', ES256: 'EC P-256' };

export const keyFits = (jwk: SigningJwk, alg: string): boolean =>
  CURVES[alg] === `${jwk.kty} ${jwk.crv}` &&
  (jwk.alg ?? alg) === alg &&
  (jwk.use ?? 'sig') === 'sig' &&
  (jwk.key_ops?.includes('verify') ?? true);

/** The key as OpenSSL sees it; undefined where it is none, such as a point off the curve. */
export const publicKeyOf = ({ kty, crv, x, y }: SigningJwk): KeyObject | undefined => {
  try {
    return createPublicKey({ key: { kty, crv, x, y } as JsonWebKey, format: 'jwk' });
  } catch {
    return undefined;
  }
};

/** The type of the key decides how: a signature for one algorithm cannot be taken for one of the other. */
export const isSignedBy = (key: KeyObject | undefined, input: Uint8Array, signature: Uint8Array): boolean => {
  if (!key || signature.byteLength !== SIGNATURE_BYTES) return false;
  return key.asymmetricKeyType === 'ed25519'
    ? verify(null, input, key, signature)
    : verify('sha256', input, { key, dsaEncoding: 'ieee-p1363' }, signature);
};
