import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LongTransaction } from './long-transaction.ts';

let folder: string;
let db: DatabaseSync;
let other: DatabaseSync;

const opened = (): DatabaseSync => new DatabaseSync(join(folder, 'some.sqlite'), { timeout: 0 });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'long-'));
  db = opened();
  db.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT');
  other = opened();
});
afterEach(() => {
  db.close();
  other.close();
  rmSync(folder, { recursive: true });
});

const add = (n: number) => () => db.prepare('INSERT INTO t VALUES (?)').run(n);
const seen = (by = other): readonly unknown[] =>
  by
    .prepare('SELECT n FROM t ORDER BY n')
    .all()
    .map(({ n }) => n);
const refused = (): never => {
  db.exec('INSERT INTO t VALUES (99)');
  throw new RangeError('no');
};

const LONG = { longestMs: 60_000, breakMs: 0 };
const joined = (): LongTransaction => new LongTransaction(db, LONG);

it('commits the first change by itself, and those behind it together, since nobody else writes', () => {
  const changes = joined();
  changes.run(add(1));
  expect(seen()).toEqual([1]);
  changes.run(add(2));
  changes.run(add(3));
  expect(seen()).toEqual([1]);
  changes.end();
  expect(seen()).toEqual([1, 2, 3]);
  changes.end();
  expect(seen()).toEqual([1, 2, 3]);
});

it('keeps what came before a change that fails, and nothing of that', () => {
  const changes = joined();
  for (const n of [1, 2, 3]) changes.run(add(n));
  expect(() => changes.run(refused)).toThrow(RangeError);
  expect(() => changes.run(add(2))).toThrow(/UNIQUE/);
  changes.run(add(4));
  changes.end();
  expect(seen()).toEqual([1, 2, 3, 4]);
});

it('has what came before a change that failed hold, though nothing comes behind it', () => {
  const changes = joined();
  changes.run(add(1));
  changes.run(add(2));
  expect(() => changes.run(refused)).toThrow(RangeError);
  expect(seen()).toEqual([1]);
  changes.end();
  expect(seen()).toEqual([1, 2]);
});

it('commits each by itself again once somebody else has written', () => {
  const changes = joined();
  changes.run(add(1));
  other.exec('INSERT INTO t VALUES (10)');
  changes.run(add(2));
  expect(seen()).toEqual([1, 2, 10]);
  changes.run(add(3));
  expect(seen()).toEqual([1, 2, 10]);
});

it('says that somebody else writes now, and loses nothing by it', () => {
  const changes = joined();
  changes.run(add(1));
  changes.run(add(2));
  expect(() => changes.run(refused)).toThrow(RangeError);
  other.exec('BEGIN IMMEDIATE');
  expect(() => changes.run(add(3))).toThrow(/locked/);
  expect(() => changes.end()).toThrow(/locked/);
  other.exec('COMMIT');
  changes.run(add(3));
  changes.end();
  expect(seen()).toEqual([1, 2, 3]);
});

it('ends by itself with the change in which it gets old, and leaves others time before the next', async () => {
  const changes = new LongTransaction(db, { longestMs: 0, breakMs: 40 });
  changes.run(add(1));
  await changes.free();
  changes.run(() => {
    add(2)();
    for (const until = performance.now() + 60; performance.now() < until;);
  });
  expect(seen()).toEqual([1, 2]);
  const ended = performance.now();
  await changes.free();
  expect(performance.now() - ended).toBeGreaterThan(30);
});

it('gives up nothing where a commit fails, and commits it with what comes next', () => {
  db.exec(
    'CREATE TABLE parent (n INTEGER PRIMARY KEY) STRICT; CREATE TABLE child (n INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED) STRICT; PRAGMA foreign_keys = ON',
  );
  const changes = joined();
  changes.run(add(1));
  changes.run(add(2));
  changes.run(() => db.exec('INSERT INTO child VALUES (7)'));
  expect(() => changes.end()).toThrow(/FOREIGN KEY/);
  changes.run(() => db.exec('INSERT INTO parent VALUES (7)'));
  changes.end();
  expect(seen()).toEqual([1, 2]);
});
