// What a file must be for it to be opened as a log, and what becomes of it.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fixedClock } from '#kernel';
import { eventOf, eventsOf, idOf, numbersOf, write } from '../contract/log-under-test.ts';
import { SqliteEventStore } from './index.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
  file = join(folder, 'log.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = () => SqliteEventStore.open({ file });
const alter = (sql: string): void => {
  const db = new DatabaseSync(file);
  db.exec(sql);
  db.close();
};
const tryToOpen = (): unknown => {
  try {
    return void open();
  } catch (cause) {
    return cause;
  }
};

describe('opening a log', () => {
  it('makes it, with the folders that lead to it, readable by its owner alone', async () => {
    file = join(folder, 'deep', 'er', 'log.sqlite');
    const store = open();
    await store.append([write('a', 'any', eventOf(1))]);
    const modes = ['', '-wal', '-shm'].map((suffix) => (statSync(file + suffix).mode & 0o777).toString(8));
    await store.close();
    expect(modes).toEqual(['600', '600', '600']);
  });

  it('refuses the log of another format, and says what to do', async () => {
    await open().close();
    alter('PRAGMA user_version = 7');
    const before = readFileSync(file);
    expect(tryToOpen()).toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/is of format 7, and this release reads and writes format 3/),
    });
    expect(readFileSync(file)).toEqual(before);
  });

  it('opens the log of the format before, and asks its new directory from then on', async () => {
    const store = open();
    for (let n = 0; n < 9000; n += 1000) await store.append([write(`a${n % 5000}`, 'any', ...eventsOf(n + 1, n + 1000))]);
    const { root } = await store.integrity();
    await store.close();
    alter(`DROP TABLE segments; DROP TABLE buckets; DROP TABLE filters; PRAGMA user_version = 2;
      CREATE TABLE directory (last INTEGER PRIMARY KEY, names TEXT NOT NULL, entries BLOB NOT NULL, digest BLOB NOT NULL) STRICT`);
    const [again, beside] = [open(), open()];
    expect(await again.integrity()).toEqual({ size: 9000, root });
    expect((await again.append([write('a0', 1999, eventOf(9001))])).positions).toEqual([9001]);
    expect(numbersOf(await beside.readStream('a0')).slice(-2)).toEqual([6000, 9001]);
    await Promise.all([again, beside].map((one) => one.close()));
    const db = new DatabaseSync(file, { readOnly: true });
    expect(db.prepare('SELECT level, first FROM segments').all()).toEqual([{ level: 0, first: 1 }]);
    db.close();
  });

  it('refuses a database of something else, and leaves it as it was', () => {
    alter('CREATE TABLE things (a); INSERT INTO things VALUES (1)');
    const before = readFileSync(file);
    expect(tryToOpen()).toMatchObject({ code: 'corrupt', message: expect.stringContaining('something else') });
    expect(readFileSync(file)).toEqual(before);
    expect(existsSync(`${file}-wal`)).toBe(false);
  });

  it('refuses a file that is no database', () => {
    writeFileSync(file, 'Hardly a database at all. '.repeat(400));
    expect(tryToOpen()).toMatchObject({ code: 'corrupt' });
  });

  it('refuses what cannot be opened as a file', () => {
    mkdirSync(file);
    expect(tryToOpen()).toMatchObject({ code: 'unavailable' });
  });

  it('needs little of the log itself: the directory tells the rest', async () => {
    const store = open();
    for (let n = 0; n < 12_000; n += 1000) await store.append([write(`a${n % 5000}`, 'any', ...eventsOf(n + 1, n + 1000))]);
    const { root } = await store.integrity();
    await store.close();
    // Were the first events read when it opens, it would find this.
    alter('UPDATE blocks SET records = zeroblob(10) WHERE first = 1');
    const again = open();
    expect(await again.head()).toBe(12_000);
    expect([...(await again.findByIds([idOf(11_999), idOf(2345)])).values()].map(({ position }) => position).sort()).toEqual([
      11_999, 2345,
    ]);
    await expect(again.readAll({ limit: 5 })).rejects.toMatchObject({ code: 'corrupt' });
    await expect(again.integrity()).rejects.toMatchObject({ code: 'corrupt' });
    await again.close();
    expect(root).toHaveLength(32);
  });
});

describe('the time of an event', () => {
  it('never goes back, though the clock does, nor when the log is opened again', async () => {
    const clock = fixedClock(5000);
    const times: number[] = [];
    for (const now of [5000, 6000, 2000, 7000]) {
      const store = SqliteEventStore.open({ file, clock });
      clock.set(now);
      await store.append([write('a', 'any', eventOf(now))]);
      clock.set(now - 1500);
      await store.append([write('a', 'any', eventOf(now + 1))]);
      times.splice(0, Infinity, ...(await store.readStream('a')).map(({ recordedAt }) => recordedAt));
      await store.close();
    }
    expect(times).toEqual([5000, 5000, 6000, 6000, 6000, 6000, 7000, 7000]);
  });
});

describe('the size of a log', () => {
  it.each([1, 2, 3, 5, 8, 13, 20, 100])('is at most 1.6 times its payloads of 1 KB, appended %i at a time', async (together) => {
    const store = open();
    const owner = 'a7c1d1a0-93f1-4d4e-8a53-0b9a3f0f5e11';
    const meta = { actor: 'connexions-north', correlation: owner, causation: owner, schema: 1, category: 'assessment', owner };
    const payload = Buffer.alloc(1024, 7);
    let count = 0;
    while (count < 1560) {
      const events = eventsOf(count + 1, count + together).map((event) => ({ ...event, meta, payload }));
      await store.append(events.map((event, index) => write(`learner-${idOf((count + index) % 300)}`, 'any', event)));
      count += together;
    }
    await store.close();
    expect(statSync(file).size / (count * payload.byteLength)).toBeLessThanOrEqual(1.6);
  });

  it('is no obstacle to what is in it', async () => {
    const store = open();
    await store.append([write('a', 'any', eventOf(1), eventOf(2, { payload: Buffer.alloc(5_000_000, ' ') }))]);
    await store.close();
    const again = open();
    expect((await again.readStream('a')).map(({ payload }) => payload.byteLength)).toEqual([7, 5_000_000]);
    expect(await again.integrity()).toMatchObject({ size: 2 });
    await again.close();
  });
});
