// The tables of the ledger of feeds: a row a thing on a partner's feed, so that a round writes what it changes and no more.
import type { DatabaseSync } from 'node:sqlite';
import { transaction } from '#sqlite';
import type { LearnerFeeds, LearnerLine, LedgerFeed } from '../feed/index.ts';

/**
 * Learners are named by the broker's random ids. Of what is on a feed `thing` is a revision, the id of a notice, or, with an `id`, the name
 * of a duty; without a token it is not known in which form the recipient has it, if at all. What is on its way stands in `sendings`,
 * together, and not in a row each.
 */
const TABLES = `CREATE TABLE IF NOT EXISTS reached (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), position INTEGER NOT NULL, generation INTEGER NOT NULL, terms TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS learners (learner TEXT PRIMARY KEY, generation INTEGER NOT NULL, due INTEGER, sketch TEXT) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS learners_generation ON learners (generation);
  CREATE INDEX IF NOT EXISTS learners_due ON learners (due) WHERE due IS NOT NULL;
  CREATE TABLE IF NOT EXISTS places (place INTEGER PRIMARY KEY, learner TEXT NOT NULL, recipient TEXT NOT NULL, UNIQUE (learner, recipient));
  CREATE INDEX IF NOT EXISTS places_recipient ON places (recipient);
  CREATE TABLE IF NOT EXISTS things (place INTEGER, thing, id TEXT, token TEXT, PRIMARY KEY (place, thing)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS things_unsettled ON things (place) WHERE token IS NULL;
  CREATE TABLE IF NOT EXISTS sendings (lines TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS announced (recipient TEXT, kid TEXT, epoch TEXT NOT NULL, wrapped_for TEXT NOT NULL, PRIMARY KEY (recipient, kid)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS surveyed (recipient TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS identities (recipient TEXT PRIMARY KEY, feed_id TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS strays (recipient TEXT, feed_key TEXT, PRIMARY KEY (recipient, feed_key)) WITHOUT ROWID;
  INSERT OR IGNORE INTO reached VALUES (1, 0, 1, '')`;

// What is asked of them, and done to them.

export const RECOVER =
  'UPDATE learners SET generation = 0 WHERE learner IN (SELECT learner FROM places JOIN things USING (place) WHERE token IS NULL)';
export const START_OVER = `DELETE FROM learners; DELETE FROM sendings; DELETE FROM things; DELETE FROM places; DELETE FROM announced; DELETE FROM surveyed; DELETE FROM strays; DELETE FROM identities;
  UPDATE reached SET position = 0, generation = 1, terms = ''`;
export const OF_RECIPIENT = ['places', 'announced', 'surveyed', 'strays'] as const;
export const FEEDS = 'SELECT recipient, thing, id, token FROM places JOIN things USING (place) WHERE learner = ? ORDER BY recipient, thing';
export const PUT =
  'INSERT INTO things VALUES (?, ?, ?, ?) ON CONFLICT (place, thing) DO UPDATE SET id = excluded.id, token = excluded.token';
export const PLACE = 'SELECT place FROM places WHERE learner = ? AND recipient = ?';
export const NEW_PLACE = 'INSERT INTO places (learner, recipient) VALUES (?, ?)';
export const REMOVE = 'DELETE FROM things WHERE thing = ? AND place = (SELECT place FROM places WHERE learner = ? AND recipient = ?)';
export const REMOVE_EMPTY =
  'DELETE FROM places WHERE learner = ? AND recipient = ? AND NOT EXISTS (SELECT 1 FROM things WHERE things.place = places.place)';
export const BEHIND = 'SELECT learner, generation, due, sketch FROM learners WHERE generation < ? LIMIT ?';
export const ENTER_LEARNER = `INSERT INTO learners (learner, generation, due, sketch) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET generation = excluded.generation, due = excluded.due, sketch = excluded.sketch
  WHERE generation <> excluded.generation OR due IS NOT excluded.due OR sketch IS NOT excluded.sketch`;

// What is read of them, and written.

export interface ThingRow {
  readonly recipient: string;
  readonly thing: number | string;
  readonly id: string | null;
  readonly token: string | null;
}

export const feedsIn = (rows: readonly ThingRow[]): LearnerFeeds => {
  const feeds: LearnerFeeds = new Map();
  for (const { recipient, thing, id, token } of rows) {
    const feed: LedgerFeed = feeds.get(recipient) ?? { items: new Map(), notices: new Map(), duties: new Map() };
    feeds.set(recipient, feed);
    const sent = token === null ? {} : { token };
    if (typeof thing === 'number') feed.items.set(thing, { id: id ?? '', ...sent });
    else if (id === null) feed.notices.set(thing, sent);
    else feed.duties.set(thing, { id, ...sent });
  }
  return feeds;
};

export interface LearnerRow {
  readonly learner: string;
  readonly generation: number;
  readonly due: number | null;
  /** As JSON. */
  readonly sketch: string | null;
}

export const linesIn = (rows: readonly LearnerRow[]): readonly LearnerLine[] =>
  rows.map(({ learner, generation, due, sketch }) => ({
    learner,
    generation,
    due: due ?? undefined,
    sketch: sketch === null ? undefined : (JSON.parse(sketch) as LearnerLine['sketch']),
  }));

export const rowOf = ({ learner, generation, due, sketch }: LearnerLine): readonly (string | number | null)[] => [
  learner,
  generation,
  due ?? null,
  sketch ? JSON.stringify(sketch) : null,
];

export const createTables = (db: DatabaseSync): void => {
  db.exec(TABLES);
  const has = (schema: string): boolean => db.prepare(`SELECT 1 FROM ${schema}`).get() !== undefined;
  if (has("sqlite_schema WHERE name = 'feeds'")) transaction(db, () => takeOver(db));
  if (!has("pragma_table_info('learners') WHERE name = 'sketch'")) db.exec('ALTER TABLE learners ADD COLUMN sketch TEXT');
};

// In older files all that a partner holds of a learner is one text, with a line for each thing.

const UNKNOWN = '-';
const NOTICE = 'n';

const takeOver = (db: DatabaseSync): void => {
  const place = db.prepare('INSERT INTO places (learner, recipient) VALUES (?, ?)');
  const thing = db.prepare('INSERT INTO things VALUES (?, ?, ?, ?)');
  for (const { learner, recipient, items } of db.prepare('SELECT learner, recipient, items FROM feeds').iterate()) {
    const { lastInsertRowid } = place.run(String(learner), String(recipient));
    for (const line of String(items).split('\n')) {
      const [first = '', second = '', token = UNKNOWN] = line.split(' ');
      const [name, id] = first === NOTICE ? [second, null] : [Number(first), second];
      thing.run(lastInsertRowid, name, id, token === UNKNOWN ? null : token);
    }
  }
  db.exec('DROP TABLE feeds');
};
