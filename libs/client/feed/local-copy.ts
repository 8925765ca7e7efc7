// The agency's own copy of its feed: what it holds changes in one step with the place up to which it was read.
import type { FeedItem } from './feed-item.ts';

/** Offset to be read next, by partition; decimal digits. */
export type Place = ReadonlyMap<number, string>;

export interface Progress {
  readonly place: Place;
  /** When it was noted; milliseconds since 1970. */
  readonly at: number;
  /** Which topic those offsets count in, where that could be told: one that was deleted and made anew has another id. */
  readonly topicId?: string;
}

/** What becomes of the entry under one key. */
export type CopyChange =
  | { readonly key: string; readonly item: FeedItem }
  /** Kept as it came: a key message, or an item whose key has not come. */
  | { readonly key: string; readonly sealed: string }
  | { readonly key: string; readonly removed: true };

/** Where a feed is copied to: in memory, in a file, or in an agency's own database. */
export interface LocalCopy {
  /** Undefined before anything was read. */
  progress(): Promise<Progress | undefined>;
  /**
   * Makes the changes in their order and notes the progress, of the partitions that it names: both or, where it rejects, neither. A place
   * under another `topicId` is in place of all that was noted before. What was removed or replaced is to be gone for good.
   */
  apply(changes: readonly CopyChange[], progress: Progress): Promise<void>;
  /** What is kept as it came, by key. */
  sealed(): Promise<ReadonlyMap<string, string>>;
  /** Every key under which something is kept. */
  keys(): Promise<readonly string[]>;
  item(key: string): Promise<FeedItem | undefined>;
  /** All that can be read, notices included, in the order of their keys. */
  items(): Promise<readonly FeedItem[]>;
}

/** Whether both are known, and differ: a copy of a release that noted none is taken to be of the topic that is there. */
export const isAnotherTopic = (noted: string | undefined, found: string | undefined): boolean =>
  noted !== undefined && found !== undefined && noted !== found;

/**
 * A later progress after an earlier one: of partitions that it does not name, the earlier place stands, unless that was in another topic.
 */
const advanced = (before: Progress, { place, at, topicId }: Progress): Progress => {
  const known = isAnotherTopic(before.topicId, topicId) ? [] : before.place;
  const id = topicId ?? before.topicId;
  return { place: new Map([...known, ...place]), at, ...(id === undefined ? {} : { topicId: id }) };
};

/** A copy that ends with the process. */
export class MemoryCopy implements LocalCopy {
  readonly #items = new Map<string, FeedItem>();
  readonly #sealed = new Map<string, string>();
  #progress: Progress | undefined;

  async progress(): Promise<Progress | undefined> {
    return this.#progress;
  }

  async apply(changes: readonly CopyChange[], progress: Progress): Promise<void> {
    for (const change of changes) {
      this.#items.delete(change.key);
      this.#sealed.delete(change.key);
      if ('item' in change) this.#items.set(change.key, change.item);
      else if ('sealed' in change) this.#sealed.set(change.key, change.sealed);
    }
    this.#progress = this.#progress === undefined ? progress : advanced(this.#progress, progress);
  }

  async sealed(): Promise<ReadonlyMap<string, string>> {
    return new Map(this.#sealed);
  }

  async keys(): Promise<readonly string[]> {
    return [...this.#items.keys(), ...this.#sealed.keys()];
  }

  async item(key: string): Promise<FeedItem | undefined> {
    return this.#items.get(key);
  }

  async items(): Promise<readonly FeedItem[]> {
    return [...this.#items.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, item]) => item);
  }
}
