// Whatever becomes of the file, the store never gives out what was not recorded: it finds the damage and says so.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { eventOf, eventsOf, idOf, numbersOf, write } from '../contract/log-under-test.ts';
import { SqliteEventStore } from './index.ts';

const LARGE = 9000; // has a directory
const SMALL = 300; // has none

let folder: string;
let file: string;
const made = (size: number): string => join(folder, `${size}.sqlite`);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
  for (const size of [LARGE, SMALL]) {
    const store = SqliteEventStore.open({ file: made(size) });
    for (let n = 0; n < size; n += 300) await store.append([write(`a${n % 700}`, 'any', ...eventsOf(n + 1, n + 300))]);
    await store.close();
  }
});
afterAll(() => rmSync(folder, { recursive: true }));
const take = (size: number): void => {
  file = join(folder, 'log.sqlite');
  rmSync(file, { force: true });
  copyFileSync(made(size), file);
};

const alter = (change: (db: DatabaseSync) => void): void => {
  const db = new DatabaseSync(file);
  change(db);
  db.close();
};

/** All that the log gives, or the code with which it refuses. */
const outcome = async (read: (store: SqliteEventStore) => Promise<unknown>): Promise<unknown> => {
  let store: SqliteEventStore | undefined;
  try {
    store = SqliteEventStore.open({ file });
    return await read(store);
  } catch (cause) {
    return (cause as { code: unknown }).code;
  } finally {
    await store?.close();
  }
};
const readEverything = () => outcome(async (store) => numbersOf(await store.readAll({ limit: LARGE })));

const ONE = 'first = (SELECT min(first) FROM blocks WHERE first > 100)';

describe('a damaged log', () => {
  it.each([
    ['without one of its blocks', `DELETE FROM blocks WHERE ${ONE}`],
    ['without its first block', 'DELETE FROM blocks WHERE first = 1'],
    [
      'with two blocks exchanged',
      'UPDATE blocks SET first = -first WHERE first > 31; UPDATE blocks SET first = first + 1000 WHERE first < 0',
    ],
    ['with a block cut short', `UPDATE blocks SET records = substr(records, 1, length(records) - 1) WHERE ${ONE}`],
    ['with a block made longer', `UPDATE blocks SET records = cast(records || x'00' AS BLOB) WHERE ${ONE}`],
    ['with an empty block', `UPDATE blocks SET records = x'' WHERE ${ONE}`],
  ])('%s, is not read as if it were whole', async (_, sql) => {
    take(SMALL);
    alter((db) => db.exec(sql));
    expect(await readEverything()).toBe('corrupt');
    expect(await outcome((store) => store.integrity())).toBe('corrupt');
  });

  it.each([
    ['without its last blocks', 'DELETE FROM blocks WHERE first > 8000'],
    ['without any block', 'DELETE FROM blocks'],
    ['with the directory of another log', 'UPDATE segments SET last = last - 1'],
  ])('%s, is not opened', async (_, sql) => {
    take(LARGE);
    alter((db) => db.exec(sql));
    expect(await readEverything()).toBe('corrupt');
  });

  it.each([
    ['with an altered directory', "UPDATE buckets SET entries = CAST(x'00' || substr(entries, 2) AS BLOB)"],
    ['with altered filters of it', "UPDATE filters SET bits = CAST(x'00' || substr(bits, 2) AS BLOB)"],
    ['without a part of the directory', 'DELETE FROM buckets WHERE place % 2 = 0'],
  ])('%s, is opened, and its directory made anew', async (_, sql) => {
    take(LARGE);
    const { root } = (await outcome((store) => store.integrity())) as { root: Uint8Array };
    alter((db) => db.exec(sql));
    expect(await outcome((store) => store.integrity())).toEqual({ size: LARGE, root });
    const db = new DatabaseSync(file, { readOnly: true });
    expect(db.prepare('SELECT count(*) AS n FROM buckets').get()).toEqual({ n: 128 });
    db.close();
  });

  it('whose directory is damaged while it serves, stores nothing twice, and goes on', async () => {
    take(LARGE);
    const store = SqliteEventStore.open({ file });
    alter((db) => db.exec("UPDATE buckets SET entries = CAST(x'00' || substr(entries, 2) AS BLOB)"));
    expect(await store.append([write('a0', 'any', eventOf(7))])).toEqual({ positions: [7], repeated: true });
    expect((await store.findByIds([idOf(7)])).get(idOf(7))?.position).toBe(7);
    await store.close();
  });

  it('in any bit of any record, is found by every way of reading it', async () => {
    take(SMALL);
    const recorded = await readEverything();
    const blocks = new DatabaseSync(file);
    const all = blocks.prepare('SELECT first, records FROM blocks').all() as { first: number; records: Uint8Array }[];
    const put = blocks.prepare('UPDATE blocks SET records = ? WHERE first = ?');
    const wrong: string[] = [];
    await fc.assert(
      fc.asyncProperty(fc.nat(all.length - 1), fc.nat(), fc.nat(7), async (which, where, bit) => {
        const { first, records } = all[which] ?? { first: 0, records: new Uint8Array() };
        const flipped = Uint8Array.from(records);
        const at = where % records.length;
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
        put.run(flipped, first);
        if ((await readEverything()) !== 'corrupt') wrong.push(`bit ${bit} of byte ${at} of the block at ${first}`);
        put.run(records, first);
      }),
      { numRuns: 200 },
    );
    blocks.close();
    expect(wrong).toEqual([]);
    expect(await readEverything()).toEqual(recorded);
  });

  it('gives what is sound of it, and refuses the rest', async () => {
    take(LARGE);
    alter((db) =>
      db.exec('UPDATE blocks SET records = zeroblob(length(records)) WHERE first = (SELECT max(first) FROM blocks WHERE first <= 41)'),
    );
    const store = SqliteEventStore.open({ file });
    await expect(store.readStream('a0', { limit: 50 })).rejects.toMatchObject({ code: 'corrupt' });
    await expect(store.findByIds([idOf(41)])).rejects.toMatchObject({ code: 'corrupt' });
    expect((await store.findByIds([idOf(8999)])).size).toBe(1);
    expect((await store.append([write('new', 'no-stream', eventOf(9001))])).positions).toEqual([9001]);
    await store.close();
  });
});
