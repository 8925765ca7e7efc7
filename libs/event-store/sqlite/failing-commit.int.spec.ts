// What cannot be committed is not there: not on disk, not in the index, not for those who come later.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { eventOf, eventsOf, everything, idOf, outcomeOf, write } from '../contract/log-under-test.ts';
import { SqliteEventStore } from './index.ts';

let folder: string;
let store: SqliteEventStore;
let saboteur: DatabaseSync;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
  const file = join(folder, 'log.sqlite');
  store = SqliteEventStore.open({ file });
  await store.append([write('a', 'any', ...eventsOf(1, 3))]);
  saboteur = new DatabaseSync(file);
});
afterEach(async () => {
  saboteur.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

const faults = [
  [
    'an insert',
    "CREATE TRIGGER fault AFTER INSERT ON blocks WHEN NEW.first > 40 BEGIN SELECT RAISE(ABORT, 'no more'); END",
    'DROP TRIGGER fault',
  ],
  [
    'the commit',
    `CREATE TABLE lacking (id INTEGER PRIMARY KEY);
     CREATE TABLE debts (id INTEGER REFERENCES lacking DEFERRABLE INITIALLY DEFERRED);
     CREATE TRIGGER fault AFTER INSERT ON blocks BEGIN INSERT INTO debts VALUES (1); END`,
    'DROP TRIGGER fault; DROP TABLE debts; DROP TABLE lacking',
  ],
] as const;

describe.each(faults)('when %s fails', (_, sabotage, repair) => {
  it('refuses the whole group, and says what failed', async () => {
    saboteur.exec(sabotage);
    const group = [
      store.append([write('a', 'any', ...eventsOf(4, 60))]),
      store.append([write('b', 'no-stream', eventOf(61))]),
      store.append([write('a', 'no-stream', eventOf(1))]),
    ];
    for (const append of group)
      await expect(append).rejects.toMatchObject({ code: 'unavailable', cause: expect.objectContaining({ code: 'ERR_SQLITE_ERROR' }) });
    expect(await everything(store)).toEqual([1, 2, 3]);
    expect(await store.head()).toBe(3);
    expect((await store.findByIds([idOf(4), idOf(61)])).size).toBe(0);
    expect(await store.readStream('b')).toEqual([]);
    saboteur.exec(repair);
  });

  it('refuses those queued behind it that count on what it would have stored', async () => {
    saboteur.exec(sabotage);
    const first = outcomeOf(store.append([write('a', 2, ...eventsOf(4, 1100))]));
    const second = outcomeOf(store.append([write('a', 1099, eventOf(2000))]));
    expect(await first).toBe('unavailable');
    saboteur.exec(repair);
    expect(await second).toMatch(/^(wrong-expected-revision|unavailable)$/);
    expect(await everything(store)).toEqual([1, 2, 3]);
  });

  it('stores the same events when it is asked again, and they are sound', async () => {
    saboteur.exec(sabotage);
    const append = () => store.append([write('a', 2, ...eventsOf(4, 60)), write('b', 'no-stream', eventOf(61))]);
    for (let attempt = 0; attempt < 3; attempt++) expect(await outcomeOf(append())).toBe('unavailable');
    saboteur.exec(repair);
    expect(await append()).toMatchObject({ positions: eventsOf(4, 61).map((_event, offset) => 4 + offset), repeated: false });
    expect(await store.integrity()).toMatchObject({ size: 61 });
    expect(await store.append([write('b', 0, eventOf(62))])).toMatchObject({ positions: [62] });
  });

  it('leaves bookmarks as they were', async () => {
    await store.append([], [{ name: 'in', value: '1' }]);
    saboteur.exec(sabotage);
    expect(await outcomeOf(store.append([write('a', 2, ...eventsOf(4, 60))], [{ name: 'in', value: '2', expected: '1' }]))).toBe(
      'unavailable',
    );
    expect(await store.bookmarks('')).toEqual(new Map([['in', '1']]));
    saboteur.exec(repair);
    expect(await outcomeOf(store.append([write('a', 2, ...eventsOf(4, 60))], [{ name: 'in', value: '2', expected: '1' }]))).toBe('stored');
  });

  it('wakes no subscription for what is not there', async () => {
    const abort = new AbortController();
    const next = store.subscribe({ after: 3, signal: abort.signal })[Symbol.asyncIterator]().next();
    saboteur.exec(sabotage);
    expect(await outcomeOf(store.append([write('a', 'any', ...eventsOf(4, 60))]))).toBe('unavailable');
    saboteur.exec(repair);
    await store.append([write('a', 'any', eventOf(99))]);
    expect((await next).value).toMatchObject([{ id: idOf(99), position: 4, revision: 3 }]);
    abort.abort();
  });
});
