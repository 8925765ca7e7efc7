// The quarantine in memory, for specs: it keeps every promise of the port but durability. What it held is gone with the process.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Clock, StorageError, systemClock } from '#kernel';
import { type Keys, type Vault, withKeys } from '#privacy';
import { openSealed } from '#privacy/opening';
import { headOf, keptOf, keyOf, placeOf } from '../kept-form.ts';
import type {
  Amount,
  Head,
  LetGo,
  LetGoReason,
  Quarantine,
  Quarantined,
  QuarantineEntry,
  QuarantineFilter,
  QuarantineSelection,
  QuarantineState,
} from '../quarantine.ts';
import { Allowances, type Shares, sharesOf } from '../shares.ts';
import { type Held, QuarantineRoom } from './quarantine-room.ts';

export interface MemoryQuarantineOptions {
  readonly shares?: Shares;
  readonly clock?: Clock;
  /** What quarantines share, as processes share a file; absent: a room of its own. */
  readonly room?: QuarantineRoom;
}

const AT_ONCE = 64;

export class MemoryQuarantine implements Quarantine {
  readonly #vault: Vault;
  readonly #shares: Shares;
  readonly #allowances: Allowances;
  readonly #clock: Clock;
  readonly #room: QuarantineRoom;
  #closed = false;

  constructor(vault: Vault, { shares = sharesOf(), clock = systemClock, room = new QuarantineRoom() }: MemoryQuarantineOptions = {}) {
    this.#vault = vault;
    this.#shares = shares;
    this.#allowances = new Allowances(shares);
    this.#clock = clock;
    this.#room = room;
  }

  async add(item: Quarantined): Promise<void> {
    this.#open();
    const key = keyOf(item.subject);
    await withKeys(
      () => this.#vault.load([key]),
      (keys) => this.#take(item, keys),
    );
    await this.#vault.durable();
  }

  /** Sealed before anything is counted: where that fails nothing was taken in. */
  #take(item: Quarantined, keys: Keys): void {
    const room = this.#open();
    keys.seal(keyOf(item.subject), placeOf(0, false), new Uint8Array());
    const now = this.#clock.now();
    const kept = keptOf(item, this.#allowances, now);
    if (!kept) return room.note(item.agency, 'allowance', { entries: 1, bytes: item.content.byteLength }, now);
    const id = room.nextId(item);
    if (id === undefined) return;
    const sealed = keys.seal(keyOf(item.subject), placeOf(id, kept.cut), kept.content);
    room.enter({ entry: entryOf(id, item, kept.cut), sealed, kept: kept.bytes });
    room.makeRoom(item.agency ?? '', this.#shares, now);
  }

  async list({ after = 0, limit, ...selection }: QuarantineFilter): Promise<readonly QuarantineEntry[]> {
    const found = this.#open().selected(selection);
    return found
      .map(({ entry }) => entry)
      .filter(({ id }) => id > after)
      .slice(0, limit);
  }

  async find(id: number): Promise<QuarantineEntry | undefined> {
    return this.#open().find(id)?.entry;
  }

  async content(id: number): Promise<Uint8Array | undefined> {
    return this.#opened(id, false);
  }

  async head(id: number): Promise<Head | undefined> {
    const content = await this.#opened(id, true);
    return content && headOf(content);
  }

  async settle(id: number, state: QuarantineState, outcome: string): Promise<void> {
    this.#open().settle(id, state, outcome);
  }

  async count(state: QuarantineState): Promise<number> {
    return this.#open().selected({ state }).length;
  }

  async newest(): Promise<number> {
    return this.#open().newest;
  }

  async amountOf(selection: QuarantineSelection): Promise<Amount> {
    return amountOf(this.#open().selected(selection));
  }

  async remove(selection: QuarantineSelection, why: LetGoReason): Promise<Amount> {
    const room = this.#open();
    const removed: Held[] = [];
    for (let some = room.selected(selection).slice(0, AT_ONCE); some.length > 0; some = room.selected(selection).slice(0, AT_ONCE)) {
      for (const one of some) room.remove(one, why, this.#clock.now());
      removed.push(...some);
      await nextTurn();
    }
    return amountOf(removed);
  }

  async letGo(): Promise<readonly LetGo[]> {
    return this.#open().letGo();
  }

  async size(): Promise<number> {
    return this.#open().size();
  }

  async probe(): Promise<void> {
    this.#open();
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  async #opened(id: number, cut: boolean): Promise<Uint8Array | undefined> {
    const held = this.#open().find(id);
    if (!held || (held.entry.cut ?? false) !== cut) return undefined;
    const { sealed } = held;
    const key = keyOf(held.entry.subject);
    return openSealed(await this.#vault.load([{ ...key, sealed }]), key, placeOf(id, cut), sealed);
  }

  #open(): QuarantineRoom {
    if (this.#closed) throw new StorageError('unavailable', 'The quarantine is closed.');
    return this.#room;
  }
}

const entryOf = (id: number, { content, sender: _sender, ...item }: Quarantined, cut: boolean): QuarantineEntry => ({
  ...item,
  id,
  state: 'waiting',
  bytes: content.byteLength,
  ...(cut ? { cut } : {}),
});

const amountOf = (held: readonly Held[]): Amount => ({
  entries: held.length,
  bytes: held.reduce((total, { entry }) => total + entry.bytes, 0),
});
