// Used assertions in a file of their own, so that a replay is refused after a restart too (quality.md, security goals).
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { AgencySlug, Clock } from '#kernel';
import { openFile, probeWriting, ShortWal, storageFailureOf, transaction, whenFree } from '#sqlite';
import type { UsedAssertions } from '../client-assertions.ts';

const SCHEMA = `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS used_assertion (digest BLOB PRIMARY KEY, expires INTEGER NOT NULL) WITHOUT ROWID`;
const CHECKPOINT_PAGES = 1000;
/** Kept a little longer than they are in force. */
const KEPT_SECONDS = 60;

export class SqliteUsedAssertions implements UsedAssertions {
  readonly #db: DatabaseSync;
  readonly #shortWal: ShortWal;
  readonly #clock: Clock;

  constructor(file: string, clock: Clock) {
    this.#db = openFile(file, (db) => db.exec(SCHEMA));
    this.#shortWal = new ShortWal(this.#db, file, { checkpointPages: CHECKPOINT_PAGES });
    this.#clock = clock;
  }

  async use(agency: AgencySlug, jti: string, expires: number): Promise<boolean> {
    const digest = createHash('sha256').update(`${agency}\n${jti}`).digest();
    return this.#whenFree(() => transaction(this.#db, () => this.#enter(digest, expires)));
  }

  #enter(digest: Buffer, expires: number): boolean {
    this.#db.prepare('DELETE FROM used_assertion WHERE expires < ?').run(Math.floor(this.#clock.now() / 1000) - KEPT_SECONDS);
    return this.#db.prepare('INSERT INTO used_assertion VALUES (?, ?) ON CONFLICT DO NOTHING').run(digest, expires).changes === 1;
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
    this.#shortWal.stop();
    this.#db.close();
  }
}
