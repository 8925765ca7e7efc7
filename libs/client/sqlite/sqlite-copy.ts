// A copy of a feed in one file. It holds personal data in clear and feed keys as they came, wrapped: keep it as you keep your MIS's data.
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { type CopyChange, type FeedItem, isAnotherTopic, type LocalCopy, type Progress } from '../feed/index.ts';

// What was removed is overwritten with zeros, and no journal is left behind that still holds it.
const SCHEMA = `
  PRAGMA journal_mode = DELETE;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
  CREATE TABLE IF NOT EXISTS entry (key TEXT PRIMARY KEY, sealed INTEGER NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS place (partition INTEGER PRIMARY KEY, next TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS topic (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), id TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS progress (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL);
`;

const OWNER_ALONE = 0o600;

interface EntryRow {
  readonly key: string;
  readonly value: string;
}

interface PlaceRow {
  readonly partition: number;
  readonly next: string;
}

/** Opened at once; to be closed. One process at a time. */
export class SqliteCopy implements LocalCopy {
  readonly #db: DatabaseSync;

  /** Makes the file where there is none, readable by its owner alone. */
  constructor(file: string) {
    closeSync(openSync(file, 'a', OWNER_ALONE));
    this.#db = new DatabaseSync(file, { timeout: 5000 });
    this.#db.exec(SCHEMA);
  }

  async progress(): Promise<Progress | undefined> {
    const [noted] = this.#rows<{ readonly at: number }>('SELECT at FROM progress');
    if (noted === undefined) return undefined;
    const places = this.#rows<PlaceRow>('SELECT partition, next FROM place');
    return { at: noted.at, place: new Map(places.map(({ partition, next }) => [partition, next])), ...this.#topic() };
  }

  async apply(changes: readonly CopyChange[], progress: Progress): Promise<void> {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      for (const change of changes) this.#make(change);
      this.#note(progress);
      this.#db.exec('COMMIT');
    } catch (cause) {
      this.#db.exec('ROLLBACK');
      throw cause;
    }
  }

  async sealed(): Promise<ReadonlyMap<string, string>> {
    return new Map(this.#rows<EntryRow>('SELECT key, value FROM entry WHERE sealed = 1').map(({ key, value }) => [key, value]));
  }

  async keys(): Promise<readonly string[]> {
    return this.#rows<EntryRow>('SELECT key FROM entry').map(({ key }) => key);
  }

  async item(key: string): Promise<FeedItem | undefined> {
    const [row] = this.#rows<EntryRow>('SELECT key, value FROM entry WHERE sealed = 0 AND key = ?', key);
    return row && itemOf(row);
  }

  async items(): Promise<readonly FeedItem[]> {
    return this.#rows<EntryRow>('SELECT key, value FROM entry WHERE sealed = 0 ORDER BY key').map(itemOf);
  }

  close(): void {
    this.#db.close();
  }

  #make(change: CopyChange): void {
    if ('removed' in change) {
      this.#db.prepare('DELETE FROM entry WHERE key = ?').run(change.key);
      return;
    }
    const [sealed, value] = 'sealed' in change ? [1, change.sealed] : [0, JSON.stringify(change.item)];
    this.#db.prepare('INSERT OR REPLACE INTO entry (key, sealed, value) VALUES (?, ?, ?)').run(change.key, sealed, value);
  }

  #topic(): Pick<Progress, 'topicId'> {
    const [topic] = this.#rows<{ readonly id: string }>('SELECT id FROM topic');
    return topic === undefined ? {} : { topicId: topic.id };
  }

  #note({ place, at, topicId }: Progress): void {
    if (isAnotherTopic(this.#topic().topicId, topicId)) this.#db.exec('DELETE FROM place');
    if (topicId !== undefined) this.#db.prepare('INSERT OR REPLACE INTO topic (only_row, id) VALUES (1, ?)').run(topicId);
    for (const [partition, next] of place)
      this.#db.prepare('INSERT OR REPLACE INTO place (partition, next) VALUES (?, ?)').run(partition, next);
    this.#db.prepare('INSERT OR REPLACE INTO progress (id, at) VALUES (1, ?)').run(at);
  }

  /** Of the tables above: their columns have these types. */
  #rows<Row>(sql: string, ...values: readonly string[]): readonly Row[] {
    return this.#db.prepare(sql).all(...values) as unknown as readonly Row[];
  }
}

const itemOf = ({ value }: EntryRow): FeedItem => JSON.parse(value) as FeedItem;
