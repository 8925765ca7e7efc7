// An agency's keys as JWKs (RFC 7517): made here, the public part to be registered, the private part never to leave the agency.
import { calculateJwkThumbprint, type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { ClientError } from './client-error.ts';

export type SigningAlgorithm = 'EdDSA' | 'ES256';
export type EncryptionCurve = 'X25519' | 'P-256';

export interface KeyPair {
  /** RFC 7638 thumbprint. */
  readonly kid: string;
  readonly publicJwk: JWK;
  readonly privateJwk: JWK;
}

/** Ed25519, or P-256 for ES256. */
export const generateSigningKey = async (alg: SigningAlgorithm = 'EdDSA'): Promise<KeyPair> =>
  pairOf(await generateKeyPair(alg, { extractable: true, ...(alg === 'EdDSA' ? { crv: 'Ed25519' } : {}) }), { alg, use: 'sig' });

/** To receive a feed. */
export const generateEncryptionKey = async (crv: EncryptionCurve = 'X25519'): Promise<KeyPair> =>
  pairOf(await generateKeyPair('ECDH-ES+A256KW', { extractable: true, crv }), { alg: 'ECDH-ES+A256KW', use: 'enc' });

const pairOf = async (
  { privateKey }: { readonly privateKey: CryptoKey },
  about: { readonly alg: string; readonly use: string },
): Promise<KeyPair> => {
  const { d, ...publicPart } = await exportJWK(privateKey);
  if (d === undefined) throw new ClientError('key-unusable', 'The key that was made cannot be written down.');
  const kid = await calculateJwkThumbprint(publicPart);
  const publicJwk = { ...publicPart, ...about, kid };
  return { kid, publicJwk, privateJwk: { ...publicJwk, d } };
};

/** A private key, ready to sign. */
export interface SigningKey {
  readonly alg: SigningAlgorithm;
  /** RFC 7638 thumbprint, whatever the JWK itself says. */
  readonly kid: string;
  readonly key: CryptoKey;
}

const ALGORITHMS: Readonly<Record<string, SigningAlgorithm>> = { 'OKP Ed25519': 'EdDSA', 'EC P-256': 'ES256' };

/** Throws `ClientError` `key-unusable` where the JWK is no private key that the broker takes signatures of. */
export const signingKeyOf = async (jwk: JWK): Promise<SigningKey> => {
  const alg = ALGORITHMS[`${jwk.kty ?? ''} ${jwk.crv ?? ''}`];
  if (alg === undefined || jwk.d === undefined) {
    throw new ClientError('key-unusable', 'This is no private signing key: give a JWK with `d`, of curve Ed25519 or P-256.');
  }
  try {
    const bare = bareOf(jwk);
    return { alg, kid: await calculateJwkThumbprint(bare), key: (await importJWK(bare, alg)) as CryptoKey };
  } catch (cause) {
    throw new ClientError('key-unusable', 'The parts of this JWK do not make a key: make a new one.', { cause });
  }
};

/** A private key, ready to open what is encrypted for the agency. */
export interface EncryptionKey {
  /** RFC 7638 thumbprint, whatever the JWK itself says. */
  readonly kid: string;
  readonly key: CryptoKey;
}

const CURVES: Readonly<Record<string, EncryptionCurve>> = { 'OKP X25519': 'X25519', 'EC P-256': 'P-256' };

/** Throws `ClientError` `key-unusable` where the JWK is no private key that a feed can be received with. */
export const encryptionKeyOf = async (jwk: JWK): Promise<EncryptionKey> => {
  if (CURVES[`${jwk.kty ?? ''} ${jwk.crv ?? ''}`] === undefined || jwk.d === undefined) {
    throw new ClientError('key-unusable', 'This is no private encryption key: give a JWK with `d`, of curve X25519 or P-256.');
  }
  try {
    const bare = bareOf(jwk);
    return { kid: await calculateJwkThumbprint(bare), key: (await importJWK(bare, 'ECDH-ES+A256KW')) as CryptoKey };
  } catch (cause) {
    throw new ClientError('key-unusable', 'The parts of this JWK do not make a key: make a new one.', { cause });
  }
};

/** The members that make the key, without what somebody wrote beside them. */
const bareOf = ({ kty, crv, x, y, d }: JWK): JWK => ({ kty, crv, x, d, ...(y === undefined ? {} : { y }) }) as JWK;
