import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accept, type Decision, ok, reject } from '#kernel';
import { type EventStore, EventStoreError, type NewEvent, StreamState } from './index.ts';
import { SqliteEventStore } from './sqlite/index.ts';

type Words = readonly string[];

const idOf = (n: number): string => `5eed0000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
const wordOf = (payload: Uint8Array): string => Buffer.from(payload).toString();
const words = { initial: [] as Words, evolve: (state: Words, { payload }: NewEvent): Words => [...state, wordOf(payload)] };

describe('a stream held as state', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stream-state-'));
  let logs = 0;
  let file: string;
  let store: EventStore;
  let ids = 0;
  const said = (word: string): NewEvent => ({
    id: idOf(++ids),
    type: 'uk.concordat.word.said.v1',
    meta: { actor: 'broker', correlation: 'c', schema: 1 },
    payload: Buffer.from(word),
  });
  const say = async (word: string, stream = 'words', into = store): Promise<void> =>
    void (await into.append([{ stream, expected: 'any', events: [said(word)] }]));
  const open = (from = store): Promise<StreamState<Words>> => StreamState.open(from, 'words', words);

  beforeEach(() => {
    file = join(folder, `log-${++logs}.db`);
    store = SqliteEventStore.open({ file });
  });
  afterEach(() => store.close());
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is initial where the stream has no event', async () => {
    const held = await open();
    expect([held.state, held.revision]).toEqual([[], -1]);
  });

  it('is folded from the stream alone, in order', async () => {
    for (const word of ['a', 'b', 'c']) {
      await say(word);
      await say('else', 'other');
    }
    const held = await open();
    expect([held.state, held.revision]).toEqual([['a', 'b', 'c'], 2]);
  });

  it('takes in what others appended when it is refreshed, and each event once', async () => {
    const held = await open();
    const other = SqliteEventStore.open({ file });
    await say('by another', 'words', other);
    expect(held.state).toEqual([]);
    await Promise.all([held.refresh(), held.refresh(), held.refresh()]);
    await held.refresh();
    expect([held.state, held.revision]).toEqual([['by another'], 0]);
    await other.close();
  });

  it('holds a change when it resolves, and tells its positions', async () => {
    const held = await open();
    await say('else', 'other');
    expect(await held.change(() => accept(said('a'), said('b')))).toEqual(ok([2, 3]));
    expect([held.state, held.revision]).toEqual([['a', 'b'], 1]);
    expect((await open()).state).toEqual(['a', 'b']);
  });

  it('appends nothing where the decision changes nothing', async () => {
    const held = await open();
    expect(await held.change(() => accept<NewEvent>())).toEqual(ok([]));
    expect(await store.head()).toBe(0);
  });

  it('gives a rejection and appends nothing', async () => {
    const held = await open();
    expect(await held.change(() => reject('said-already'))).toEqual({ ok: false, error: 'said-already' });
    expect(await store.head()).toBe(0);
  });

  it('decides on what others appended before', async () => {
    const held = await open();
    await say('a');
    const seen: Words[] = [];
    await held.change((state) => (seen.push(state), accept(said('b'))));
    expect(seen).toEqual([['a']]);
  });

  /** A store into which another says something between each look and append, so many times. */
  const disturbed = (times: number): EventStore => {
    let left = times;
    return new Proxy(store, {
      get: (target, name) => {
        if (name !== 'append') return (Reflect.get(target, name) as () => unknown).bind(target);
        return async (...args: Parameters<EventStore['append']>) => {
          if (left-- > 0) await say(`in between, ${left} to come`);
          return target.append(...args);
        };
      },
    });
  };

  it('decides anew where another was first', async () => {
    const held = await open(disturbed(2));
    const seen: number[] = [];
    const result = await held.change((state) => (seen.push(state.length), accept(said(`after ${state.length}`))));
    expect(seen).toEqual([0, 1, 2]);
    expect(result).toEqual(ok([3]));
    expect(held.state.at(-1)).toBe('after 2');
  });

  it('rejects what became impossible in between', async () => {
    const held = await open(disturbed(1));
    const decide = (state: Words): Decision<NewEvent, string> => (state.length === 0 ? accept(said('first')) : reject('no-longer-first'));
    expect(await held.change(decide)).toEqual({ ok: false, error: 'no-longer-first' });
    expect(held.state.length).toBe(1);
  });

  it('gives up after ten attempts', async () => {
    const held = await open(disturbed(Number.POSITIVE_INFINITY));
    let attempts = 0;
    const change = held.change(() => (attempts++, accept(said('never'))));
    await expect(change).rejects.toMatchObject({ code: 'wrong-expected-revision' });
    expect(attempts).toBe(10);
  });

  it('passes on any other failure at once', async () => {
    const held = await open();
    await store.close();
    await expect(held.change(() => accept(said('late')))).rejects.toThrow(EventStoreError);
    await expect(held.refresh()).rejects.toMatchObject({ code: 'closed' });
  });

  it('loses no change of many at once, by several holders', async () => {
    const holders = await Promise.all([open(), open()]);
    const changes = Array.from({ length: 8 }, (_, n) => holders[n % 2]?.change(() => accept(said(`word ${n}`))));
    await Promise.all(changes);
    await Promise.all(holders.map((held) => held.refresh()));
    const [one, other] = holders.map((held) => held.state);
    expect(one).toEqual(other);
    expect(one?.toSorted()).toEqual(changes.map((_, n) => `word ${n}`));
  });
});
