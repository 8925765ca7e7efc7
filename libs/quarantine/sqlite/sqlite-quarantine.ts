// The quarantine in a SQLite file of its own: junk must not grow the log, and what is settled can be removed.
import { createHash } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FileMark, LogWitness } from '#custody';
import { type Clock, systemClock } from '#kernel';
import type { Vault } from '#privacy';
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
import { Allowances, ENTRY_BYTES, type Shares, sharesOf } from '../shares.ts';
import { openQuarantineFile } from './quarantine-file.ts';
import { COLUMNS, entryOf, type Row } from './rows.ts';
import { keyOf, placeOf } from './sealed-place.ts';
import { conditionOf } from './selection.ts';
import { Shedding } from './shedding.ts';

interface Waiting {
  readonly item: Quarantined;
  readonly done: () => void;
  readonly failed: (cause: unknown) => void;
}

/** What of an item is to be stored. */
interface Stored {
  readonly content: Uint8Array;
  readonly cut: boolean;
}

export interface SqliteQuarantineOptions {
  readonly shares?: Shares;
  readonly clock?: Clock;
  readonly log?: LogWitness | undefined;
}

const DEFAULT_MEGABYTES = 256;
const HEAD_BYTES = 1024;
const DIGEST_BYTES = 32;
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
  constructor(
    file: string,
    vault: Vault,
    { shares = sharesOf(DEFAULT_MEGABYTES), clock = systemClock, log }: SqliteQuarantineOptions = {},
  ) {
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
      await this.#makeKeys(group);
      await this.#change(() => group.forEach(({ item }) => this.#take(item)));
      group.forEach(({ done }) => done());
    } catch (cause) {
      group.forEach(({ failed }) => failed(cause));
    }
  }

  /** Keys must be on disk before what they seal: a first sealing makes those that are missing. */
  async #makeKeys(group: readonly Waiting[]): Promise<void> {
    for (const { item } of group) this.#vault.seal(keyOf(item.subject ?? null), placeOf(0, false), new Uint8Array());
    await this.#vault.durable();
  }

  #take(item: Quarantined): void {
    const stored = this.#toStore(item);
    const whose = item.agency ?? '';
    if (stored) {
      this.#store(item, stored);
      this.#shedding.makeRoom(whose, this.#clock.now());
    } else this.#shedding.note(whose, 'allowance', { entries: 1, bytes: item.content.byteLength }, this.#clock.now());
  }

  /** Of what an agency signed all, within its share; of other messages what their sender's allowance says; undefined: nothing. */
  #toStore({ agency, sender = '', content }: Quarantined): Stored | undefined {
    const extent = agency === undefined ? this.#allowances.take(sender, content.byteLength, this.#clock.now()) : 'whole';
    if (extent === 'count') return undefined;
    const cut = extent === 'head' && content.byteLength > HEAD_BYTES;
    return {
      cut,
      content: cut ? Buffer.concat([createHash('sha256').update(content).digest(), content.subarray(0, HEAD_BYTES)]) : content,
    };
  }

  #store(item: Quarantined, { content, cut }: Stored): void {
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
      content.byteLength + ENTRY_BYTES,
    );
    if (changes === 0) return;
    const id = Number(lastInsertRowid);
    this.#seal.run(this.#vault.seal(keyOf(item.subject ?? null), placeOf(id, cut), content), id);
  }

  /** One that the log counts on. */
  async #change<Result>(work: () => Result): Promise<Result> {
    const counted = (): Result => {
      const result = work();
      this.#mark.count();
      return result;
    };
    return whenFree(() => transaction(this.#db, counted)).catch((cause: unknown) => {
      throw storageFailureOf('The quarantine', cause);
    });
  }

  list({ after = 0, limit, ...selection }: QuarantineFilter): readonly QuarantineEntry[] {
    const { sql, values } = conditionOf(selection);
    const statement = this.#db.prepare(`SELECT ${COLUMNS} FROM quarantined WHERE ${sql} AND id > ? ORDER BY id LIMIT ?`);
    return (statement.all(...values, after, limit) as unknown as Row[]).map(entryOf);
  }

  find(id: number): QuarantineEntry | undefined {
    const row = this.#db.prepare(`SELECT ${COLUMNS} FROM quarantined WHERE id = ?`).get(id);
    return row && entryOf(row as unknown as Row);
  }

  content(id: number): Uint8Array | undefined {
    return this.#open(id, false);
  }

  head(id: number): Head | undefined {
    const kept = this.#open(id, true);
    return kept && { digest: Buffer.from(kept.subarray(0, DIGEST_BYTES)).toString('hex'), bytes: kept.subarray(DIGEST_BYTES) };
  }

  #open(id: number, cut: boolean): Uint8Array | undefined {
    const row = this.#db.prepare('SELECT subject, sealed FROM quarantined WHERE id = ? AND cut = ?').get(id, Number(cut));
    if (!row) return undefined;
    const { subject, sealed } = row as { subject: string | null; sealed: Uint8Array };
    return openSealed(this.#vault, keyOf(subject), placeOf(id, cut), sealed);
  }

  async settle(id: number, state: QuarantineState, outcome: string): Promise<void> {
    await this.#change(() => void this.#db.prepare('UPDATE quarantined SET state = ?, outcome = ? WHERE id = ?').run(state, outcome, id));
  }

  /** Rejects with `StorageError` where nothing can be written now. */
  async probe(): Promise<void> {
    await whenFree(() => probeWriting(this.#db)).catch((cause: unknown) => {
      throw storageFailureOf('The quarantine', cause);
    });
  }

  count(state: QuarantineState): number {
    return Number(this.#db.prepare('SELECT count(*) AS n FROM quarantined WHERE state = ?').get(state)?.['n'] ?? 0);
  }

  newest(): number {
    return Number(this.#db.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'quarantined'`).get()?.['seq'] ?? 0);
  }

  amountOf(selection: QuarantineSelection): Amount {
    const { sql, values } = conditionOf(selection);
    const row = this.#db
      .prepare(`SELECT count(*) AS entries, coalesce(sum(bytes), 0) AS bytes FROM quarantined WHERE ${sql}`)
      .get(...values);
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
    if (some) await whenFree(() => this.#db.exec(`PRAGMA incremental_vacuum(${PAGES_AT_ONCE})`));
    return some;
  }

  letGo(): readonly LetGo[] {
    return this.#shedding.letGo();
  }

  size(): number {
    return Number(this.#db.prepare('SELECT page_count * page_size AS n FROM pragma_page_count, pragma_page_size').get()?.['n'] ?? 0);
  }

  close(): void {
    this.#mark.end();
    this.#shortWal.stop();
    this.#db.close();
  }
}
