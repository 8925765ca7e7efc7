// Which keys an agency may register, and their names.
import { createHash, createPublicKey } from 'node:crypto';
import { err, ok, type Result } from '#kernel';
import type { KeyUse, PublicJwk } from './agencies.events.ts';

const CURVES: Readonly<Record<KeyUse, readonly string[]>> = { sig: ['Ed25519', 'P-256'], enc: ['X25519', 'P-256'] };

/** The public part of a JWK for this use, checked to be a key; else a sentence. Private members are refused: they must never be sent. */
export const publicJwkOf = (value: unknown, use: KeyUse): Result<PublicJwk, string> => {
  const jwk = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  if ('d' in jwk || 'k' in jwk) return err('This is a private key: register the public part alone, and replace the key if it was sent to anybody.');
  const { kty, crv, x, y } = jwk;
  if (typeof crv !== 'string' || !CURVES[use].includes(crv)) return err(`A key to ${use === 'sig' ? 'sign' : 'receive'} is of curve ${CURVES[use].join(' or ')}.`);
  if (kty !== (crv === 'P-256' ? 'EC' : 'OKP') || typeof x !== 'string') return err('`kty`, `crv` and `x` of the key do not go together.');
  const key = { kty, crv, x, ...(crv === 'P-256' ? { y } : {}) } as PublicJwk;
  return isKey(key) ? ok(key) : err('The coordinates of the key are no point of its curve.');
};

const isKey = (key: PublicJwk): boolean => {
  try {
    createPublicKey({ key: { ...key }, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
};

/** RFC 7638 thumbprint, SHA-256, base64url: the `kid` of a key. */
export const thumbprintOf = ({ kty, crv, x, y }: PublicJwk): string =>
  createHash('sha256')
    .update(JSON.stringify(kty === 'EC' ? { crv, kty, x, y } : { crv, kty, x }))
    .digest('base64url');
