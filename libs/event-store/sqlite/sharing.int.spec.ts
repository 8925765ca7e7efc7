// Several processes on one file; here several stores, each with its own connection and its own index. test/chaos kills real ones.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { eventOf, eventsOf, everything, idOf, numbersOf, outcomeOf, write } from '../contract/log-under-test.ts';
import { SqliteEventStore } from './index.ts';

let folder: string;
let here: SqliteEventStore;
let there: SqliteEventStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
  [here, there] = [open(), open()];
});
afterEach(async () => {
  await Promise.all([here.close(), there.close()]);
  rmSync(folder, { recursive: true });
});
const open = () => SqliteEventStore.open({ file: join(folder, 'log.sqlite') });
const numbers = (to: number): number[] => Array.from({ length: to }, (_, n) => n + 1);

describe('two stores on one log', () => {
  it('count positions and revisions together', async () => {
    for (let n = 1; n <= 20; n++) {
      const [store, expected] = [n % 2 ? here : there, n === 1 ? 'no-stream' : n - 2] as const;
      expect(await store.append([write('a', expected, eventOf(n))])).toEqual({ positions: [n], repeated: false });
    }
    for (const store of [here, there]) {
      expect(await everything(store)).toEqual(numbers(20));
      expect(numbersOf(await store.readStream('a'))).toEqual(numbers(20));
      expect(await store.head()).toBe(20);
    }
  });

  it('hold each other to what a stream is expected to be', async () => {
    await here.append([write('a', 'no-stream', eventOf(1))]);
    expect(await outcomeOf(there.append([write('a', 'no-stream', eventOf(2))]))).toBe('wrong-expected-revision');
    expect(await outcomeOf(there.append([write('a', 0), write('b', 'any', eventOf(3))]))).toBe('stored');
  });

  it('know each other’s ids', async () => {
    await here.append([write('a', 'any', ...eventsOf(1, 2))]);
    expect(await there.append([write('a', 'no-stream', ...eventsOf(1, 2))])).toEqual({ positions: [1, 2], repeated: true });
    expect(await outcomeOf(there.append([write('a', 'any', ...eventsOf(2, 3))]))).toBe('event-id-reused');
    await there.append([write('a', 'any', eventOf(3))]);
    expect((await here.findByIds([idOf(3)])).get(idOf(3))).toMatchObject({ position: 3, revision: 2 });
  });

  it('wake each other’s subscriptions, though something else has read the news before', async () => {
    const abort = new AbortController();
    const reading = here.subscribe({ after: 0, signal: abort.signal })[Symbol.asyncIterator]();
    const next = reading.next();
    await there.append([write('a', 'any', eventOf(1))]);
    expect(await here.head()).toBe(1);
    expect((await next).value).toMatchObject([{ id: idOf(1) }]);
    abort.abort();
  });

  it('hold each other to what a bookmark is expected to be', async () => {
    const step = (store: SqliteEventStore, from: string | null, to: string) =>
      outcomeOf(store.append([], [{ name: 'in', value: to, expected: from }]));
    expect(await step(here, null, '1')).toBe('stored');
    expect(await step(there, null, '1')).toBe('wrong-bookmark');
    expect(await step(there, '1', '2')).toBe('stored');
    expect(await step(here, '1', '2')).toBe('wrong-bookmark');
    expect(await here.bookmarks('in')).toEqual(new Map([['in', '2']]));
  });

  it('refuse what the other appended and was damaged since, each time and in every way of asking', async () => {
    await here.append([write('a', 'any', ...eventsOf(1, 3))]);
    await there.append([write('a', 2, ...eventsOf(4, 6)), write('b', 'no-stream', eventOf(7))]);
    const disk = new DatabaseSync(join(folder, 'log.sqlite'));
    disk.exec('UPDATE blocks SET records = zeroblob(length(records)) WHERE first = 4');
    const asked = (): readonly Promise<unknown>[] => [
      here.head(),
      here.readStream('a'),
      here.readAll({ limit: 10 }),
      here.readAll({ direction: 'backwards', limit: 10 }),
      here.findByIds([idOf(1)]),
      here.append([write('a', 'any', eventOf(8))]),
      here.append([], [{ name: 'in', value: '1' }]),
      here.subscribe({ after: 0, signal: new AbortController().signal })[Symbol.asyncIterator]().next(),
    ];
    for (let time = 0; time < 3; time++) {
      const codes = await Promise.all(
        asked().map((one) =>
          one.then(
            () => 'given',
            ({ code }: { code: string }) => code,
          ),
        ),
      );
      expect(new Set(codes)).toEqual(new Set(['corrupt']));
    }
    expect(Number(disk.prepare('SELECT count(*) AS n FROM blocks').get()?.['n'])).toBe(2);
    disk.close();
  });

  it('share one directory, whoever is first to write its spans', async () => {
    for (let n = 0; n < 17_000; n += 1000) {
      const store = n % 3000 ? here : there;
      await store.append([write(`a${n % 9000}`, 'any', ...eventsOf(n + 1, n + 1000))]);
    }
    const third = open();
    const sound = await Promise.all([here, there, third].map((store) => store.integrity()));
    await third.close();
    expect(new Set(sound.map(({ size, root }) => `${size} ${Buffer.from(root).toString('hex')}`)).size).toBe(1);
    expect(sound[0]?.size).toBe(17_000);
  });
});
