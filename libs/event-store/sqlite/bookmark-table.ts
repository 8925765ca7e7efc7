// Bookmarks: a table beside the log, changed in the transaction of the append that names them.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Bookmark, EventStoreError } from '../event-store.ts';
import { bookmarkFaultOf } from '../write-validity.ts';

/** No character comes after it, so it ends a range of names. */
const LAST = '\u{10ffff}';

export class BookmarkTable {
  readonly #find: StatementSync;
  readonly #range: StatementSync;
  readonly #put: StatementSync;
  readonly #remove: StatementSync;

  constructor(db: DatabaseSync) {
    this.#find = db.prepare('SELECT value FROM bookmarks WHERE name = ?');
    this.#range = db.prepare('SELECT name, value FROM bookmarks WHERE name >= ? AND name < ? ORDER BY name');
    this.#put = db.prepare('INSERT INTO bookmarks (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value');
    this.#remove = db.prepare('DELETE FROM bookmarks WHERE name = ?');
  }

  find(name: string): string | undefined {
    return this.#find.get(name)?.['value'] as string | undefined;
  }

  startingWith(prefix: string): ReadonlyMap<string, string> {
    return new Map(this.#range.all(prefix, prefix + LAST).map(({ name, value }) => [name as string, value as string]));
  }

  change(bookmarks: readonly Bookmark[]): void {
    for (const { name, value } of bookmarks) {
      if (value === undefined) this.#remove.run(name);
      else this.#put.run(name, value);
    }
  }
}

/** Why these bookmarks may not be changed, as they stand; undefined: they may. */
export const judgeBookmarks = (table: Pick<BookmarkTable, 'find'>, bookmarks: readonly Bookmark[]): Error | undefined => {
  const fault = bookmarkFaultOf(bookmarks);
  if (fault) return fault;
  const wrong = bookmarks.findIndex(({ name, expected }) => expected !== undefined && (table.find(name) ?? null) !== expected);
  if (wrong < 0) return undefined;
  return new EventStoreError(
    'wrong-bookmark',
    `Bookmark ${wrong + 1} of ${bookmarks.length} is not what was expected: another writer was first.`,
  );
};
