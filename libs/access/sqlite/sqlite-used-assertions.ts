// Used assertions in a file of their own, so that a replay is refused after a restart too (quality.md, security goals).
import { createHash } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type FileMark, type LogWitness, openMarked } from '#custody';
import type { AgencySlug, Clock } from '#kernel';
import { probeWriting, ShortWal, storageFailureOf, transaction, whenFree } from '#sqlite';
import type { UsedAssertions } from '../client-assertions.ts';

const SETTINGS = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL';
const SCHEMA = 'CREATE TABLE IF NOT EXISTS used_assertion (digest BLOB PRIMARY KEY, expires INTEGER NOT NULL) WITHOUT ROWID';
const CHECKPOINT_PAGES = 1000;
/** Kept a little longer than they are in force. */
const KEPT_SECONDS = 60;

export class SqliteUsedAssertions implements UsedAssertions {
  readonly #db: DatabaseSync;
  readonly #shortWal: ShortWal;
  readonly #clock: Clock;
  readonly #mark: FileMark;
  readonly #forget: StatementSync;
  readonly #enter: StatementSync;

  /**
   * By the clock they are forgotten: it may not be ahead of the one that they are judged by. `log`: the one that the file is marked as
   * belonging to.
   */
  constructor(file: string, clock: Clock, log?: LogWitness) {
    const { db, mark } = openMarked(file, log, { settings: (opened) => opened.exec(SETTINGS), schema: (opened) => opened.exec(SCHEMA) });
    this.#db = db;
    this.#mark = mark;
    this.#shortWal = new ShortWal(db, file, { checkpointPages: CHECKPOINT_PAGES });
    this.#clock = clock;
    this.#forget = db.prepare('DELETE FROM used_assertion WHERE expires < ?');
    this.#enter = db.prepare('INSERT INTO used_assertion VALUES (?, ?) ON CONFLICT DO NOTHING');
  }

  async use(agency: AgencySlug, jti: string, expires: number): Promise<boolean> {
    const digest = createHash('sha256').update(`${agency}\n${jti}`).digest();
    return this.#whenFree(() => transaction(this.#db, () => this.#isNew(digest, expires)));
  }

  #isNew(digest: Buffer, expires: number): boolean {
    this.#forget.run(Math.floor(this.#clock.now() / 1000) - KEPT_SECONDS);
    const isNew = this.#enter.run(digest, expires).changes === 1;
    if (isNew) this.#mark.count();
    return isNew;
  }

  /** Rejects with `StorageError` where nothing can be written now. */
  async probe(): Promise<void> {
    await this.#whenFree(() => probeWriting(this.#db));
  }

  async #whenFree<T>(work: () => T): Promise<T> {
    return whenFree(work).catch((cause: unknown) => {
      throw storageFailureOf('The record of used assertions', cause);
    });
  }

  close(): void {
    this.#mark.end();
    this.#shortWal.stop();
    this.#db.close();
  }
}
