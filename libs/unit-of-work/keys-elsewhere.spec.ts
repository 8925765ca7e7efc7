// Drafts and folded streams where keys answer later, slowly, or not at all (ADR 33).
import type { RecordedEvent } from '#event-store';
import { MemoryEventStore } from '#event-store/memory';
import { type Keys, keysOf, rootKeyOf } from '#privacy';
import { KeyServer, LEASE_MS, RemoteVault } from '#privacy/contract';
import { openSealed } from '#privacy/opening';
import { Draft, LogWriter, type PlainEvent, StreamCache } from './index.ts';

const ROOT = rootKeyOf(Buffer.alloc(32, 7));

let server: KeyServer;
let vault: RemoteVault;
let store: MemoryEventStore;
let writer: LogWriter;
let texts: StreamCache<readonly string[]>;

const textOf = (stored: RecordedEvent, keys: Keys): string => {
  const { owner } = stored.meta;
  const plain = owner === undefined ? stored.payload : openSealed(keys, { owner, category: 'note' }, stored, stored.payload);
  return plain ? (JSON.parse(Buffer.from(plain).toString()) as string) : 'erased';
};

beforeEach(() => {
  server = new KeyServer();
  vault = new RemoteVault(ROOT, server);
  store = new MemoryEventStore();
  writer = new LogWriter(store, vault);
  texts = new StreamCache<readonly string[]>({ store, vault }, 10, {
    initial: () => [],
    evolve: (before, stored, keys) => [...before, textOf(stored, keys)],
  });
});
afterEach(() => store.close());

let made = 0;
const noteFor = (owner: string, text: string): PlainEvent => ({
  id: `0badcafe-0000-4000-8000-${(++made).toString(16).padStart(12, '0')}`,
  type: 'uk.concordat.example.noted.v1',
  meta: { actor: 'broker', correlation: 'c', schema: 1, owner, category: 'note' },
  content: { json: text },
});

const erased = {
  id: '0badcafe-0000-4000-9000-000000000001',
  type: 'uk.concordat.example.erased.v1',
  meta: { actor: 'operator', correlation: 'c', schema: 1 },
  payload: Buffer.from('"so it is"'),
};

/** A draft that says something more, judged and handed over in this turn. */
const say = (stream: string, text: string, owner = stream): Promise<unknown> => {
  const draft = new Draft();
  draft.add(texts, stream, noteFor(owner, text), (before) => [...before, text]);
  return writer.append(draft, { attempt: 1 });
};

const recordedIn = async (stream: string): Promise<readonly string[]> => {
  const events = await store.readStream(stream);
  const keys = await keysOf(vault, events);
  return events.map((stored) => textOf(stored, keys));
};

/** The server answers once it is let go on. */
const held = (): { readonly letGo: () => void; readonly asked: Promise<void> } => {
  const { promise, resolve: letGo } = Promise.withResolvers<void>();
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  server.answering = () => {
    resolve();
    return promise;
  };
  return { letGo, asked };
};
const answersAgain = (): void => {
  server.answering = async () => undefined;
};
const outOfReach = (): void => {
  server.answering = () => Promise.reject(new Error('No route to host.'));
};

describe('a draft whose keys are not at hand', () => {
  beforeEach(async () => {
    for (const stream of ['a', 'b']) await texts.load(stream);
  });

  it('is what others are judged on at once, and is appended before them though its keys come late', async () => {
    await vault.load([{ owner: 'b', category: 'note' }]);
    const { letGo } = held();
    const order: string[] = [];
    const first = say('a', 'one').then(() => order.push('one'));
    const second = say('b', 'two').then(() => order.push('two'));
    expect([texts.peek('a')?.state, await store.head()]).toEqual([['one'], 0]);
    letGo();
    await Promise.all([first, second, say('a', 'three')]);
    expect([order, await recordedIn('a'), await recordedIn('b')]).toEqual([['one', 'two'], ['one', 'three'], ['two']]);
    expect((await store.readAll({ limit: 10 })).map(({ stream }) => stream)).toEqual(['a', 'b', 'a']);
  });

  it('is withdrawn where they cannot be reached: nothing of it is recorded, nothing rests on it, and it can be said again', async () => {
    await say('b', 'before');
    outOfReach();
    const failing = say('a', 'one');
    const onIt = say('a', 'two');
    expect(texts.peek('a')?.state).toEqual(['one', 'two']);
    await expect(failing).rejects.toMatchObject({ code: 'unavailable' });
    await expect(onIt).rejects.toMatchObject({ code: 'unavailable' });
    expect([texts.peek('a'), await store.head()]).toEqual([undefined, 1]);
    answersAgain();
    await texts.load('a');
    await say('a', 'one');
    expect(await recordedIn('a')).toEqual(['one']);
  });

  it('takes nothing of others with it that need no keys from there, and what counts on it is refused', async () => {
    await say('b', 'known');
    server.answering = async () => undefined;
    await vault.load([{ owner: 'b', category: 'note' }]);
    outOfReach();
    const failing = say('a', 'one');
    const beside = say('b', 'beside');
    const onIt = say('a', 'on it', 'b');
    await expect(failing).rejects.toMatchObject({ code: 'unavailable' });
    await beside;
    expect(await onIt).toBeUndefined(); // another was first: it is judged again on what is so
    answersAgain();
    expect([await recordedIn('a'), await recordedIn('b')]).toEqual([[], ['known', 'beside']]);
  });

  it('is sealed with keys loaded anew where the lease ended before its turn', async () => {
    await vault.load([{ owner: 'b', category: 'note' }]);
    const { letGo, asked } = held();
    const first = say('a', 'one');
    const second = say('b', 'two');
    await asked;
    server.pass(LEASE_MS);
    letGo();
    await Promise.all([first, second]);
    expect([await recordedIn('a'), await recordedIn('b')]).toEqual([['one'], ['two']]);
  });

  it('has its new keys kept together with those of all that was judged in the same turn', async () => {
    let writes = 0;
    const durable = vault.durable.bind(vault);
    const keep = server.keys.keep.bind(server.keys);
    const kept: number[] = [];
    server.keys.keep = (...key) => {
      kept.push(writes);
      keep(...key);
    };
    vault.durable = async () => {
      writes += 1;
      await durable();
    };
    await Promise.all(Array.from({ length: 20 }, (_, n) => (texts.put(`s-${n}`, texts.empty(`s-${n}`)), say(`s-${n}`, 'x'))));
    expect([kept.length, new Set(kept).size]).toEqual([20, 1]);
  });
});

describe('a stream that is folded', () => {
  it('waits for its keys, is loaded once for all who wait, and says where they cannot be had', async () => {
    await texts.load('a');
    await say('a', 'one');
    texts.drop('a');
    server.pass(LEASE_MS);
    outOfReach();
    await expect(texts.load('a')).rejects.toMatchObject({ code: 'unavailable' });
    expect(texts.peek('a')).toBeUndefined();
    answersAgain();
    const before = server.loads;
    const both = await Promise.all([texts.load('a'), texts.load('a')]);
    expect([both.map(({ state }) => state), server.loads - before]).toEqual([[['one'], ['one']], 1]);
  });

  it('is read anew where it was dropped while its keys were on their way: nothing of what was erased meanwhile is held', async () => {
    await texts.load('a');
    await say('a', 'one');
    texts.drop('a');
    server.pass(LEASE_MS);
    const { letGo, asked } = held();
    const loading = texts.load('a');
    await asked;
    server.keys.destroy('a', undefined);
    await store.append([{ stream: 'a', expected: 0, events: [erased] }]);
    texts.drop('a');
    letGo();
    const state = ['erased', 'so it is'];
    expect([(await loading).state, texts.peek('a')]).toEqual([state, { state, revision: 1 }]);
  });
});
