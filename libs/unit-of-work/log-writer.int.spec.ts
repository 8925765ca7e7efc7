import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventStore, EventStoreError, type EventStoreErrorCode } from '#event-store';
import { SqliteEventStore } from '#event-store/sqlite';
import { keysOf, rootKeyOf } from '#privacy';
import { openSealed } from '#privacy/opening';
import { SqliteVault } from '#privacy/sqlite';
import { type BookmarkToWrite, Draft, LogWriter, type Missing, type PlainEvent, StreamCache } from './index.ts';

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
  heads = new StreamCache<null>({ store, vault }, 10, { initial: () => null });
});
afterEach(async () => {
  await store.close();
  await vault.close();
  rmSync(folder, { recursive: true });
});

let made = 0;
const event = (): PlainEvent => ({
  id: `0badcafe-0000-4000-8000-${(++made).toString(16).padStart(12, '0')}`,
  type: 'uk.concordat.example.made.v1',
  meta: { actor: 'broker', correlation: '0badcafe-0000-4000-8000-000000000000', schema: 1 },
  content: { json: {} },
});
const drafted = (stream?: string): Draft => {
  const draft = new Draft();
  if (stream !== undefined) draft.add(heads, stream, event(), () => null);
  return draft;
};
const write = async (bookmarks: readonly BookmarkToWrite[], stream?: string): Promise<number | undefined> =>
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
const looked = { look: () => heads.missing('a') };
const written = async (by: LogWriter): Promise<number> => {
  const { positions } = await by.write({ ...looked, judge: () => ({ draft: drafted('a') }) });
  return positions.size;
};

describe('what another writer was faster with', () => {
  it.each(['wrong-expected-revision', 'event-id-reused'] as const)(
    'is judged again where it is refused with %s, and comes out',
    async (code) => {
      const { store: slow, asked } = refusing(3, code);
      expect(await written(new LogWriter(slow, vault))).toBe(1);
      expect([asked(), (await store.readStream('a')).length]).toEqual([4, 1]);
    },
  );

  it('is given up after a number of attempts, between which others get their turn', async () => {
    const { store: slow, asked } = refusing(Infinity, 'wrong-expected-revision');
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await expect(written(new LogWriter(slow, vault))).rejects.toMatchObject({ code: 'wrong-expected-revision' });
    clearInterval(timer);
    expect(asked()).toBe(20);
    expect(turns).toBeGreaterThan(20);
    expect(await write([], 'a')).toBe(1);
  });

  it('is not judged again where the log cannot be written', async () => {
    const { store: slow, asked } = refusing(1, 'unavailable');
    await expect(written(new LogWriter(slow, vault))).rejects.toMatchObject({ code: 'unavailable' });
    expect(asked()).toBe(1);
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
    const judge = (): { readonly draft: Draft } => {
      const draft = drafted('a');
      judged.push(draft.isComplete);
      return { draft };
    };
    const { positions } = await writer.write({ look: () => [], judge });
    expect([positions.size, judged, (await store.readStream('a')).length]).toEqual([1, [false, true], 1]);
  });

  it('is judged once where the look says all that it lacks, one thing after the other', async () => {
    const [judged, looks] = [[] as boolean[], [] as number[]];
    const look = (): readonly Missing[] => {
      const missing = [heads.missing('a'), heads.missing('b')].find((one) => one.length > 0) ?? [];
      looks.push(missing.length);
      return missing;
    };
    const judge = (): { readonly draft: Draft } => {
      const draft = drafted('a');
      draft.require(heads, 'b');
      judged.push(draft.isComplete);
      return { draft };
    };
    await writer.write({ look, judge });
    expect([judged, looks]).toEqual([[true], [1, 1, 0]]);
  });

  it('is judged all the same where memory holds less than the look names', async () => {
    const small = new StreamCache<null>({ store, vault }, 1, { initial: () => null });
    const judge = (): { readonly draft: Draft } => {
      const draft = new Draft();
      draft.add(small, 'a', event(), () => null);
      return { draft };
    };
    const { positions } = await writer.write({ look: () => [...small.missing('a'), ...small.missing('b')], judge });
    expect(positions.size).toBe(1);
  });

  it('is sealed for the place that it gets, after what was judged before it and is not on disk yet', async () => {
    const sealed = (id: string): PlainEvent => {
      const { meta, ...plain } = event();
      return { ...plain, meta: { ...meta, ...KEY }, content: { json: { id } } };
    };
    await heads.load('a');
    const appended = [['1', '2'], ['3']].map(async (ids) => {
      const draft = new Draft();
      for (const id of ids) draft.add(heads, 'a', sealed(id), () => null);
      return writer.append(draft, { attempt: 1 });
    });
    await Promise.all(appended);
    const recorded = await store.readStream('a');
    const keys = await keysOf(vault, recorded);
    const opened = recorded.map((stored) => Buffer.from(openSealed(keys, KEY, stored, stored.payload) ?? []).toString());
    expect(opened).toEqual(['1', '2', '3'].map((id) => JSON.stringify({ id })));
  });

  it('gives up on what asks for another stream each time', async () => {
    let asked = 0;
    const insatiable = writer.write({ look: () => [], judge: () => ({ draft: drafted(`s-${++asked}`) }) });
    await expect(insatiable).rejects.toThrow('ever more streams');
    expect([asked, await store.head()]).toEqual([1001, 0]);
    expect(await write([], 'a')).toBe(1);
  });

  it('takes keys to disk first that only its bookmarks need', async () => {
    await write([{ name: 'in', key: KEY, place: PLACE, plain: Buffer.from('owed') }]);
    await vault.close();
    vault = openVault();
    const sealed = Buffer.from((await store.bookmarks('in')).get('in') ?? '', 'base64');
    expect(Buffer.from(openSealed(await vault.load([KEY]), KEY, PLACE, sealed) ?? []).toString()).toBe('owed');
  });
});
