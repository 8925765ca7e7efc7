// Used assertions in a file of their own, so that a replay is refused after a restart too (quality.md, security goals).
import { createHash } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type FileMark, type LogWitness, openMarked } from '#custody';
import { type AgencySlug, type Clock, StorageError } from '#kernel';
import { probeWriting, ShortWal, storageFailureOf, transaction, whenFree } from '#sqlite';
import { KEPT_SECONDS, type UsedAssertions } from '../used-assertions.ts';

const SETTINGS = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL';
const SCHEMA = 'CREATE TABLE IF NOT EXISTS used_assertion (digest BLOB PRIMARY KEY, expires INTEGER NOT NULL) WITHOUT ROWID';
const CHECKPOINT_PAGES = 1000;

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

  async probe(): Promise<void> {
    await this.#whenFree(() => probeWriting(this.#db));
  }

  async #whenFree<T>(work: () => T): Promise<T> {
    const unlessClosed = (): T => {
      if (!this.#db.isOpen) throw new StorageError('unavailable', 'The record of used assertions is closed.');
      return work();
    };
    return whenFree(unlessClosed).catch((cause: unknown) => {
      throw storageFailureOf('The record of used assertions', cause);
    });
  }

  async close(): Promise<void> {
    if (!this.#db.isOpen) return;
    this.#mark.end();
    this.#shortWal.stop();
    this.#db.close();
  }
}
