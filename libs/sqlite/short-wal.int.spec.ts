// Somebody's open reader keeps the WAL from being cut; when it has gone the WAL is short again, also where nobody writes any more.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { openFile, ShortWal, transaction, whenFree } from './index.ts';

const MIB = 1024 * 1024;
const PAGES = 256;

let folder: string;
let file: string;
let db: DatabaseSync;
let reader: DatabaseSync;
let wal: ShortWal;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wal-'));
  file = join(folder, 'a.sqlite');
  db = openFile(file, (opened) => opened.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (v BLOB); INSERT INTO t VALUES (zeroblob(1))'));
  wal = new ShortWal(db, file, { checkpointPages: PAGES });
  reader = new DatabaseSync(file, { readOnly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM t').get();
});
afterEach(() => {
  wal.stop();
  reader.close();
  db.close();
  rmSync(folder, { recursive: true });
});

const size = (): number => statSync(`${file}-wal`).size;
const write = (mib: number): void => {
  for (let n = 0; n < mib; n++) db.prepare('INSERT INTO t VALUES (zeroblob(?))').run(MIB);
};
/** As every store writes: the thread that cuts the WAL holds the lock for a moment. */
const writeWhenFree = (mib: number): Promise<void> => whenFree(() => transaction(db, () => write(mib)));
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await pause(20);
};
const automatic = (): unknown => db.prepare('PRAGMA wal_autocheckpoint').get()?.['wal_autocheckpoint'];

describe('the WAL of a file that another process reads', () => {
  it('is cut once the reader has gone, though nobody writes', async () => {
    write(24);
    expect(size()).toBeGreaterThan(24 * MIB);
    await until(() => automatic() === 0);
    reader.close();
    reader = new DatabaseSync(file, { readOnly: true });
    await until(() => size() < MIB);
    await until(() => automatic() === PAGES);
    expect(db.prepare('SELECT count(*) AS n FROM t').get()).toEqual({ n: 25 });
  });

  it('is short again with the next commits where it did not grow much', () => {
    write(6);
    expect(size()).toBeGreaterThan(6 * MIB);
    reader.exec('COMMIT');
    write(2);
    expect(size()).toBeLessThan(5 * MIB);
  });
});

it('is cut by another thread alone where commits are not to copy it', async () => {
  wal.stop();
  reader.close();
  const text = (name: string): string => String(db.prepare(`PRAGMA ${name}`).get()?.[name]);
  wal = new ShortWal(db, file, { checkpointPages: PAGES, elsewhere: true });
  await writeWhenFree(6);
  expect([size() > 6 * MIB, text('wal_autocheckpoint')]).toEqual([true, '0']);
  await until(() => size() < MIB);
  await writeWhenFree(2);
  expect([size() > 2 * MIB, text('wal_autocheckpoint')]).toEqual([true, '0']);
  await until(() => size() < MIB);
  expect(db.prepare('SELECT count(*) AS n FROM t').get()).toEqual({ n: 9 });
  reader = new DatabaseSync(file, { readOnly: true });
});
