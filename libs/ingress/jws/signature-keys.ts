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

// Many checks in one message to a worker, as one buffer that moves instead of being copied:
// [count][per check: key index, length of its input][per check: signature, 64 bytes][inputs, end to end]; numbers are u32, little-endian.

export interface Check {
  /** Names a key that the worker was told. */
  readonly key: number;
  readonly input: Uint8Array;
  readonly signature: Uint8Array;
}

const NUMBER = 4;
const ROW = 2 * NUMBER;

export const packChecks = (checks: readonly Check[]): ArrayBuffer => {
  const signaturesAt = NUMBER + ROW * checks.length;
  let at = signaturesAt + SIGNATURE_BYTES * checks.length;
  const packed = new Uint8Array(checks.reduce((length, { input }) => length + input.byteLength, at));
  const view = new DataView(packed.buffer);
  view.setUint32(0, checks.length, true);
  for (const [index, { key, input, signature }] of checks.entries()) {
    view.setUint32(NUMBER + ROW * index, key, true);
    view.setUint32(NUMBER + ROW * index + NUMBER, input.byteLength, true);
    packed.set(signature, signaturesAt + SIGNATURE_BYTES * index);
    packed.set(input, at);
    at += input.byteLength;
  }
  return packed.buffer;
};

export const unpackChecks = (packed: ArrayBuffer): readonly Check[] => {
  const view = new DataView(packed);
  const count = view.getUint32(0, true);
  const signaturesAt = NUMBER + ROW * count;
  let at = signaturesAt + SIGNATURE_BYTES * count;
  return Array.from({ length: count }, (_, index) => {
    const length = view.getUint32(NUMBER + ROW * index + NUMBER, true);
    const input = new Uint8Array(packed, at, length);
    at += length;
    return {
      key: view.getUint32(NUMBER + ROW * index, true),
      input,
      signature: new Uint8Array(packed, signaturesAt + SIGNATURE_BYTES * index, SIGNATURE_BYTES),
    };
  });
};

/** What is asked of a worker. */
export interface CheckRequest {
  readonly id: number;
  readonly packed: ArrayBuffer;
  /** Keys that this worker has not been told before. */
  readonly keys: readonly (readonly [index: number, jwk: object])[];
}

export interface CheckAnswer {
  readonly id: number;
  /** 1 where the signature holds, else 0; in the order asked. */
  readonly results: Uint8Array;
}
