// Used assertions in a file of their own, so that a replay is refused after a restart too (quality.md, security goals).
import { createHash } from 'node:crypto';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { FileMark, type LogWitness } from '#custody';
import type { AgencySlug, Clock } from '#kernel';
import type { UsedAssertions } from '../client-assertions.ts';

const SETTINGS = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000';
const SCHEMA = 'CREATE TABLE IF NOT EXISTS used_assertion (digest BLOB PRIMARY KEY, expires INTEGER NOT NULL) WITHOUT ROWID';
const KEPT_SECONDS = 60;

export class SqliteUsedAssertions implements UsedAssertions {
  readonly #db: DatabaseSync;
  readonly #clock: Clock;
  readonly #mark: FileMark;
  readonly #forget: StatementSync;
  readonly #enter: StatementSync;

  /** By the clock they are forgotten: it may not be ahead of the one that they are judged by. `log`: the one that the file is marked as belonging to. */
  constructor(file: string, clock: Clock, log?: LogWitness) {
    this.#db = new DatabaseSync(file);
    this.#clock = clock;
    this.#db.exec(SETTINGS);
    this.#mark = new FileMark(this.#db, file, log);
    this.#db.exec(SCHEMA);
    this.#forget = this.#db.prepare('DELETE FROM used_assertion WHERE expires < ?');
    this.#enter = this.#db.prepare('INSERT INTO used_assertion VALUES (?, ?) ON CONFLICT DO NOTHING');
  }

  use(agency: AgencySlug, jti: string, expires: number): boolean {
    const digest = createHash('sha256').update(`${agency}\n${jti}`).digest();
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      this.#forget.run(Math.floor(this.#clock.now() / 1000) - KEPT_SECONDS);
      const { changes } = this.#enter.run(digest, expires);
      if (changes === 1) this.#mark.count();
      this.#db.exec('COMMIT');
      return changes === 1;
    } catch (cause) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw cause;
    }
  }

  close(): void {
    this.#mark.end();
    this.#db.close();
  }
}
