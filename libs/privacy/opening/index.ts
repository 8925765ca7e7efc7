// Opening what is sealed: an entry of its own, so that a rule can say which rooms may (.dependency-cruiser.mjs, `who-opens`).
import { type KeyName, OPEN, type Place, type Vault } from '../vault.ts';

export { OPEN };

/** What a vault must have for its content to be opened. */
export type Opens = Pick<Vault, typeof OPEN>;

/** The plain bytes, or undefined where the key was destroyed. Throws `VaultError` when the bytes or the place are not those sealed. */
export const openSealed = (vault: Opens, key: KeyName, place: Place, sealed: Uint8Array): Uint8Array | undefined =>
  vault[OPEN](key, place, sealed);
