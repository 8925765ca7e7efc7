// Several processes on one file; here several stores, each with its own connection and its own index. test/chaos kills real ones.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { eventOf, eventsOf, idOf, write } from '../contract/log-under-test.ts';
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

describe('two stores on one log', () => {
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
