// Used assertions in a file of their own, so that a replay is refused after a restart too (quality.md, security goals).
import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { AgencySlug, Clock } from '#kernel';
import type { UsedAssertions } from '../client-assertions.ts';

export class SqliteUsedAssertions implements UsedAssertions {
  readonly #db: DatabaseSync;
  readonly #clock: Clock;

  constructor(file: string, clock: Clock) {
    this.#db = new DatabaseSync(file);
    this.#clock = clock;
    this.#db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;
      CREATE TABLE IF NOT EXISTS used_assertion (digest BLOB PRIMARY KEY, expires INTEGER NOT NULL) WITHOUT ROWID`);
  }

  async use(agency: AgencySlug, jti: string, expires: number): Promise<boolean> {
    const digest = createHash('sha256').update(`${agency}\n${jti}`).digest();
    this.#db.prepare('DELETE FROM used_assertion WHERE expires < ?').run(Math.floor(this.#clock.now() / 1000) - 60);
    return this.#db.prepare('INSERT INTO used_assertion VALUES (?, ?) ON CONFLICT DO NOTHING').run(digest, expires).changes === 1;
  }

  close(): void {
    this.#db.close();
  }
}
