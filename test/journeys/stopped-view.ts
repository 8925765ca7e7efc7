// A view of a broker that stops for good, as on a disk that lost a part of its file: from now on none of its rows is stored.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A broker is in the midst of writing them at times. */
const PATIENCE_MS = 10_000;

/** It stops at the first event of which it makes rows. Throws where there is no such view. */
export const breakView = (data: string, view: string): void => {
  const db = new DatabaseSync(join(data, 'views.sqlite'), { timeout: PATIENCE_MS });
  try {
    const named = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB ?");
    const tables = named.all(`${view.replaceAll('-', '_')}__[0-9]*`) as { readonly name: string }[];
    if (tables.length === 0) throw new Error(`There is no view ${view}.`);
    for (const { name } of tables)
      db.exec(`CREATE TRIGGER "broken_${name}" BEFORE INSERT ON "${name}" BEGIN SELECT RAISE(ABORT, 'a part of the file is lost'); END`);
  } finally {
    db.close();
  }
};
