// Where a further page begins, sealed: the place itself would tell how much stands before it that its reader may not see.
import type { AgencySlug } from '#kernel';
import { type KeyName, type Place, type Vault, VaultError } from '#privacy';

const KEY: KeyName = { owner: 'broker', category: 'cursor' };
/** So that its length tells nothing either. */
const DIGITS = 15;

export class PageCursors {
  readonly #vault: Vault;

  constructor(vault: Vault) {
    this.#vault = vault;
  }

  /** For this agency alone; it still opens after a restart. */
  async of(agency: AgencySlug, place: number): Promise<string> {
    const plain = Buffer.from(String(place).padStart(DIGITS, '0'));
    const sealed = this.#vault.seal(KEY, placeFor(agency), plain);
    await this.#vault.durable();
    return Buffer.from(sealed).toString('base64url');
  }

  /** Undefined for what this agency was not given. */
  placeOf(agency: AgencySlug, cursor: string): number | undefined {
    try {
      const plain = this.#vault.open(KEY, placeFor(agency), Buffer.from(cursor, 'base64url'));
      return plain && Number(Buffer.from(plain).toString());
    } catch (cause) {
      if (cause instanceof VaultError && (cause.code === 'not-sealed-here' || cause.code === 'unknown-key')) return undefined;
      throw cause;
    }
  }
}

const placeFor = (agency: AgencySlug): Place => ({ stream: agency, revision: 0, type: KEY.category });
