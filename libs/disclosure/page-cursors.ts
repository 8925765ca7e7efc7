// Where a further page begins, sealed: the place itself would tell how much stands before it that its reader may not see.
import type { AgencySlug, LearnerId } from '#kernel';
import { type KeyName, type LoadsKeys, type Place, type Vault, VaultError } from '#privacy';
import { openSealed } from '#privacy/opening';
import { MERGED_IDENTITY_REVISION, type PagePlace } from './answer.ts';

const KEY: KeyName = { owner: 'broker', category: 'cursor' };
/** So that its length tells nothing either. */
const DIGITS = 15;
/** The merged identity may be the last of a page. */
const LOWEST = MERGED_IDENTITY_REVISION;
const digits = (number: number): string => String(number).padStart(DIGITS, '0');

const STEP_BYTES = 64;
/** Of JSON: texts, or a number that stands in none. */
const TEXT_OR_NUMBER = /"(?:[^"\\]|\\.)*"|(\d+)/g;

/** As long as if each number had as many digits as any, and then to a whole step: revisions count also what its reader may not see. */
const filled = (place: string): string => {
  const numbers = [...place.matchAll(TEXT_OR_NUMBER)].flatMap(([, number]) => number ?? []);
  const blanks = numbers.reduce((sum, number) => sum + Math.max(0, DIGITS - number.length), 0);
  const length = Buffer.byteLength(place) + blanks;
  return place + ' '.repeat(blanks + Math.ceil(length / STEP_BYTES) * STEP_BYTES - length);
};

/** Whose it is, and of which question: each has an order of its own. */
export interface CursorOf {
  /** An agency, or a post as the log names it; of a learner the learner's id. */
  readonly agency: string;
  readonly asked: string;
}

type Vaults = LoadsKeys & Pick<Vault, 'durable'>;

export class PageCursors {
  readonly #vault: Vaults;

  constructor(vault: Vaults) {
    this.#vault = vault;
  }

  /** For this agency and question alone; it still opens after a restart. */
  async of({ agency, asked }: CursorOf, { rank, revision }: PagePlace): Promise<string> {
    return this.#seal(placeFor(agency, asked), `${digits(rank)} ${digits(revision - LOWEST)}`);
  }

  /** Undefined for what this agency was not given, or not for this question. */
  async placeOf({ agency, asked }: CursorOf, cursor: string): Promise<PagePlace | undefined> {
    const [rank, revision] = (await this.#open(placeFor(agency, asked), cursor))?.split(' ').map(Number) ?? [];
    return rank === undefined || revision === undefined ? undefined : { rank, revision: revision + LOWEST };
  }

  /** Of a list of learners: behind the last one looked at, who may be none that the agency may know of. */
  async ofLearner(agency: AgencySlug, learner: LearnerId): Promise<string> {
    return this.#seal(learnersFor(agency), learner);
  }

  learnerOf(agency: AgencySlug, cursor: string): Promise<LearnerId | undefined> {
    return this.#open(learnersFor(agency), cursor);
  }

  /** Of a list: behind what its view orders by, for whoever asks the same again. `place` is JSON; its length shows in steps of 64 bytes. */
  async ofList({ agency, asked }: CursorOf, place: string): Promise<string> {
    return this.#seal(placeFor(agency, asked), filled(place));
  }

  /** Undefined for what this agency was not given, or not for this question. */
  async listPlaceOf({ agency, asked }: CursorOf, cursor: string): Promise<string | undefined> {
    return (await this.#open(placeFor(agency, asked), cursor))?.trimEnd();
  }

  async #seal(place: Place, text: string): Promise<string> {
    const sealed = (await this.#vault.load([KEY])).seal(KEY, place, Buffer.from(text));
    await this.#vault.durable();
    return Buffer.from(sealed).toString('base64url');
  }

  async #open(place: Place, cursor: string): Promise<string | undefined> {
    const sealed = Buffer.from(cursor, 'base64url');
    const keys = await this.#vault.load([{ ...KEY, sealed }]);
    try {
      const plain = openSealed(keys, KEY, place, sealed);
      return plain && Buffer.from(plain).toString();
    } catch (cause) {
      if (cause instanceof VaultError && (cause.code === 'not-sealed-here' || cause.code === 'unknown-key')) return undefined;
      throw cause;
    }
  }
}

const placeFor = (agency: AgencySlug, asked: string): Place => ({ stream: agency, revision: 0, type: `${KEY.category}/${asked}` });
const learnersFor = (agency: AgencySlug): Place => ({ stream: agency, revision: 0, type: 'learners' });
