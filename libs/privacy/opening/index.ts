// Opening what is sealed: an entry of its own, so that a rule can say which rooms may (.dependency-cruiser.mjs, `who-opens`).
import { type KeyName, type Keys, OPEN, type Place } from '../vault.ts';

export { OPEN };

/** What opens what is sealed: keys that are loaded. */
export type Opens = Pick<Keys, typeof OPEN>;

/** The plain bytes, or undefined where the key was destroyed. Throws `VaultError` when the bytes or the place are not those sealed. */
export const openSealed = (keys: Opens, key: KeyName, place: Place, sealed: Uint8Array): Uint8Array | undefined =>
  keys[OPEN](key, place, sealed);
