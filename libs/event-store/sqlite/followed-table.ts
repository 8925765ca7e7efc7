// Of a replica: which stream of which server's log it follows, and how far. Changed in the transactions that take in what was followed.
import { randomUUID } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** An entry of the followed stream: its revision there, and its id. */
export interface FollowedPlace {
  readonly revision: number;
  readonly id: string;
}

/** What a file is to be the replica of. */
export interface ReplicaOf {
  /** The log's id. */
  readonly log: string;
  readonly stream: string;
  /** Where a new replica begins: the entry that begins the log. */
  readonly begin: FollowedPlace;
}

const TABLE = `CREATE TABLE followed (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1), stream TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL) STRICT`;

export const isReplica = (db: DatabaseSync): boolean =>
  db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'followed'").get() !== undefined;

/** The followed stream; undefined: the file is no replica. */
export const followedIn = (db: DatabaseSync): string | undefined =>
  isReplica(db) ? String(db.prepare('SELECT stream FROM followed').get()?.['stream']) : undefined;

export const createFollowed = (db: DatabaseSync, { stream, begin }: ReplicaOf): void => {
  db.exec(TABLE);
  db.prepare('INSERT INTO followed VALUES (1, ?, ?, ?)').run(stream, begin.revision, begin.id);
};

/** A name for the node: all processes that share the file. It is no part of the log, so that a replica made anew is another node's. */
export const nameNode = (db: DatabaseSync): void => {
  db.exec('CREATE TABLE IF NOT EXISTS node (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), name TEXT NOT NULL) STRICT');
  db.prepare('INSERT OR IGNORE INTO node VALUES (1, ?)').run(randomUUID());
};

export class FollowedTable {
  readonly #db: DatabaseSync;
  readonly #read: StatementSync;
  readonly #write: StatementSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#read = db.prepare('SELECT revision, id FROM followed');
    this.#write = db.prepare('UPDATE followed SET revision = ?, id = ?');
  }

  /** The node's name. */
  get node(): string {
    return String(this.#db.prepare('SELECT name FROM node').get()?.['name']);
  }

  get place(): FollowedPlace {
    return this.#read.get() as unknown as FollowedPlace;
  }

  set place({ revision, id }: FollowedPlace) {
    this.#write.run(revision, id);
  }
}
