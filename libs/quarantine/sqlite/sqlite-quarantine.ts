// The quarantine in a SQLite file of its own: junk must not grow the log, and what is settled can be removed.
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FileMark, LogWitness } from '#custody';
import { type Clock, StorageError, systemClock } from '#kernel';
import { type Keys, type Vault, withKeys } from '#privacy';
import { openSealed } from '#privacy/opening';
import { probeWriting, ShortWal, storageFailureOf, transaction, whenFree } from '#sqlite';
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
import { headOf, type Kept, keptOf, keyOf, placeOf } from '../kept-form.ts';
import { Allowances, type Shares, sharesOf } from '../shares.ts';
import { COLUMNS, conditionOf, entryOf, openQuarantineFile, type Row } from './quarantine-file.ts';
import { Shedding } from './shedding.ts';

interface Waiting {
  readonly item: Quarantined;
  readonly done: () => void;
  readonly failed: (cause: unknown) => void;
}

export interface SqliteQuarantineOptions {
  readonly shares?: Shares;
  readonly clock?: Clock;
  readonly log?: LogWitness | undefined;
}

/** Given back at once, so that no turn of the event loop takes long. */
const PAGES_AT_ONCE = 512;
const CHECKPOINT_PAGES = 1000;

export class SqliteQuarantine implements Quarantine {
  readonly #db: DatabaseSync;
  readonly #shortWal: ShortWal;
  readonly #vault: Vault;
  readonly #clock: Clock;
  readonly #allowances: Allowances;
  readonly #shedding: Shedding;
  readonly #mark: FileMark;
  readonly #insert: StatementSync;
  readonly #seal: StatementSync;
  #waiting: Waiting[] = [];

  /** Makes the file where there is none, with mode 600. `log`: the one that it is marked as belonging to. */
  constructor(file: string, vault: Vault, { shares = sharesOf(), clock = systemClock, log }: SqliteQuarantineOptions = {}) {
    const { db, mark } = openQuarantineFile(file, log);
    this.#db = db;
    this.#mark = mark;
    this.#shortWal = new ShortWal(db, file, { checkpointPages: CHECKPOINT_PAGES });
    this.#vault = vault;
    this.#clock = clock;
    this.#allowances = new Allowances(shares);
    this.#shedding = new Shedding(this.#db, shares);
    this.#insert = this.#db.prepare(
      `INSERT INTO quarantined (kind, channel, code, says, agency, subject, received_at, bytes, origin, cut, kept)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    );
    this.#seal = this.#db.prepare('UPDATE quarantined SET sealed = ? WHERE id = ?');
  }

  async add(item: Quarantined): Promise<void> {
    return new Promise((done, failed) => {
      if (this.#waiting.push({ item, done, failed }) === 1) setImmediate(() => void this.#commit());
    });
  }

  /** One transaction, so one fsync, for all that arrived in the meantime. */
  async #commit(): Promise<void> {
    const group = this.#waiting;
    this.#waiting = [];
    try {
      const names = group.map(({ item }) => keyOf(item.subject));
      await withKeys(
        () => this.#vault.load(names),
        (keys) => this.#takeAll(group, keys),
      );
      group.forEach(({ done }) => done());
    } catch (cause) {
      group.forEach(({ failed }) => failed(cause));
    }
  }

  /**
   * Keys must be kept before what they seal: a first sealing makes those that are missing. Where their lease ends while another process
   * holds the file locked, nothing is taken in.
   */
  async #takeAll(group: readonly Waiting[], keys: Keys): Promise<void> {
    for (const { item } of group) keys.seal(keyOf(item.subject), placeOf(0, false), new Uint8Array());
    await this.#vault.durable();
    await this.#change(() => group.forEach(({ item }) => this.#take(item, keys)));
  }

  #take(item: Quarantined, keys: Keys): void {
    const now = this.#clock.now();
    const kept = keptOf(item, this.#allowances, now);
    const whose = item.agency ?? '';
    if (kept) {
      this.#store(item, kept, keys);
      this.#shedding.makeRoom(whose, now);
    } else this.#shedding.note(whose, 'allowance', { entries: 1, bytes: item.content.byteLength }, now);
  }

  #store(item: Quarantined, { content, cut, bytes }: Kept, keys: Keys): void {
    const { lastInsertRowid, changes } = this.#insert.run(
      item.kind,
      item.channel,
      item.code,
      item.says,
      item.agency ?? null,
      item.subject ?? null,
      item.receivedAt,
      item.content.byteLength,
      item.origin ?? null,
      Number(cut),
      bytes,
    );
    if (changes === 0) return;
    const id = Number(lastInsertRowid);
    this.#seal.run(keys.seal(keyOf(item.subject), placeOf(id, cut), content), id);
  }

  /** One that the log counts on. */
  async #change<Result>(work: () => Result): Promise<Result> {
    return this.#use(() =>
      transaction(this.#db, () => {
        const result = work();
        this.#mark.count();
        return result;
      }),
    );
  }

  async #use<Result>(work: () => Result): Promise<Result> {
    const unlessClosed = (): Result => {
      if (!this.#db.isOpen) throw new StorageError('unavailable', 'The quarantine is closed.');
      return work();
    };
    return whenFree(unlessClosed).catch((cause: unknown) => {
      throw storageFailureOf('The quarantine', cause);
    });
  }

  async #row(sql: string, ...values: readonly SQLInputValue[]): Promise<Readonly<Record<string, unknown>> | undefined> {
    return this.#use(() => this.#db.prepare(sql).get(...values));
  }

  async list({ after = 0, limit, ...selection }: QuarantineFilter): Promise<readonly QuarantineEntry[]> {
    const { sql, values } = conditionOf(selection);
    const select = `SELECT ${COLUMNS} FROM quarantined WHERE ${sql} AND id > ? ORDER BY id LIMIT ?`;
    const rows = await this.#use(() => this.#db.prepare(select).all(...values, after, limit));
    return (rows as unknown as Row[]).map(entryOf);
  }

  async find(id: number): Promise<QuarantineEntry | undefined> {
    const row = await this.#row(`SELECT ${COLUMNS} FROM quarantined WHERE id = ?`, id);
    return row && entryOf(row as unknown as Row);
  }

  async content(id: number): Promise<Uint8Array | undefined> {
    return this.#open(id, false);
  }

  async head(id: number): Promise<Head | undefined> {
    const kept = await this.#open(id, true);
    return kept && headOf(kept);
  }

  async #open(id: number, cut: boolean): Promise<Uint8Array | undefined> {
    const row = await this.#row('SELECT subject, sealed FROM quarantined WHERE id = ? AND cut = ?', id, Number(cut));
    if (!row) return undefined;
    const { subject, sealed } = row as { subject: string | null; sealed: Uint8Array };
    const key = keyOf(subject ?? undefined);
    return openSealed(await this.#vault.load([{ ...key, sealed }]), key, placeOf(id, cut), sealed);
  }

  async settle(id: number, state: QuarantineState, outcome: string): Promise<void> {
    await this.#change(() => void this.#db.prepare('UPDATE quarantined SET state = ?, outcome = ? WHERE id = ?').run(state, outcome, id));
  }

  async probe(): Promise<void> {
    await this.#use(() => probeWriting(this.#db));
  }

  async count(state: QuarantineState): Promise<number> {
    return Number((await this.#row('SELECT count(*) AS n FROM quarantined WHERE state = ?', state))?.['n'] ?? 0);
  }

  async newest(): Promise<number> {
    return Number((await this.#row(`SELECT seq FROM sqlite_sequence WHERE name = 'quarantined'`))?.['seq'] ?? 0);
  }

  async amountOf(selection: QuarantineSelection): Promise<Amount> {
    const { sql, values } = conditionOf(selection);
    const row = await this.#row(`SELECT count(*) AS entries, coalesce(sum(bytes), 0) AS bytes FROM quarantined WHERE ${sql}`, ...values);
    return { entries: Number(row?.['entries']), bytes: Number(row?.['bytes']) };
  }

  async remove(selection: QuarantineSelection, why: LetGoReason): Promise<Amount> {
    let removed: Amount = { entries: 0, bytes: 0 };
    for (let some = await this.#removeSome(selection, why); some; some = await this.#removeSome(selection, why)) {
      removed = { entries: removed.entries + some.entries, bytes: removed.bytes + some.bytes };
      await nextTurn();
    }
    return removed;
  }

  async #removeSome(selection: QuarantineSelection, why: LetGoReason): Promise<Amount | undefined> {
    const some = await this.#change(() => this.#shedding.removeSome(selection, why, this.#clock.now()));
    if (some) await this.#use(() => this.#db.exec(`PRAGMA incremental_vacuum(${PAGES_AT_ONCE})`));
    return some;
  }

  async letGo(): Promise<readonly LetGo[]> {
    return this.#use(() => this.#shedding.letGo());
  }

  async size(): Promise<number> {
    return Number((await this.#row('SELECT page_count * page_size AS n FROM pragma_page_count, pragma_page_size'))?.['n'] ?? 0);
  }

  async close(): Promise<void> {
    if (!this.#db.isOpen) return;
    this.#mark.end();
    this.#shortWal.stop();
    this.#db.close();
  }
}
