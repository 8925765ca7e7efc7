// The mark that a file beside the log carries: whose it is, how far that log went when the file last changed, and how often it changed.
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Position } from '#kernel';
import { openFile } from '#sqlite';

// What the files of a data directory can know of the log that they belong to (ADR 0019).

/** How far a log goes: its identity, the position of its last event, and that event's leaf hash. */
export interface LogMark {
  /** Random, made with the log. */
  readonly log: string;
  readonly position: Position;
  /** base64url; empty at position 0. */
  readonly leaf: string;
}

/** The log as the files beside it know it. Files are named as in the data directory. */
export interface LogWitness {
  /** As far as this process has taken it in. */
  mark(): LogMark;
  /** The leaf hash of an event (base64url); empty for position 0, undefined where the log does not reach that far. */
  leafAt(position: Position): string | undefined;
  /** How many changes of a file the log counts on; 0: it never heard of it. */
  countedOn(file: string): number;
  /** From now on each commit of the log notes how many changes the file has. */
  accompany(file: string, changes: () => number): void;
}

export interface FileState extends LogMark {
  /** Grows with every change that the log counts on. */
  readonly changes: number;
}

const TABLE = `CREATE TABLE custody (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1), log TEXT NOT NULL, position INTEGER NOT NULL, leaf TEXT NOT NULL, changes INTEGER NOT NULL) STRICT`;
const COLUMNS = 'log, position, leaf, changes';
const READ = `SELECT ${COLUMNS} FROM custody`;
/** It never goes back: another process may have seen more of the log. */
const FURTHER = 'leaf = CASE WHEN position < ?1 THEN ?2 ELSE leaf END, position = max(position, ?1)';

/** In a file that is open. Without a witness nothing is marked. */
export class FileMark {
  readonly #log: LogWitness | undefined;
  readonly #count: StatementSync | undefined;
  readonly #remember: StatementSync | undefined;
  readonly #read: StatementSync | undefined;
  #changes = 0;
  /** There may be more changes in the file by now. */
  #outdated = true;

  /** To be made before the file gets its first table: a blank file becomes one of this log, with all changes that the log counts on. */
  constructor(db: DatabaseSync, file: string, log: LogWitness | undefined) {
    this.#log = log;
    if (!log) return;
    markBlank(db, { ...log.mark(), changes: log.countedOn(basename(file)) });
    this.#count = db.prepare(`UPDATE custody SET changes = changes + 1, ${FURTHER}`);
    this.#remember = db.prepare(`UPDATE custody SET ${FURTHER} WHERE position < ?1`);
    this.#read = db.prepare(READ);
    log.accompany(basename(file), () => this.#committed());
  }

  /** Within the transaction of a change that the log is to count on. */
  count(): void {
    this.#run(this.#count);
    this.#outdated = true;
  }

  /** How far the log goes by now; within any transaction, or on its own. */
  remember(): void {
    this.#run(this.#remember);
  }

  /** Other processes changed the file. */
  outdate(): void {
    this.#outdated = true;
  }

  /** Before the file is closed. On a full disk it remembers less, which harms nobody. */
  end(): void {
    try {
      this.remember();
      this.#committed();
    } catch {
      // What it remembered before stands.
    }
    this.#outdated = false;
  }

  /** Read anew, so that a change that was rolled back does not count. */
  #committed(): number {
    if (!this.#outdated || !this.#read) return this.#changes;
    this.#changes = Number(this.#read.get()?.['changes']);
    this.#outdated = false;
    return this.#changes;
  }

  #run(statement: StatementSync | undefined): void {
    if (!this.#log || !statement) return;
    const { position, leaf } = this.#log.mark();
    statement.run(position, leaf);
  }
}

const markBlank = (db: DatabaseSync, { log, position, leaf, changes }: FileState): void => {
  db.exec('BEGIN IMMEDIATE');
  // Two processes may have found it blank at the same time.
  if (isBlank(db)) {
    db.exec(TABLE);
    db.prepare(`INSERT INTO custody VALUES (1, ?, ?, ?, ?)`).run(log, position, leaf, changes);
  }
  db.exec('COMMIT');
};

const isBlank = (db: DatabaseSync): boolean => db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;

const stateIn = (db: DatabaseSync): FileState | undefined => {
  const marked = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'custody'").get() !== undefined;
  return marked ? (db.prepare(READ).get() as unknown as FileState | undefined) : undefined;
};

/**
 * `absent`: there is no file, or nothing in it; `unmarked`: it says of no log that it belongs to it;
 * `unreadable`: locked or damaged, which whoever opens it tells.
 */
export type Found = FileState | 'absent' | 'unmarked' | 'unreadable';

/** What a file says of itself; it is left as it is. */
export const lookInto = (path: string): Found => {
  if (!existsSync(path)) return 'absent';
  try {
    return readMark(path);
  } catch {
    return 'unreadable';
  }
};

const readMark = (path: string): Found => {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return isBlank(db) ? 'absent' : (stateIn(db) ?? 'unmarked');
  } finally {
    db.close();
  }
};

// How a file beside the log is opened: marked as that log's before it gets its first table.

export interface MarkedFile {
  readonly db: DatabaseSync;
  readonly mark: FileMark;
}

export interface Preparing {
  /** What holds for the connection, or must be said of a blank file. */
  readonly settings: (db: DatabaseSync) => void;
  readonly schema: (db: DatabaseSync) => void;
}

/** Closes it again where that throws. Without `log` nothing is marked. */
export const openMarked = (file: string, log: LogWitness | undefined, { settings, schema }: Preparing): MarkedFile => {
  const marks: FileMark[] = [];
  const db = openFile(file, (opened) => {
    settings(opened);
    marks.push(new FileMark(opened, file, log));
    schema(opened);
  });
  return { db, mark: marks[0] as FileMark };
};
