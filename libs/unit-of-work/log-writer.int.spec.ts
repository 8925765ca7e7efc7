import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bookmark, type EventStore, EventStoreError, type EventStoreErrorCode, type NewEvent } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { rootKeyOf } from '#privacy';
import { openSealed } from '#privacy/opening';
import { SqliteVault } from '#privacy/sqlite';
import { Draft, LogWriter, StreamCache } from './index.ts';

const KEY = { owner: 'broker', category: 'receipts' };
const PLACE = { stream: 'receipts/in/0/0', revision: 0, type: 'outbox' };

let folder: string;
let store: SqliteEventStore;
let vault: SqliteVault;
let writer: LogWriter;
let heads: StreamCache<null>;
const openVault = (): SqliteVault => new SqliteVault({ file: join(folder, 'keys.sqlite'), rootKey: rootKeyOf(Buffer.alloc(32, 7)) });
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'writer-'));
  store = SqliteEventStore.open({ file: join(folder, 'log.sqlite') });
  vault = openVault();
  writer = new LogWriter(store, vault);
  heads = new StreamCache<null>(store, 10, { initial: () => null, evolve: () => null, lastOnly: true });
});
afterEach(async () => {
  await store.close();
  vault.close();
  rmSync(folder, { recursive: true });
});

let made = 0;
const event = (): NewEvent => ({
  id: `0badcafe-0000-4000-8000-${(++made).toString(16).padStart(12, '0')}`,
  type: 'uk.concordat.example.made.v1',
  meta: { actor: 'broker', correlation: '0badcafe-0000-4000-8000-000000000000', schema: 1 },
  payload: Buffer.from('{}'),
});
const drafted = (stream?: string): Draft => {
  const draft = new Draft();
  if (stream !== undefined) draft.add(heads, stream, event, () => null);
  return draft;
};
const write = async (bookmarks: readonly Bookmark[], stream?: string): Promise<number | undefined> =>
  (await writer.append(await completeDraft(stream), { attempt: 1, bookmarks }))?.size;
const completeDraft = async (stream?: string): Promise<Draft> => {
  if (stream !== undefined) await heads.load(stream);
  return drafted(stream);
};

/** The real store, but for its first appends: another writer is said to have been first. */
const refusing = (times: number, code: EventStoreErrorCode): { readonly store: EventStore; readonly asked: () => number } => {
  let asked = 0;
  const append: EventStore['append'] = async (writes, bookmarks) => {
    if (asked++ < times) throw new EventStoreError(code, 'Another writer was first.');
    return store.append(writes, bookmarks);
  };
  return {
    store: new Proxy(store, { get: (real, name) => (name === 'append' ? append : (Reflect.get(real, name) as unknown)) }),
    asked: () => asked,
  };
};
const written = (by: LogWriter, attempts: number[]): Promise<number> =>
  by.write((attempt) => {
    attempts.push(attempt);
    return { draft: drafted('a'), result: (positions) => positions.size };
  });

describe('what another writer was faster with', () => {
  it.each(['wrong-expected-revision', 'event-id-reused'] as const)(
    'is judged again where it is refused with %s, and comes out',
    async (code) => {
      const [attempts, { store: slow }] = [[] as number[], refusing(3, code)];
      expect(await written(new LogWriter(slow, vault), attempts)).toBe(1);
      expect([new Set(attempts), (await store.readStream('a')).length]).toEqual([new Set([1, 2, 3, 4]), 1]);
    },
  );

  it('is given up after a number of attempts, between which others get their turn', async () => {
    const [attempts, { store: slow, asked }] = [[] as number[], refusing(Infinity, 'wrong-expected-revision')];
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await expect(written(new LogWriter(slow, vault), attempts)).rejects.toMatchObject({ code: 'wrong-expected-revision' });
    clearInterval(timer);
    expect(asked()).toBe(20);
    expect(turns).toBeGreaterThan(20);
    expect(await write([], 'a')).toBe(1);
  });

  it('is not judged again where the log cannot be written', async () => {
    const [attempts, { store: slow }] = [[] as number[], refusing(1, 'unavailable')];
    await expect(written(new LogWriter(slow, vault), attempts)).rejects.toMatchObject({ code: 'unavailable' });
    expect(new Set(attempts)).toEqual(new Set([1]));
  });
});

describe('what is written to the log', () => {
  it('changes bookmarks with its events, or without any', async () => {
    expect(await write([{ name: 'in', value: '1', expected: null }], 'a')).toBe(1);
    expect(await write([{ name: 'in', value: '2', expected: '1' }])).toBe(0);
    expect([await store.bookmarks(''), await store.head()]).toEqual([new Map([['in', '2']]), 1]);
  });

  it('is not written, nor judged again, where a bookmark is not as expected; what follows is judged on what is stored', async () => {
    await write([{ name: 'in', value: '1' }], 'a');
    await expect(write([{ name: 'in', value: '2', expected: null }], 'a')).rejects.toMatchObject({ code: 'wrong-bookmark' });
    expect(await write([{ name: 'in', value: '2', expected: '1' }], 'a')).toBe(1);
    expect((await store.readStream('a')).map(({ revision }) => revision)).toEqual([0, 1]);
  });

  it('is judged again once what was missing is loaded, and what it came to before counts for nothing', async () => {
    const judged: boolean[] = [];
    const written = await writer.write(() => {
      const draft = drafted('a');
      judged.push(draft.isComplete);
      return { draft, result: (positions) => positions.size };
    });
    expect([written, judged, (await store.readStream('a')).length]).toEqual([1, [false, true], 1]);
  });

  it('gives up on what asks for another stream each time', async () => {
    let asked = 0;
    const insatiable = writer.write(() => ({ draft: drafted(`s-${++asked}`), result: () => undefined }));
    await expect(insatiable).rejects.toThrow('ever more streams');
    expect([asked, await store.head()]).toEqual([1001, 0]);
    expect(await write([], 'a')).toBe(1);
  });

  it('takes keys to disk first that only its bookmarks need', async () => {
    const value = Buffer.from(vault.seal(KEY, PLACE, Buffer.from('owed'))).toString('base64');
    await write([{ name: 'in', value }]);
    vault.close();
    vault = openVault();
    const sealed = Buffer.from((await store.bookmarks('in')).get('in') ?? '', 'base64');
    expect(Buffer.from(openSealed(vault, KEY, PLACE, sealed) ?? []).toString()).toBe('owed');
  });
});
