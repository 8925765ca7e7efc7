// Reads a feed, however its records come: opens them, keeps the agency's copy current, and tells what changed.
import type { AgencySlug } from '#kernel';
import type { BrokerKeys } from '../broker-keys.ts';
import { ClientError } from '../client-error.ts';
import type { EncryptionKey } from '../keys.ts';
import {
  DUTY_PREFIX,
  type FeedChange,
  type FeedItem,
  type FeedRecord,
  isAnnouncement,
  type NoticeData,
  NOTICE_PREFIX,
  type OverdueDutyData,
} from './feed-item.ts';
import type { CopyChange, LocalCopy, Place, Progress } from './local-copy.ts';
import { type FeedKey, kidOf, openAnnouncement, openItem } from './open-sealed.ts';

export interface FeedReaderOptions {
  readonly agency: AgencySlug;
  /** All private encryption keys that are or were registered: after a change of keys, both the old and the new one. */
  readonly keys: readonly EncryptionKey[];
  readonly brokerKeys: BrokerKeys;
  readonly copy: LocalCopy;
  readonly now?: () => number;
}

interface Sealed {
  readonly key: string;
  readonly value: string;
}

/** What one record comes to: for the copy, and for whoever follows the feed. */
interface Outcome {
  readonly copy?: CopyChange;
  readonly told: FeedChange;
}

/**
 * Takes records in the order of their partition. A record whose key is not known yet is kept as it came and read when the key comes:
 * compaction or several partitions may bring an item before its key. Of records under one key that come together the last one counts.
 */
export class FeedReader {
  readonly #options: FeedReaderOptions;
  readonly #own: ReadonlyMap<string, EncryptionKey>;
  readonly #feedKeys = new Map<string, FeedKey>();
  /** Items whose keys have not come. */
  readonly #held = new Map<string, string>();
  #resumed = false;
  #topicId: string | undefined;

  constructor(options: FeedReaderOptions) {
    this.#options = options;
    this.#own = new Map(options.keys.map((key) => [key.kid, key]));
  }

  /** Which topic the records come from, from now on, where that can be told. */
  readsFrom(topicId: string | undefined): void {
    this.#topicId = topicId;
  }

  get copy(): LocalCopy {
    return this.#options.copy;
  }

  /**
   * Applies the records to the copy, together with `place`; what that changed, once it stands. The first call reads again what the copy
   * holds unread, perhaps with keys that are now at hand. Throws `ClientError` `unreachable` where the broker's public keys cannot be
   * read: nothing was applied then, and the same records may be given again. `at` is the moment that the copy's progress bears.
   */
  async take(records: readonly FeedRecord[], place: Place, at: number = this.#now()): Promise<readonly FeedChange[]> {
    const latest = this.#resumed ? new Map<string, string | null>() : new Map<string, string | null>(await this.copy.sealed());
    for (const { key, value } of records) {
      latest.delete(key);
      latest.set(key, value);
    }
    const announced = await this.#each([...latest].filter(([key]) => isAnnouncement(key)));
    const others = [...latest].filter(([key]) => !isAnnouncement(key));
    const waiting = announced.some(({ told }) => told.kind === 'key') ? [...this.#held].filter(([key]) => !latest.has(key)) : [];
    const read = await this.#each([...waiting, ...others]);
    return this.#applied([...announced, ...read], { place, at });
  }

  /** Removes from the copy whatever stands under none of these keys: a feed that was read from its beginning to its end has no more. */
  async keepOnly(keys: ReadonlySet<string>, place: Place): Promise<readonly FeedChange[]> {
    const gone = (await this.copy.keys()).filter((key) => !keys.has(key));
    return this.#applied(gone.map(removed), { place, at: this.#now() });
  }

  #each(entries: readonly (readonly [string, string | null])[]): Promise<readonly Outcome[]> {
    return Promise.all(entries.map(([key, value]) => this.#open(key, value)));
  }

  async #open(key: string, value: string | null): Promise<Outcome> {
    if (value === null) return removed(key);
    const sealed = { key, value };
    try {
      return await (isAnnouncement(key) ? this.#openKey(sealed) : this.#openItem(sealed));
    } catch (cause) {
      if (!(cause instanceof ClientError) || cause.code === 'unreachable') throw cause;
      return { told: { kind: 'unreadable', key, says: cause.message } };
    }
  }

  async #openKey(sealed: Sealed): Promise<Outcome> {
    const { agency, brokerKeys } = this.#options;
    const kid = kidOf(sealed.value) ?? '';
    const own = this.#own.get(kid);
    const copy = { key: sealed.key, sealed: sealed.value };
    if (!own) return { copy, told: { kind: 'held', key: sealed.key, kid } };
    const feedKey = await openAnnouncement(sealed, own, { agency, brokerKeys });
    this.#feedKeys.set(feedKey.kid, feedKey);
    return { copy, told: { kind: 'key', key: sealed.key, epoch: feedKey.epoch } };
  }

  async #openItem(sealed: Sealed): Promise<Outcome> {
    const { key } = sealed;
    const kid = kidOf(sealed.value);
    if (kid === undefined) throw new ClientError('unreadable', 'It is no JWE that names its key.');
    const feedKey = this.#feedKeys.get(kid);
    if (!feedKey) return { copy: { key, sealed: sealed.value }, told: { kind: 'held', key, kid } };
    const item = await openItem(sealed, feedKey);
    return { copy: { key, item }, told: changeOf(key, item) };
  }

  #now(): number {
    const { now = Date.now } = this.#options;
    return now();
  }

  async #applied(outcomes: readonly Outcome[], progress: Progress): Promise<readonly FeedChange[]> {
    const changes = outcomes.flatMap((outcome) => outcome.copy ?? []);
    await this.copy.apply(changes, this.#topicId === undefined ? progress : { ...progress, topicId: this.#topicId });
    this.#resumed = true;
    for (const change of changes) this.#hold(change);
    return outcomes.map(({ told }) => told);
  }

  #hold(change: CopyChange): void {
    if ('sealed' in change && !isAnnouncement(change.key)) this.#held.set(change.key, change.sealed);
    else this.#held.delete(change.key);
  }
}

const removed = (key: string): Outcome => ({ copy: { key, removed: true }, told: { kind: 'removed', key } });

const changeOf = (key: string, item: FeedItem): FeedChange => {
  if (key.startsWith(NOTICE_PREFIX)) return { kind: 'notice', key, item: item as FeedItem<NoticeData> };
  return key.startsWith(DUTY_PREFIX) ? { kind: 'duty', key, item: item as FeedItem<OverdueDutyData> } : { kind: 'item', key, item };
};
