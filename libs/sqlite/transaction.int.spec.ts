import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openFile, probeWriting, transaction, troubleOf, UncertainCommit, whenFree } from './index.ts';

let folder: string;
let db: DatabaseSync;
let other: DatabaseSync;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'file-'));
  const file = join(folder, 'a.sqlite');
  db = openFile(file, (opened) =>
    opened.exec('PRAGMA journal_mode = WAL; PRAGMA user_version = 7; CREATE TABLE t (v INTEGER CHECK (v > 0))'),
  );
  other = new DatabaseSync(file);
});
afterEach(() => {
  other.close();
  db.close();
  rmSync(folder, { recursive: true });
});
const add = (v: number) => (): void => transaction(db, () => void db.prepare('INSERT INTO t VALUES (?)').run(v));
const failure = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (cause) {
    return cause;
  }
};

describe('work that needs a lock', () => {
  it('does not wait by itself, so that the thread stays free', () => {
    other.exec('BEGIN IMMEDIATE');
    const before = performance.now();
    expect(troubleOf(failure(add(1)))).toBe('busy');
    expect(performance.now() - before).toBeLessThan(500);
  });

  it('is done once, as soon as the lock is given up', async () => {
    other.exec('BEGIN IMMEDIATE');
    const added = whenFree(add(1));
    setImmediate(() => other.exec('ROLLBACK'));
    await added;
    expect(db.prepare('SELECT v FROM t').all()).toEqual([{ v: 1 }]);
  });

  it('is given up when patience ends, and what does not pass is not tried again', async () => {
    other.exec('BEGIN IMMEDIATE');
    expect(troubleOf(await whenFree(add(1), 20).catch((cause: unknown) => cause))).toBe('busy');
    other.exec('ROLLBACK');
    expect(troubleOf(await whenFree(add(-1)).catch((cause: unknown) => cause))).toBeUndefined();
    expect(db.isTransaction).toBe(false);
  });
});

describe('what a file fails with', () => {
  it('is a full disk where no page can be added: nothing was changed', () => {
    const { page_count: pages } = db.prepare('PRAGMA page_count').get() ?? {};
    db.exec(`PRAGMA max_page_count = ${Number(pages)}`);
    const large = (): void => transaction(db, () => db.exec('CREATE TABLE u AS SELECT zeroblob(100000)'));
    expect(troubleOf(failure(large))).toBe('failing');
    db.exec('PRAGMA max_page_count = 1000000');
    large();
  });

  it('is certain, but after an error at the end of a commit', () => {
    expect(troubleOf(new UncertainCommit('A commit failed half-way.'))).toBe('uncertain');
    expect([1034, 13, 26, 19].map((errcode) => troubleOf({ errcode }))).toEqual(['failing', 'failing', 'damaged', undefined]);
  });
});

describe('the probe of a file', () => {
  it('writes, and changes nothing', () => {
    const { data_version: before } = other.prepare('PRAGMA data_version').get() ?? {};
    probeWriting(db);
    expect(other.prepare('PRAGMA data_version').get()?.['data_version']).not.toBe(before);
    expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: 7 });
  });
});
