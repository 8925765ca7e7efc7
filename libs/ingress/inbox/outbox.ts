// What is owed to senders of recorded messages, in memory as it lies beside the log. Whatever a process leaves undone, the next one does.
import type { Admission } from '#admission';
import type { Bookmark, EventStore } from '#event-store';
import type { LoadsKeys } from '#privacy';
import type { BookmarkToWrite } from '#unit-of-work';
import type { IntakeObserver } from '../intake.ts';
import type { ReceiptSigner } from '../receipt-signer.ts';
import { type Partition, partitionName } from './message-source.ts';
import {
  entryBookmark,
  openedEntries,
  OUTBOX,
  type OutboxEntry,
  outboxName,
  type Positions,
  receiptsOf,
  recordsOf,
} from './outbox-entry.ts';
import type { ReceiptRecord } from './receipts-channel.ts';
import { Backoff, Changes } from './waiting.ts';

export interface OutboxParts {
  readonly store: Pick<EventStore, 'append' | 'bookmarks' | 'findByIds'>;
  readonly vault: LoadsKeys;
  readonly admission: Pick<Admission, 'settle'>;
  readonly signer: ReceiptSigner;
  readonly observer?: IntakeObserver;
  /** As in figures. */
  readonly channel: string;
  /** Told whatever keeps receipts from being made ready; it is tried again. */
  readonly stalled?: (cause: unknown) => void;
}

/** An entry, and its records once all else that it owes is done. */
export interface Owed {
  readonly name: string;
  readonly entry: OutboxEntry;
  readonly records: Promise<readonly ReceiptRecord[]>;
  /** When this process first knew of it, by its own monotonic clock, in milliseconds. */
  readonly since: number;
}

/** So many receipts may wait; then messages wait too. */
const MOST_RECEIPTS = 20_000;

const sizeOf = ({ owed }: OutboxEntry): number => owed.reduce((sum, { receipts }) => sum + receipts.length, 0);

export class Outbox {
  readonly #parts: OutboxParts;
  readonly #signal: AbortSignal;
  readonly #owed = new Map<string, Owed>();
  readonly #done = new Set<string>();
  #receipts = 0;
  readonly changes = new Changes();

  /** When the signal aborts, nothing more is done. */
  constructor(parts: OutboxParts, signal: AbortSignal) {
    this.#parts = parts;
    this.#signal = signal;
  }

  /** Receipts that are not sent. */
  get outstanding(): number {
    return this.#receipts;
  }

  /** Resolves when there is room for more. */
  async room(signal: AbortSignal): Promise<void> {
    while (this.#receipts >= MOST_RECEIPTS && !signal.aborted) await this.changes.next(signal);
  }

  /** Resolves when nothing is left to send, or the signal aborts. */
  async empty(signal: AbortSignal): Promise<void> {
    while (this.#owed.size > 0 && !signal.aborted) await this.changes.next(signal);
  }

  /** To be stored with what the entry tells of; with it go the marks of what is done. */
  bookmarks(entry: OutboxEntry): readonly BookmarkToWrite[] {
    return [entryBookmark(entry), ...this.#removals()];
  }

  /** The entry is on disk, and the bookmarks that went with it. */
  stored(entry: OutboxEntry, bookmarks: readonly BookmarkToWrite[], positions: Positions): void {
    this.#forget(bookmarks);
    this.#parts.observer?.judged(
      entry.agency,
      this.#parts.channel,
      entry.owed.flatMap((owed) => receiptsOf(owed, positions)),
    );
    this.#hold(outboxName(entry), entry, async () => positions);
    this.changes.announce();
  }

  /**
   * Takes in what other processes owe, and forgets what they have done. Whoever takes over a partition looks here first, so that the
   * entries of a partition are known in the order of its offsets.
   */
  async lookUp(): Promise<void> {
    const known = [...this.#owed.keys()];
    const stored = await this.#parts.store.bookmarks(OUTBOX);
    for (const name of known) if (!stored.has(name)) this.#drop(name);
    const others = [...stored].filter(([name]) => !this.#owed.has(name) && !this.#done.has(name));
    const entries = await openedEntries(this.#parts.vault, others);
    for (const entry of [...entries].sort((one, other) => one.first - other.first))
      this.#hold(outboxName(entry), entry, () => this.#positionsOf(entry));
  }

  /** Not sent yet; of each partition in the order of offsets. */
  waiting(): readonly Owed[] {
    return [...this.#owed.values()];
  }

  /** They are sent; what lies beside the log of them goes with a later append. */
  sent(entries: readonly Owed[]): void {
    for (const { name } of entries) {
      this.#drop(name);
      this.#done.add(name);
    }
    this.changes.announce();
  }

  /** Removes what is done, now. */
  async sweep(): Promise<void> {
    const removals = this.#removals();
    if (removals.length === 0) return;
    await this.#parts.store.append([], removals);
    this.#forget(removals);
  }

  partitions(): readonly Partition[] {
    return [...new Map(this.waiting().map(({ entry }) => [partitionName(entry), entry])).values()];
  }

  #removals(): readonly Bookmark[] {
    return [...this.#done].map((name) => ({ name, value: undefined }));
  }

  #forget(bookmarks: readonly BookmarkToWrite[]): void {
    for (const bookmark of bookmarks) if ('value' in bookmark && bookmark.value === undefined) this.#done.delete(bookmark.name);
  }

  #drop(name: string): void {
    const owed = this.#owed.get(name);
    if (owed && this.#owed.delete(name)) this.#receipts -= sizeOf(owed.entry);
  }

  #hold(name: string, entry: OutboxEntry, positions: () => Promise<Positions>): void {
    if (this.#owed.has(name)) return; // it was found beside the log before whoever stored it heard so
    const records = this.#prepare(entry, positions);
    records.catch(() => undefined); // it is asked for later, if at all
    this.#owed.set(name, { name, entry, records, since: performance.now() });
    this.#receipts += sizeOf(entry);
  }

  /** Tries until it is done: what it does may be done twice. Rejects when the signal aborts. */
  async #prepare(entry: OutboxEntry, positions: () => Promise<Positions>): Promise<readonly ReceiptRecord[]> {
    for (const backoff = new Backoff(); ; await backoff.wait(this.#signal)) {
      try {
        await this.#parts.admission.settle(entry);
        return await recordsOf(entry, await positions(), this.#parts.signer);
      } catch (cause) {
        if (this.#signal.aborted) throw cause;
        this.#parts.stalled?.(cause);
      }
    }
  }

  async #positionsOf({ owed }: OutboxEntry): Promise<Positions> {
    const ids = owed.flatMap(({ receipts }) => receipts.flatMap(({ eventId }) => (eventId === undefined ? [] : [eventId])));
    const found = await this.#parts.store.findByIds(ids);
    return new Map([...found].map(([id, { position }]) => [id, position]));
  }
}
