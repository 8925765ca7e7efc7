// The ledger of feeds in a SQLite file of its own: what is written is on disk (WAL, synchronous=FULL) before anything is sent.
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { FileMark, type LogWitness } from '#custody';
import type { AgencySlug, Instant, LearnerId, Position } from '#kernel';
import {
  type AnnouncedKey,
  type FeedKeyName,
  type FeedLedger,
  FeedLedgerInUse,
  type FeedLine,
  type LearnerFeeds,
  type LedgerEntry,
  type Terms,
} from '../feed/index.ts';
import { isEmpty, isUnsettled, ledgerFeed, ledgerText } from './ledger-text.ts';

/** The file is locked as long as it is open, since feeds have one sender. Learners are named by the broker's random ids. */
const SETTINGS =
  'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 4194304';
const SCHEMA = `CREATE TABLE IF NOT EXISTS reached (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), position INTEGER NOT NULL, generation INTEGER NOT NULL, terms TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS learners (learner TEXT PRIMARY KEY, generation INTEGER NOT NULL, due INTEGER) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS learners_generation ON learners (generation);
  CREATE INDEX IF NOT EXISTS learners_due ON learners (due) WHERE due IS NOT NULL;
  CREATE TABLE IF NOT EXISTS feeds (learner TEXT, recipient TEXT, items TEXT NOT NULL, unsettled INTEGER NOT NULL, PRIMARY KEY (learner, recipient)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS feeds_recipient ON feeds (recipient);
  CREATE INDEX IF NOT EXISTS feeds_unsettled ON feeds (learner) WHERE unsettled = 1;
  CREATE TABLE IF NOT EXISTS announced (recipient TEXT, kid TEXT, epoch TEXT NOT NULL, wrapped_for TEXT NOT NULL, PRIMARY KEY (recipient, kid)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS surveyed (recipient TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS identities (recipient TEXT PRIMARY KEY, feed_id TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS strays (recipient TEXT, feed_key TEXT, PRIMARY KEY (recipient, feed_key)) WITHOUT ROWID;
  INSERT OR IGNORE INTO reached VALUES (1, 0, 1, '')`;
const RECOVER = 'UPDATE learners SET generation = 0 WHERE learner IN (SELECT learner FROM feeds WHERE unsettled = 1)';
const START_OVER = `DELETE FROM learners; DELETE FROM feeds; DELETE FROM announced; DELETE FROM surveyed; DELETE FROM strays; DELETE FROM identities;
  UPDATE reached SET position = 0, generation = 1, terms = ''`;
const OF_RECIPIENT = ['feeds', 'announced', 'surveyed', 'strays'] as const;
const SQLITE_BUSY = 5;

const isBusy = (cause: unknown): boolean =>
  typeof cause === 'object' && cause !== null && 'errcode' in cause && cause.errcode === SQLITE_BUSY;

export class SqliteFeedLedger implements FeedLedger {
  readonly #db: DatabaseSync;
  readonly #mark: FileMark;
  readonly #statements = new Map<string, StatementSync>();
  #hasStrays: boolean;
  position: Position;
  terms: Terms;

  /** `log`: the one that it is marked as belonging to. Throws `FeedLedgerInUse` while another process has it open. */
  static open(file: string, log?: LogWitness): SqliteFeedLedger {
    closeSync(openSync(file, 'a', 0o600)); // SQLite gives its other files the mode of this one
    const db = new DatabaseSync(file);
    try {
      db.exec(SETTINGS);
      const mark = new FileMark(db, file, log);
      db.exec(SCHEMA);
      return new SqliteFeedLedger(db, mark);
    } catch (cause) {
      db.close();
      if (isBusy(cause)) throw new FeedLedgerInUse('Another process sends the feeds of this data directory.', { cause });
      throw cause;
    }
  }

  private constructor(db: DatabaseSync, mark: FileMark) {
    this.#db = db;
    this.#mark = mark;
    const { position, generation, terms } = this.#rows<{ position: number; generation: number; terms: string }>(
      'SELECT * FROM reached',
    )[0] ?? { position: 0, generation: 1, terms: '' };
    this.position = position;
    this.terms = { generation, digest: terms };
    this.#hasStrays = this.strays(1).length > 0;
  }

  feedsOf(learner: LearnerId): LearnerFeeds {
    const rows = this.#rows<{ recipient: string; items: string }>('SELECT recipient, items FROM feeds WHERE learner = ?', learner);
    return new Map(rows.map(({ recipient, items }) => [recipient, ledgerFeed(items)]));
  }

  write(entry: LedgerEntry): void {
    this.#change(() => this.#enter(entry));
    this.#keep(entry);
  }

  note(entry: LedgerEntry): void {
    this.#db.exec('PRAGMA synchronous = NORMAL');
    try {
      // The log cannot count on what a power cut may undo.
      this.#transaction(() => this.#enter(entry));
    } finally {
      this.#db.exec('PRAGMA synchronous = FULL');
    }
    this.#keep(entry);
  }

  recover(): void {
    this.#change(() => this.#db.exec(RECOVER));
  }

  behind(limit: number): readonly LearnerId[] {
    return this.#learners('SELECT learner FROM learners WHERE generation < ? LIMIT ?', this.terms.generation, limit);
  }

  dueBy(now: Instant, limit: number): readonly LearnerId[] {
    return this.#learners('SELECT learner FROM learners WHERE due <= ? ORDER BY due LIMIT ?', now, limit);
  }

  nextDue(): Instant | undefined {
    return this.#rows<{ due: number }>('SELECT due FROM learners WHERE due IS NOT NULL ORDER BY due LIMIT 1')[0]?.due;
  }

  announced(): readonly AnnouncedKey[] {
    return this.#rows<{ recipient: string; kid: string; epoch: string; wrapped_for: string }>(
      'SELECT * FROM announced ORDER BY recipient, epoch',
    ).map(({ wrapped_for: wrappedFor, ...key }) => ({ ...key, wrappedFor }));
  }

  holdsAnything(recipient: AgencySlug): boolean {
    return this.#rows('SELECT 1 FROM feeds WHERE recipient = ? LIMIT 1', recipient).length > 0;
  }

  surveyed(): ReadonlySet<AgencySlug> {
    return new Set(this.#rows<{ recipient: string }>('SELECT recipient FROM surveyed').map(({ recipient }) => recipient));
  }

  survey(recipient: AgencySlug, keys: readonly string[]): void {
    this.#change(() => {
      for (const key of keys) this.#run('INSERT OR IGNORE INTO strays VALUES (?, ?)', recipient, key);
      this.#run('INSERT OR IGNORE INTO surveyed VALUES (?)', recipient);
    });
    this.#hasStrays ||= keys.length > 0;
  }

  strays(limit: number): readonly FeedKeyName[] {
    return this.#rows<{ recipient: string; feed_key: string }>('SELECT recipient, feed_key FROM strays LIMIT ?', limit).map(
      ({ recipient, feed_key: key }) => ({ recipient, key }),
    );
  }

  feedIds(): ReadonlyMap<AgencySlug, string> {
    return new Map(
      this.#rows<{ recipient: string; feed_id: string }>('SELECT * FROM identities').map(({ recipient, feed_id: id }) => [recipient, id]),
    );
  }

  identify(recipient: AgencySlug, id: string): void {
    const isAnother = this.#rows('SELECT 1 FROM identities WHERE recipient = ? AND feed_id <> ?', recipient, id).length > 0;
    this.#transaction(() => {
      this.#run('INSERT OR REPLACE INTO identities VALUES (?, ?)', recipient, id);
      if (!isAnother) return;
      for (const table of OF_RECIPIENT) this.#run(`DELETE FROM ${table} WHERE recipient = ?`, recipient);
      this.#run('UPDATE learners SET generation = 0');
    });
    this.#hasStrays = this.strays(1).length > 0;
  }

  startOver(): void {
    this.#change(() => this.#db.exec(START_OVER));
    this.position = 0;
    this.terms = { generation: 1, digest: '' };
    this.#hasStrays = false;
  }

  close(): void {
    this.#mark.end();
    this.#db.close();
  }

  #enter({ position, terms, ...lines }: LedgerEntry): void {
    if (position !== undefined) this.#run('UPDATE reached SET position = ?', position);
    if (terms) this.#run('UPDATE reached SET generation = ?, terms = ?', terms.generation, terms.digest);
    lines.learners?.forEach(({ learner, generation, due }) => this.#enterLearner(learner, generation, due ?? null));
    lines.feeds?.forEach((line) => this.#enterFeed(line));
    this.#enterKeys(lines);
  }

  #enterKeys({ announced, revoked, found }: LedgerEntry): void {
    announced?.forEach(({ recipient, kid, epoch, wrappedFor }) =>
      this.#run('INSERT OR REPLACE INTO announced VALUES (?, ?, ?, ?)', recipient, kid, epoch, wrappedFor),
    );
    revoked?.forEach(({ recipient, kid }) => this.#run('DELETE FROM announced WHERE recipient = ? AND kid = ?', recipient, kid));
    if (this.#hasStrays)
      found?.forEach(({ recipient, key }) => this.#run('DELETE FROM strays WHERE recipient = ? AND feed_key = ?', recipient, key));
  }

  #enterLearner(learner: LearnerId, generation: number, due: Instant | null): void {
    const changed =
      'ON CONFLICT DO UPDATE SET generation = excluded.generation, due = excluded.due WHERE generation <> excluded.generation OR due IS NOT excluded.due';
    this.#run(`INSERT INTO learners VALUES (?, ?, ?) ${changed}`, learner, generation, due);
  }

  #enterFeed({ learner, recipient, feed }: FeedLine): void {
    if (isEmpty(feed)) this.#run('DELETE FROM feeds WHERE learner = ? AND recipient = ?', learner, recipient);
    else this.#run('INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?)', learner, recipient, ledgerText(feed), Number(isUnsettled(feed)));
  }

  #keep({ position, terms, found = [] }: LedgerEntry): void {
    this.position = position ?? this.position;
    this.terms = terms ?? this.terms;
    if (this.#hasStrays && found.length > 0) this.#hasStrays = this.strays(1).length > 0;
  }

  #learners(sql: string, ...values: readonly SQLInputValue[]): readonly LearnerId[] {
    return this.#rows<{ learner: string }>(sql, ...values).map(({ learner }) => learner);
  }

  #rows<Row>(sql: string, ...values: readonly SQLInputValue[]): readonly Row[] {
    return this.#statement(sql).all(...values) as unknown as readonly Row[];
  }

  #run(sql: string, ...values: readonly SQLInputValue[]): void {
    this.#statement(sql).run(...values);
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const made = this.#db.prepare(sql);
    this.#statements.set(sql, made);
    return made;
  }

  /** One that the log counts on. */
  #change(work: () => void): void {
    this.#transaction(() => {
      work();
      this.#mark.count();
    });
  }

  #transaction(work: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#db.exec('COMMIT');
    } catch (cause) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw cause;
    }
  }
}
