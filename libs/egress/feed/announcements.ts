// Which feed keys each partner was told, and under which of its encryption keys: an item goes only after the key that opens it.
import type { AgencySlug } from '#kernel';
import type { AnnouncedKey, FeedLedger } from './feed-ledger.ts';
import { announcementKey, type FeedRecord, tombstone } from './feed-form.ts';
import type { FeedKeyInUse, FeedSealer } from './feed-messages.ts';

export interface Announcement {
  readonly key: AnnouncedKey;
  readonly record: FeedRecord;
}

export class Announcements {
  readonly #sealer: Pick<FeedSealer, 'keyFor' | 'announcement'>;
  /** By recipient, then by epoch. */
  readonly #told = new Map<AgencySlug, Map<string, AnnouncedKey>>();

  constructor(sealer: Pick<FeedSealer, 'keyFor' | 'announcement'>) {
    this.#sealer = sealer;
  }

  /** As the ledger has it. */
  async recover(ledger: Pick<FeedLedger, 'announced'>): Promise<void> {
    this.#told.clear();
    for (const key of await ledger.announced()) this.told(key);
  }

  /** The recipient's feed is another one: whatever it was told is not there. */
  forgetOf(recipient: AgencySlug): void {
    this.#told.delete(recipient);
  }

  reaches(recipient: AgencySlug): boolean {
    return this.#sealer.keyFor(recipient) !== undefined;
  }

  /** Recipients that were told a key under another encryption key than the one in force, or have none any more. */
  outdated(): readonly AgencySlug[] {
    return [...this.#told].filter(([recipient, keys]) => isOutdated(keys, this.#sealer.keyFor(recipient))).map(([recipient]) => recipient);
  }

  /**
   * What has to go before something sealed under the epochs: their keys, and all told before where the encryption key is another one;
   * or all, `again`.
   */
  async toGoBefore(recipient: AgencySlug, epochs: Iterable<string>, { again = false } = {}): Promise<readonly Announcement[]> {
    const inUse = this.#sealer.keyFor(recipient);
    if (!inUse) return [];
    const told = this.#told.get(recipient) ?? new Map<string, AnnouncedKey>();
    const wanted = [...new Set([...told.keys(), ...epochs])].filter((epoch) => again || told.get(epoch)?.wrappedFor !== inUse.wrappedFor);
    return Promise.all(wanted.map((epoch) => this.#announce(recipient, epoch, inUse)));
  }

  /** Whether it is still wrapped to the encryption key in force. */
  holds({ key }: Announcement): boolean {
    return this.#sealer.keyFor(key.recipient)?.wrappedFor === key.wrappedFor;
  }

  told(key: AnnouncedKey): void {
    const keys = this.#told.get(key.recipient) ?? new Map<string, AnnouncedKey>();
    this.#told.set(key.recipient, keys.set(key.epoch, key));
  }

  /** Tombstones for all that a recipient without an encryption key was told. */
  revocations(recipient: AgencySlug): readonly Announcement[] {
    if (this.#sealer.keyFor(recipient)) return [];
    return [...(this.#told.get(recipient)?.values() ?? [])].map((key) => ({ key, record: tombstone(announcementKey(key.kid)) }));
  }

  revoked(recipient: AgencySlug): void {
    this.#told.delete(recipient);
  }

  async #announce(recipient: AgencySlug, epoch: string, { wrappedFor }: FeedKeyInUse): Promise<Announcement> {
    const record = await this.#sealer.announcement(recipient, epoch);
    return { key: { recipient, epoch, wrappedFor, kid: record.key.slice(announcementKey('').length) }, record };
  }
}

const isOutdated = (told: ReadonlyMap<string, AnnouncedKey>, inUse: FeedKeyInUse | undefined): boolean =>
  [...told.values()].some(({ wrappedFor }) => wrappedFor !== inUse?.wrappedFor);
