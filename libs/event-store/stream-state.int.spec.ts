import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { accept, reject } from '#kernel';
import { eventOf, idOf, numberOf, write } from './contract/log-under-test.ts';
import type { EventStore, NewEvent, RecordedEvent } from './event-store.ts';
import { SqliteEventStore } from './sqlite/index.ts';
import { StreamState } from './stream-state.ts';

let folder: string;
let store: EventStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
  store = SqliteEventStore.open({ file: join(folder, 'log.sqlite') });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const fold = {
  initial: [] as readonly number[],
  evolve: (numbers: readonly number[], event: RecordedEvent) => [...numbers, numberOf(event)],
};
const open = (from = store) => StreamState.open(from, 'register', fold);
let made = 0;
/** Adds a number that is one more than the last; each try is another event. */
const next = (numbers: readonly number[]) => accept(eventOf((numbers.at(-1) ?? 0) + 1, { id: idOf(1000 + made++) }));
/** The store, with one call of it done differently. */
const changed = (changes: Partial<EventStore>): EventStore => ({
  append: (writes, bookmarks) => store.append(writes, bookmarks),
  bookmarks: (prefix) => store.bookmarks(prefix),
  readStream: (stream, options) => store.readStream(stream, options),
  readAll: (options) => store.readAll(options),
  findByIds: (ids) => store.findByIds(ids),
  subscribe: (options) => store.subscribe(options),
  head: () => store.head(),
  readLeaves: (after, limit) => store.readLeaves(after, limit),
  integrity: () => store.integrity(),
  probe: () => store.probe(),
  close: () => store.close(),
  ...changes,
});

describe('the state of a stream', () => {
  it('holds what its events come to, and no other stream’s', async () => {
    expect((await open()).state).toEqual([]);
    expect((await open()).revision).toBe(-1);
    await store.append([write('register', 'any', eventOf(1), eventOf(2)), write('other', 'any', eventOf(3))]);
    const register = await open();
    expect([register.state, register.revision]).toEqual([[1, 2], 1]);
  });

  it('folds each event once, however many ask for it at once', async () => {
    const register = await open();
    await store.append([write('register', 'any', eventOf(1), eventOf(2))]);
    await Promise.all([register.refresh(), register.refresh(), register.refresh()]);
    expect(register.state).toEqual([1, 2]);
  });

  it('holds all that was appended before the refresh was asked for, though a read was under way', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let slow = false;
    const register = await open(
      changed({
        readStream: async (stream, options) => {
          const events = await store.readStream(stream, options);
          if (slow) await held;
          return events;
        },
      }),
    );
    slow = true;
    const early = register.refresh();
    await turn();
    await store.append([write('register', 'any', eventOf(1))]);
    const late = register.refresh();
    release();
    await early;
    await late;
    expect(register.state).toEqual([1]);
  });
});

describe('changing it', () => {
  it('appends what is decided, tells where, and holds it', async () => {
    const register = await open();
    await store.append([write('other', 'any', eventOf(50))]);
    expect(await register.change(next)).toEqual({ ok: true, value: [2] });
    expect(register.state).toEqual([1]);
    expect(await register.change(() => accept<NewEvent>())).toEqual({ ok: true, value: [] });
    expect(await store.head()).toBe(2);
  });

  it('gives the rejection, and appends nothing', async () => {
    const register = await open();
    expect(await register.change(() => reject('not-now'))).toEqual({ ok: false, error: 'not-now' });
    expect(await store.head()).toBe(0);
  });

  it('decides anew where others were first, so that none of many is lost', async () => {
    const registers = await Promise.all(Array.from({ length: 4 }, () => open()));
    await Promise.all(registers.flatMap((register) => [register.change(next), register.change(next)]));
    const [first] = await Promise.all(registers.map((register) => register.refresh().then(() => register.state)));
    expect(first).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('gives up where others are always first', async () => {
    let foreign = 100;
    const register = await open(
      changed({
        append: async (writes) => {
          await store.append([write('register', 'any', eventOf(foreign++))]);
          return store.append(writes);
        },
      }),
    );
    await expect(register.change(() => accept(eventOf(1)))).rejects.toMatchObject({ code: 'wrong-expected-revision' });
    expect(foreign).toBe(110);
    expect((await store.findByIds([idOf(1)])).size).toBe(0);
  });

  it('goes on after one that failed', async () => {
    const register = await open();
    const failing = register.change(() => {
      throw new Error('a bug');
    });
    await expect(failing).rejects.toThrow('a bug');
    expect(await register.change(next)).toMatchObject({ ok: true });
  });
});
