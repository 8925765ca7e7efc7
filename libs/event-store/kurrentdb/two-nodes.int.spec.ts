// Two nodes on one stream, as two processes on two machines: they are as safe as two on one file.
import { once } from 'node:events';
import { fixedClock } from '#kernel';
import { KurrentServer } from '../../../test/kurrentdb/kurrent-server.ts';
import { eventOf, eventsOf, everything, idOf, outcomeOf, write } from '../contract/log-under-test.ts';
import { KurrentNodes } from '../fixtures/index.ts';
import type { KurrentEventStore } from './index.ts';

let server: KurrentServer;
let nodes: KurrentNodes;
let here: KurrentEventStore;
let there: KurrentEventStore;
beforeEach(async () => {
  server = await KurrentServer.start();
  nodes = new KurrentNodes(server.url);
  here = await nodes.open('here');
  there = await nodes.open('there');
});
afterEach(async () => {
  await nodes.discard();
  await server.stop();
});

const bothHold = async (): Promise<number[]> => {
  await Promise.all([here.catchUp(), there.catchUp()]);
  const [found, root] = [await everything(here), (await here.integrity()).root];
  expect([await everything(there), (await there.integrity()).root]).toEqual([found, root]);
  return found;
};

describe('two nodes', () => {
  it('that begin one stream at once, begin one log', async () => {
    const fresh = new KurrentNodes(server.url);
    const [one, other] = await Promise.all([fresh.open('one'), fresh.open('other')]);
    expect(one.mark()).toEqual(other.mark());
    await fresh.discard();
  });

  it('count positions and revisions together', async () => {
    for (let n = 1; n <= 20; n++) {
      const [store, expected] = [n % 2 ? here : there, n === 1 ? 'no-stream' : n - 2] as const;
      await store.catchUp();
      expect(await store.append([write('a', expected, eventOf(n))])).toEqual({ positions: [n], repeated: false });
    }
    expect(await bothHold()).toEqual(eventsOf(1, 20).map((_, n) => n + 1));
  });

  it('hold each other to what streams and bookmarks are expected to be, though one has not heard of the other', async () => {
    await here.append([write('a', 'no-stream', eventOf(1))], [{ name: 'in', value: '1' }]);
    expect(await outcomeOf(there.append([write('a', 'no-stream', eventOf(2))]))).toBe('wrong-expected-revision');
    expect(await outcomeOf(there.append([write('b', 'no-stream', eventOf(3))], [{ name: 'in', value: '1', expected: null }]))).toBe(
      'wrong-bookmark',
    );
    await here.append([write('a', 0, eventOf(4))]);
    expect(await outcomeOf(there.append([write('a', 0)]))).toBe('wrong-expected-revision');
    expect(await bothHold()).toEqual([1, 4]);
  });

  it('that are sent the same at once, store it once; each tells where', async () => {
    const [one, other] = await Promise.all([here, there].map((store) => store.append([write('a', 'any', ...eventsOf(1, 3))])));
    expect([one?.positions, other?.positions]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect([one?.repeated, other?.repeated].toSorted()).toEqual([false, true]);
    expect(await bothHold()).toEqual([1, 2, 3]);
  });

  it('that are sent one id with different content at once, agree on which was first', async () => {
    const contents = [here, there].map((store, n) => store.append([write('a', 'any', eventOf(1, { payload: Buffer.from(`{"n":${n}}`) }))]));
    await Promise.all(contents);
    expect(await bothHold()).toHaveLength(1);
  });

  it('contend for one stream, and one wins each revision', async () => {
    const writer = async (store: KurrentEventStore, from: number): Promise<void> => {
      for (let n = from; n < from + 25;) {
        const [last] = await store.readStream('a', { direction: 'backwards', limit: 1 });
        if ((await outcomeOf(store.append([write('a', last?.revision ?? 'no-stream', eventOf(n))]))) === 'stored') n += 1;
      }
    };
    await Promise.all([writer(here, 100), writer(there, 200)]);
    expect((await bothHold()).toSorted((one, other) => one - other)).toEqual(
      [...eventsOf(100, 124), ...eventsOf(200, 224)].map((_, n) => (n < 25 ? 100 : 175) + n),
    );
    expect((await here.readStream('a')).map(({ revision }) => revision)).toEqual(eventsOf(1, 50).map((_, n) => n));
  });

  it('bring each other’s events to those who subscribe, a write set as a whole', async () => {
    const reading = there.subscribe({ after: 0, signal: AbortSignal.timeout(10_000) })[Symbol.asyncIterator]();
    const next = reading.next();
    await here.append([write('a', 'any', ...eventsOf(1, 30)), write('b', 'any', eventOf(31))]);
    expect((await next).value).toHaveLength(31);
  });

  it('with clocks apart record no time before the last', async () => {
    const ahead = await nodes.open('ahead', { clock: fixedClock(Date.UTC(2040, 0, 1)) });
    await ahead.append([write('a', 'any', eventOf(1))]);
    await here.append([write('a', 'any', eventOf(2))]);
    const times = (await here.readAll({ limit: 10 })).map(({ recordedAt }) => recordedAt);
    expect(times).toEqual([Date.UTC(2040, 0, 1), Date.UTC(2040, 0, 1)]);
  });
});

describe('a writer that stood still while others went on', () => {
  it('cannot store what no longer holds', async () => {
    await here.append([write('consent', 'no-stream', eventOf(1))]);
    await there.catchUp();
    const letGo = server.faults.holdAppends();
    // Judged when the consent stood; the withdrawal comes to the server first.
    const withdrawal = here.append([write('consent', 0, eventOf(2))]);
    await server.faults.held(1);
    const disclosure = outcomeOf(there.append([write('consent', 0), write('disclosures', 'any', eventOf(3))]));
    await server.faults.held(2);
    letGo();
    expect((await withdrawal).positions).toEqual([2]);
    expect(await disclosure).toBe('wrong-expected-revision');
    expect(await bothHold()).toEqual([1, 2]);
  });
});

describe('a node whose files went on at another', () => {
  it('stores nothing more and says so; reads go on, and so does the other', async () => {
    let [ours, theirs] = [1, 1];
    here.accompany('keys.sqlite', () => ours);
    await here.append([write('a', 'any', eventOf(1))]);
    // A standby takes over with a copy of the file, and changes it.
    const standby = await nodes.open('standby');
    standby.accompany('keys.sqlite', () => theirs);
    theirs += 1;
    await standby.append([write('a', 'any', eventOf(2))]);
    // So did the one that stood still, as often: counts alone do not tell the two files apart.
    ours += 1;
    const refused = here.append([write('a', 'any', eventOf(3))]);
    await expect(refused).rejects.toMatchObject({ code: 'corrupt', message: expect.stringContaining('another data directory') });
    await expect(here.probe()).rejects.toMatchObject({ code: 'corrupt' });
    expect(await everything(here)).toEqual([1, 2]);
    expect(await outcomeOf(standby.append([write('a', 'any', eventOf(4))]))).toBe('stored');
  });

  it('learns of it by following, though nobody asks anything of it', async () => {
    here.accompany('keys.sqlite', () => 1);
    await here.append([write('a', 'any', eventOf(1))]);
    const told = once(here.overtaken, 'abort', { signal: AbortSignal.timeout(15_000) });
    const standby = await nodes.open('standby');
    standby.accompany('keys.sqlite', () => 2);
    await standby.append([write('a', 'any', eventOf(2))]);
    await told;
    expect([here.overtaken.aborted, standby.overtaken.aborted]).toEqual([true, false]);
  });

  it('is not one whose data directory several processes use', async () => {
    const beside = await nodes.open('here');
    let changes = 1;
    for (const store of [here, beside]) store.accompany('keys.sqlite', () => changes);
    for (let n = 1; n <= 6; n++, changes++)
      expect(await outcomeOf((n % 2 ? here : beside).append([write('a', 'any', eventOf(n))]))).toBe('stored');
    expect(await bothHold()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('is not one that begins once the other has ended', async () => {
    there.accompany('keys.sqlite', () => 3);
    await there.append([write('a', 'any', eventOf(1))]);
    const later = await nodes.open('later');
    later.accompany('keys.sqlite', () => 4);
    expect(await outcomeOf(later.append([write('a', 'any', eventOf(2))]))).toBe('stored');
  });
});

describe('two processes on one replica', () => {
  it('append and read as one', async () => {
    const beside = await nodes.open('here');
    for (let n = 1; n <= 30; n++) await (n % 2 ? here : beside).append([write('a', 'any', eventOf(n))], [{ name: 'in', value: String(n) }]);
    const found = eventsOf(1, 30).map((_, n) => n + 1);
    expect([await everything(here), await everything(beside)]).toEqual([found, found]);
    expect((await beside.findByIds([idOf(30)])).get(idOf(30))?.position).toBe(30);
    expect(await bothHold()).toEqual(found);
  });
});
