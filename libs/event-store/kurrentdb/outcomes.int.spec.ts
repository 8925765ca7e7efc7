// What becomes of an append while the server, or the way to it, fails: it is stored once or not at all, and never told to be stored before.
import { setTimeout as pause } from 'node:timers/promises';
import { HeldWay } from '../../../test/kurrentdb/held-way.ts';
import { KurrentServer } from '../../../test/kurrentdb/kurrent-server.ts';
import { eventOf, eventsOf, everything, idOf, outcomeOf, write } from '../contract/log-under-test.ts';
import { KurrentNodes } from '../fixtures/index.ts';
import type { KurrentEventStore } from './index.ts';

let server: KurrentServer;
let nodes: KurrentNodes;
let store: KurrentEventStore;
beforeEach(async () => {
  server = await KurrentServer.start({ maxAppendSize: 100_000 });
  nodes = new KurrentNodes(server.url);
  store = await nodes.open();
  await store.append([write('a', 'any', ...eventsOf(1, 3))]);
});
afterEach(async () => {
  await nodes.discard();
  await server.stop();
});

/** In the replica, and by the stream event by event. */
const held = async (): Promise<number[]> => {
  await store.integrity();
  return everything(store);
};

describe('an append whose answer is lost', () => {
  it.each(['disconnecting', 'timing-out'] as const)('by %s after it was stored, is stored once and told so', async (how) => {
    server.faults.loseNextAnswer('after-storing', how);
    expect(await store.append([write('a', 2, eventOf(4))])).toEqual({ positions: [4], repeated: false });
    expect(await held()).toEqual([1, 2, 3, 4]);
  });

  it.each(['disconnecting', 'timing-out'] as const)('by %s before it was stored, is sent again', async (how) => {
    server.faults.loseNextAnswer('before-storing', how);
    expect(await store.append([write('a', 2, eventOf(4))], [{ name: 'in', value: '1' }])).toEqual({ positions: [4], repeated: false });
    expect([await held(), await store.bookmarks('')]).toEqual([[1, 2, 3, 4], new Map([['in', '1']])]);
  });

  it('though it changes bookmarks alone, changes them once', async () => {
    server.faults.loseNextAnswer('after-storing');
    expect(await outcomeOf(store.append([], [{ name: 'in', value: '1', expected: null }]))).toBe('stored');
    expect(await outcomeOf(store.append([], [{ name: 'in', value: '2', expected: '1' }]))).toBe('stored');
  });

  it('and that of another node stands there, is judged again', async () => {
    const other = await nodes.open('there');
    const letGo = server.faults.holdAppends();
    const theirs = other.append([write('a', 2, eventOf(10))]);
    await server.faults.held(1);
    server.faults.loseNextAnswer('after-storing');
    const ours = outcomeOf(store.append([write('a', 2, eventOf(11))]));
    await server.faults.held(2);
    letGo();
    expect((await theirs).positions).toEqual([4]);
    expect(await ours).toBe('wrong-expected-revision');
    expect(await held()).toEqual([1, 2, 3, 10]);
  });

  it('and never comes, is told to be uncertain; the same again finds it', async () => {
    const letGo = server.faults.holdAppends();
    const impatient = await nodes.open('there', { patience: { answer: 100, settling: 200 } });
    const again = [write('a', 2, eventOf(4))];
    expect(await outcomeOf(impatient.append(again))).toBe('uncertain');
    letGo();
    // What was sent may be stored yet: whichever comes first, it stands there once.
    const { positions } = await impatient.append(again);
    expect(positions).toEqual([4]);
    await store.catchUp();
    expect(await held()).toEqual([1, 2, 3, 4]);
  });
});

describe('after an answer that was lost', () => {
  it('what others append is followed as before', async () => {
    const other = await nodes.open('there');
    const reading = store.subscribe({ after: 4, signal: AbortSignal.timeout(15_000) })[Symbol.asyncIterator]();
    const next = reading.next();
    server.faults.loseNextAnswer('before-storing', 'timing-out');
    await store.append([write('a', 2, eventOf(4))]);
    await other.catchUp();
    await other.append([write('b', 'any', eventOf(5))]);
    expect((await next).value).toMatchObject([{ id: idOf(5), position: 5 }]);
  });
});

describe('while the server is away', () => {
  it('appends are refused, reads go on, and the probe fails; afterwards all goes on', async () => {
    await server.faults.takeDown();
    await expect(store.probe()).rejects.toMatchObject({ code: 'unavailable' });
    expect(await outcomeOf(store.append([write('a', 2, eventOf(4))]))).toBe('unavailable');
    expect([await everything(store), await store.head()]).toEqual([[1, 2, 3], 3]);
    await server.faults.bringUp();
    expect(await outcomeOf(store.append([write('a', 2, eventOf(4))]))).toBe('stored');
    await store.probe();
    expect(await held()).toEqual([1, 2, 3, 4]);
  });

  it('for less than its patience, an append waits', async () => {
    await server.faults.takeDown();
    const appending = outcomeOf(store.append([write('a', 2, eventOf(4))]));
    await pause(150);
    await server.faults.bringUp();
    expect(await appending).toBe('stored');
  });

  it('nothing is opened, and it is said why', async () => {
    await server.faults.takeDown();
    const impatient = nodes.open('there', { patience: { opening: 500 } });
    await expect(impatient).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('KURRENTDB_URL') });
    await server.faults.bringUp();
    expect(await everything(await nodes.open('there'))).toEqual([1, 2, 3]);
  });

  it('since its disk is full, nothing is told to be stored, and nothing is lost or doubled', async () => {
    server.faults.fillDisk();
    expect(['unavailable', 'uncertain']).toContain(await outcomeOf(store.append([write('a', 2, eventOf(4))])));
    await server.faults.freeDisk();
    expect((await store.append([write('a', 2, eventOf(4))])).positions).toEqual([4]);
    expect(await held()).toEqual([1, 2, 3, 4]);
  });
});

describe('a server', () => {
  it('whose connections break again and again, has each append once', async () => {
    const appending = Array.from({ length: 60 }, (_, n) => outcomeOf(store.append([write(`s${n % 7}`, 'any', eventOf(10 + n))])));
    for (let breaks = 0; breaks < 6; breaks++) {
      await pause(30);
      server.faults.dropConnections();
      appending.push(outcomeOf(store.append([write('a', 'any', eventOf(100 + breaks))])));
    }
    expect(new Set(await Promise.all(appending))).toEqual(new Set(['stored']));
    const found = await held();
    expect([found.length, new Set(found).size]).toEqual([69, 69]);
  });

  it('that leads no more is left for the one that does', async () => {
    server.faults.refuseAppends('not-leader', 2);
    expect(await outcomeOf(store.append([write('a', 2, eventOf(4))]))).toBe('stored');
    server.faults.refuseAppends('not-ready', 2);
    expect(await outcomeOf(store.append([write('a', 3, eventOf(5))]))).toBe('stored');
  });

  it('that leads no more is left for the one that it names, though it be gone itself', async () => {
    const way = await HeldWay.to(server.url);
    const byWay = new KurrentNodes(way.url);
    const other = await byWay.open();
    // It names the address of the server itself, which is not that of the way.
    server.faults.refuseAppends('not-leader');
    expect(await outcomeOf(other.append([write('a', 'any', eventOf(1))]))).toBe('stored');
    await way.close();
    expect(await outcomeOf(other.append([write('a', 'any', eventOf(2))]))).toBe('stored');
    await byWay.discard();
  });

  it('that does not know who asks, is told of', async () => {
    server.faults.refuseAppends('access-denied');
    const refused = store.append([write('a', 2, eventOf(4))]);
    await expect(refused).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('credentials') });
  });

  it('that is slow has more in each append', async () => {
    server.faults.delayAppends(60);
    const appending = Array.from({ length: 200 }, (_, n) => store.append([write(`s${n}`, 'no-stream', eventOf(10 + n))]));
    const began = performance.now();
    await Promise.all(appending);
    expect(performance.now() - began).toBeLessThan(200 * 60);
    expect((await held()).length).toBe(203);
  });
});

describe('a server of release 20.10', () => {
  it('serves as well', async () => {
    const old = await KurrentServer.start({ version: '20.10.2' });
    const [there, elsewhere] = [new KurrentNodes(old.url), await nodes.open('there')];
    const [one, other] = [await there.open('one'), await there.open('other')];
    await one.append([write('a', 'no-stream', ...eventsOf(1, 5))], [{ name: 'in', value: '1' }]);
    expect(await outcomeOf(other.append([write('a', 'no-stream', eventOf(9))]))).toBe('wrong-expected-revision');
    expect([await everything(other), (await other.integrity()).size]).toEqual([[1, 2, 3, 4, 5], 5]);
    expect(await everything(elsewhere)).toEqual([1, 2, 3]);
    await there.discard();
    await old.stop();
  });
});

describe('an append above the server’s limit', () => {
  const large = (n: number) => eventOf(n, { payload: Buffer.from(JSON.stringify({ n, more: 'x'.repeat(30_000) })) });

  it('goes in parts, which are read together', async () => {
    const events = Array.from({ length: 12 }, (_, n) => large(10 + n));
    const other = await nodes.open('there');
    const seen = other.subscribe({ after: 3, signal: AbortSignal.timeout(20_000) })[Symbol.asyncIterator]();
    const first = seen.next();
    expect((await store.append([write('a', 2, ...events)], [{ name: 'in', value: '1' }])).positions).toHaveLength(12);
    expect((await first).value).toHaveLength(12);
    expect(await held()).toEqual([1, 2, 3, ...events.map((_, n) => 10 + n)]);
    expect([await other.head(), await other.bookmarks('in')]).toEqual([15, new Map([['in', '1']])]);
    expect(await everything(await nodes.open('anew'))).toEqual(await everything(store));
  });

  it('of which a part is missing, does not count, for no reader, and its ids are free', async () => {
    const events = Array.from({ length: 8 }, (_, n) => large(10 + n));
    const other = await nodes.open('there');
    const letFirstGo = server.faults.holdAppends();
    const torn = outcomeOf(store.append([write('a', 2, ...events)]));
    await server.faults.held(1);
    letFirstGo();
    const letSecondGo = server.faults.holdAppends();
    await server.faults.held(1);
    server.faults.refuseAppends('access-denied');
    letSecondGo();
    expect(await torn).toBe('unavailable');
    expect(await everything(await nodes.open('anew'))).toEqual([1, 2, 3]);
    await other.append([write('b', 'any', eventOf(99))]);
    await store.catchUp();
    expect(await held()).toEqual([1, 2, 3, 99]);
    expect(await outcomeOf(store.append([write('a', 2, ...events)]))).toBe('stored');
    expect(await held()).toEqual([1, 2, 3, 99, ...events.map((_, n) => 10 + n)]);
    expect(await everything(await nodes.open('later'))).toEqual(await held());
  });

  it('by a single event, is refused alone, and told for what', async () => {
    const huge = eventOf(4, { payload: Buffer.alloc(150_000) });
    const beside = [7, 8].map((n) => outcomeOf(store.append([write('b', 'any', eventOf(n))])));
    const refused = store.append([write('a', 2, huge)]);
    beside.push(outcomeOf(store.append([write('b', 'any', eventOf(9))])));
    expect(await Promise.all(beside)).toEqual(['stored', 'stored', 'stored']);
    await expect(refused).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining('MaxAppendSize') });
    expect(await outcomeOf(store.append([write('a', 2, eventOf(5))]))).toBe('stored');
    expect((await store.findByIds([idOf(4)])).size).toBe(0);
  });
});
