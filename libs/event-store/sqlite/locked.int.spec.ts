// Another process holds the write lock of the log, as a shell with BEGIN IMMEDIATE or a copy tool does.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { eventOf, eventsOf, everything, numbersOf, outcomeOf, write } from '../contract/log-under-test.ts';
import { SqliteEventStore } from './index.ts';

let folder: string;
let store: SqliteEventStore;
let shell: DatabaseSync;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
  const file = join(folder, 'log.sqlite');
  store = SqliteEventStore.open({ file });
  await store.append([write('a', 'any', eventOf(1))]);
  shell = new DatabaseSync(file);
  shell.exec('BEGIN IMMEDIATE');
});
afterEach(async () => {
  shell.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Turns that the event loop takes until the work ends, and the longest time between two of them. */
const turnsDuring = async (work: Promise<unknown>): Promise<{ readonly turns: number; readonly longest: number }> => {
  let [turns, longest, last] = [0, 0, performance.now()];
  const timer = setInterval(() => {
    const now = performance.now();
    [turns, longest, last] = [turns + 1, Math.max(longest, now - last), now];
  }, 5);
  await work;
  clearInterval(timer);
  return { turns, longest };
};

describe('a log that another process holds locked', () => {
  it('takes what was sent meanwhile, once and in order, as soon as the lock is given up', async () => {
    const appended = [store.append([write('a', 0, eventOf(2))]), store.append([write('a', 1, eventOf(3))])];
    const read = await store.readStream('a');
    const later = store.append([write('a', 2, eventOf(4))]);
    shell.exec('ROLLBACK');
    expect((await Promise.all([...appended, later])).map(({ positions }) => positions)).toEqual([[2], [3], [4]]);
    expect([numbersOf(read), await everything(store)]).toEqual([[1], [1, 2, 3, 4]]);
  });

  it('refuses within some seconds what it cannot take, says why, and stores nothing of it; the event loop goes on', async () => {
    const appended = store.append([write('a', 'any', eventOf(2))]).catch((cause: unknown) => cause);
    const { turns, longest } = await turnsDuring(appended);
    expect(await appended).toMatchObject({
      code: 'unavailable',
      message: 'Another process holds the log locked; nothing of what was sent is stored.',
    });
    expect(turns).toBeGreaterThan(50);
    expect(longest).toBeLessThan(1000);
    shell.exec('ROLLBACK');
    expect(await everything(store)).toEqual([1]);
    expect(await outcomeOf(store.append([write('a', 0, eventOf(2))]))).toBe('stored');
  });

  it('is read and followed meanwhile', async () => {
    const abort = new AbortController();
    const following = store.subscribe({ after: 0, signal: abort.signal })[Symbol.asyncIterator]();
    expect((await following.next()).value).toHaveLength(1);
    expect([await store.head(), (await store.readAll({ limit: 5 })).length, (await store.bookmarks('')).size]).toEqual([1, 1, 0]);
    const news = following.next();
    shell.exec('ROLLBACK');
    await store.append([write('a', 'any', eventOf(2))]);
    expect((await news).value).toHaveLength(1);
    abort.abort();
  });

  it('is closed within some seconds, and what waited is refused', async () => {
    const waiting = outcomeOf(store.append([write('a', 'any', ...eventsOf(2, 1500))]));
    await store.close();
    expect(await waiting).toBe('unavailable');
    expect(await outcomeOf(store.append([write('a', 'any', eventOf(9))]))).toBe('closed');
  });
});
