// The ledger of feeds in a SQLite file of its own: what is written is on disk (WAL, synchronous=FULL) before anything is sent.
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { FileMark, type LogWitness } from '#custody';
import { type AgencySlug, type Instant, type LearnerId, StorageError } from '#kernel';
import { storageFailureOf, transaction, troubleOf } from '#sqlite';
import {
  type AnnouncedKey,
  type FeedKeyName,
  type FeedLedger,
  FeedLedgerInUse,
  type LearnerFeeds,
  type LearnerLine,
  type LedgerEntry,
  type LedgerReached,
} from '../feed/index.ts';
import { BEHIND, createTables, ENTER_LEARNER, type LearnerRow, linesIn, OF_RECIPIENT, rowOf, START_OVER } from './ledger-schema.ts';
import { Statements, ThingRows } from './thing-rows.ts';

/** The file is locked as long as it is open, since feeds have one sender. */
const SETTINGS =
  'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 4194304';

export class SqliteFeedLedger implements FeedLedger {
  readonly #db: DatabaseSync;
  readonly #mark: FileMark;
  readonly #statements: Statements;
  readonly #things: ThingRows;
  #hasStrays: boolean;

  /** `log`: the one that it is marked as belonging to. Throws `FeedLedgerInUse` while another process has it open. */
  static open(file: string, log?: LogWitness): SqliteFeedLedger {
    closeSync(openSync(file, 'a', 0o600)); // SQLite gives its other files the mode of this one
    const db = new DatabaseSync(file);
    try {
      db.exec(SETTINGS);
      const mark = new FileMark(db, file, log);
      createTables(db);
      return new SqliteFeedLedger(db, mark);
    } catch (cause) {
      db.close();
      if (troubleOf(cause) === 'busy') throw new FeedLedgerInUse('Another process sends the feeds of this data directory.', { cause });
      throw cause;
    }
  }

  private constructor(db: DatabaseSync, mark: FileMark) {
    this.#db = db;
    this.#mark = mark;
    this.#statements = new Statements(db);
    this.#things = new ThingRows(this.#statements);
    this.#hasStrays = this.#anyStrays();
  }

  async recover(): Promise<LedgerReached> {
    return this.#change(() => {
      this.#things.recover();
      return this.#reached();
    });
  }

  async feedsOf(learner: LearnerId): Promise<LearnerFeeds> {
    return this.#whole(() => {
      this.#settle();
      return this.#things.of(learner);
    });
  }

  async write(entry: LedgerEntry): Promise<void> {
    this.#change(() => this.#enter(entry));
  }

  async note(entry: LedgerEntry): Promise<void> {
    this.#whole(() => {
      this.#db.exec('PRAGMA synchronous = NORMAL');
      try {
        // The log cannot count on what a power cut may undo.
        transaction(this.#db, () => this.#enter(entry));
      } finally {
        this.#db.exec('PRAGMA synchronous = FULL');
      }
    });
  }

  async behind(generation: number, limit: number): Promise<readonly LearnerLine[]> {
    return linesIn(this.#rows<LearnerRow>(BEHIND, generation, limit));
  }

  async dueBy(now: Instant, limit: number): Promise<readonly LearnerId[]> {
    return this.#learners('SELECT learner FROM learners WHERE due <= ? ORDER BY due LIMIT ?', now, limit);
  }

  async nextDue(): Promise<Instant | undefined> {
    return this.#rows<{ due: number }>('SELECT due FROM learners WHERE due IS NOT NULL ORDER BY due LIMIT 1')[0]?.due;
  }

  async announced(): Promise<readonly AnnouncedKey[]> {
    return this.#rows<{ recipient: string; kid: string; epoch: string; wrapped_for: string }>(
      'SELECT * FROM announced ORDER BY recipient, epoch',
    ).map(({ wrapped_for: wrappedFor, ...key }) => ({ ...key, wrappedFor }));
  }

  async holdsAnything(recipient: AgencySlug): Promise<boolean> {
    this.#whole(() => this.#settle());
    return this.#rows('SELECT 1 FROM places WHERE recipient = ? LIMIT 1', recipient).length > 0;
  }

  async surveyed(): Promise<ReadonlySet<AgencySlug>> {
    return new Set(this.#rows<{ recipient: string }>('SELECT recipient FROM surveyed').map(({ recipient }) => recipient));
  }

  async survey(recipient: AgencySlug, keys: readonly string[]): Promise<void> {
    this.#change(() => {
      for (const key of keys) this.#run('INSERT OR IGNORE INTO strays VALUES (?, ?)', recipient, key);
      this.#run('INSERT OR IGNORE INTO surveyed VALUES (?)', recipient);
    });
    this.#hasStrays ||= keys.length > 0;
  }

  async strays(limit: number): Promise<readonly FeedKeyName[]> {
    return this.#rows<{ recipient: string; feed_key: string }>('SELECT recipient, feed_key FROM strays LIMIT ?', limit).map(
      ({ recipient, feed_key: key }) => ({ recipient, key }),
    );
  }

  async feedIds(): Promise<ReadonlyMap<AgencySlug, string>> {
    return new Map(
      this.#rows<{ recipient: string; feed_id: string }>('SELECT * FROM identities').map(({ recipient, feed_id: id }) => [recipient, id]),
    );
  }

  async identify(recipient: AgencySlug, id: string): Promise<void> {
    this.#change(() => {
      const isAnother = this.#rows('SELECT 1 FROM identities WHERE recipient = ? AND feed_id <> ?', recipient, id).length > 0;
      this.#run('INSERT OR REPLACE INTO identities VALUES (?, ?)', recipient, id);
      if (!isAnother) return;
      this.#things.settle();
      this.#things.forget();
      this.#run('DELETE FROM things WHERE place IN (SELECT place FROM places WHERE recipient = ?)', recipient);
      for (const table of OF_RECIPIENT) this.#run(`DELETE FROM ${table} WHERE recipient = ?`, recipient);
      this.#run('UPDATE learners SET generation = 0');
    });
    this.#hasStrays = this.#anyStrays();
  }

  async startOver(): Promise<LedgerReached> {
    const reached = this.#change(() => {
      this.#db.exec(START_OVER);
      this.#things.forget();
      return this.#reached();
    });
    this.#hasStrays = false;
    return reached;
  }

  async close(): Promise<void> {
    if (!this.#db.isOpen) return;
    this.#settleLast();
    this.#mark.end();
    this.#db.close();
  }

  #reached(): LedgerReached {
    const [row] = this.#rows<{ position: number; generation: number; terms: string }>('SELECT * FROM reached');
    const { position = 0, generation = 1, terms: digest = '' } = row ?? {};
    return { position, terms: { generation, digest } };
  }

  #enter({ position, terms, learners, feeds, ...keys }: LedgerEntry): void {
    if (position !== undefined) this.#run('UPDATE reached SET position = ?', position);
    if (terms) this.#run('UPDATE reached SET generation = ?, terms = ?', terms.generation, terms.digest);
    learners?.forEach((line) => this.#run(ENTER_LEARNER, ...rowOf(line)));
    if (feeds) this.#things.enter(feeds);
    this.#enterKeys(keys);
  }

  #enterKeys({ announced, revoked, found = [] }: LedgerEntry): void {
    announced?.forEach(({ recipient, kid, epoch, wrappedFor }) =>
      this.#run('INSERT OR REPLACE INTO announced VALUES (?, ?, ?, ?)', recipient, kid, epoch, wrappedFor),
    );
    revoked?.forEach(({ recipient, kid }) => this.#run('DELETE FROM announced WHERE recipient = ? AND kid = ?', recipient, kid));
    if (!this.#hasStrays || found.length === 0) return;
    found.forEach(({ recipient, key }) => this.#run('DELETE FROM strays WHERE recipient = ? AND feed_key = ?', recipient, key));
    this.#hasStrays = this.#anyStrays();
  }

  /** Where it cannot be written any more, whoever recovers it does so. */
  #settleLast(): void {
    try {
      this.#settle();
    } catch (cause) {
      if (!troubleOf(cause)) throw cause;
    }
  }

  /** Between rounds nothing is under way, but for what a recipient did not take. */
  #settle(): void {
    if (this.#things.isUnderway) transaction(this.#db, () => this.#things.settle());
  }

  #anyStrays(): boolean {
    return this.#rows('SELECT 1 FROM strays LIMIT 1').length > 0;
  }

  #learners(sql: string, ...values: readonly SQLInputValue[]): readonly LearnerId[] {
    return this.#rows<{ learner: string }>(sql, ...values).map(({ learner }) => learner);
  }

  #rows<One>(sql: string, ...values: readonly SQLInputValue[]): readonly One[] {
    return this.#whole(() => this.#statements.rows<One>(sql, ...values));
  }

  #run(sql: string, ...values: readonly SQLInputValue[]): void {
    this.#statements.run(sql, ...values);
  }

  /** One that the log counts on. */
  #change<T>(work: () => T): T {
    return this.#whole(() =>
      transaction(this.#db, () => {
        const made = work();
        this.#mark.count();
        return made;
      }),
    );
  }

  #whole<T>(work: () => T): T {
    if (!this.#db.isOpen) throw new StorageError('unavailable', 'The ledger of feeds is closed.');
    try {
      return work();
    } catch (cause) {
      this.#things.forget();
      throw storageFailureOf('The ledger of feeds', cause);
    }
  }
}
