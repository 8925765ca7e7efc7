// How long one feed key serves: six hours of UTC at most, and not a moment beyond a change of its partner's encryption keys.
import { type AgencyKey, isInForce } from '#agencies';
import type { Instant } from '#kernel';

/**
 * A key may seal fewer than 2^32 items, since their IVs are random (NIST SP 800-38D 8.3). In six hours that is 198,000 a second to one
 * partner, more than one thread can seal; so no count need be kept, which a restart would lose. In a whole day it would be 49,000.
 */
const HOURS = 6;
const PART = HOURS * 3_600_000;

/**
 * Names the epoch, as `2026-03-02T06Z.1`: when it began, and how often keys of the agency had come in force or ended by then. The name
 * follows from the register and the clock alone, and none comes back: what a key that was revoked could open ends with its revocation.
 */
export const epochAt = (at: Instant, encryptionKeys: readonly AgencyKey[]): string =>
  `${new Date(Math.floor(at / PART) * PART).toISOString().slice(0, 13)}Z.${changesUntil(at, encryptionKeys)}`;

/** `from` counts one, the end another; a key that is not in force at the end of its first moment never was. */
const changesUntil = (at: Instant, keys: readonly AgencyKey[]): number =>
  keys.filter(({ from }) => from <= at).reduce((changes, key) => changes + (isInForce(key, at) ? 1 : 2), 0);
