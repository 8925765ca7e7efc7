// Where a further page begins, sealed: the place itself would tell how much stands before it that its reader may not see.
import type { AgencySlug, LearnerId } from '#kernel';
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
    return this.#seal(placeFor(agency), String(place).padStart(DIGITS, '0'));
  }

  /** Undefined for what this agency was not given. */
  placeOf(agency: AgencySlug, cursor: string): number | undefined {
    const text = this.#open(placeFor(agency), cursor);
    return text === undefined ? undefined : Number(text);
  }

  /** Of a list of learners: behind the last one looked at, who may be none that the agency may know of. */
  async ofLearner(agency: AgencySlug, learner: LearnerId): Promise<string> {
    return this.#seal(learnersFor(agency), learner);
  }

  learnerOf(agency: AgencySlug, cursor: string): LearnerId | undefined {
    return this.#open(learnersFor(agency), cursor);
  }

  async #seal(place: Place, text: string): Promise<string> {
    const sealed = this.#vault.seal(KEY, place, Buffer.from(text));
    await this.#vault.durable();
    return Buffer.from(sealed).toString('base64url');
  }

  #open(place: Place, cursor: string): string | undefined {
    try {
      const plain = this.#vault.open(KEY, place, Buffer.from(cursor, 'base64url'));
      return plain && Buffer.from(plain).toString();
    } catch (cause) {
      if (cause instanceof VaultError && (cause.code === 'not-sealed-here' || cause.code === 'unknown-key')) return undefined;
      throw cause;
    }
  }
}

const placeFor = (agency: AgencySlug): Place => ({ stream: agency, revision: 0, type: KEY.category });
const learnersFor = (agency: AgencySlug): Place => ({ stream: agency, revision: 0, type: 'learners' });
