import fc from 'fast-check';
import { eventOf } from '../contract/index.ts';
import type { EventStore } from '../event-store.ts';
import { allReach, BOUNDS, FollowedLog, Keeper, upTo } from '../fixtures/index.ts';

let log: FollowedLog;
beforeEach(() => {
  log = new FollowedLog();
});
afterEach(() => log.stop());

describe('the tail of the log', () => {
  it('gives all consumers each event, read and wrapped once', async () => {
    const [one, two, three] = [new Keeper('one'), new Keeper('two', { batchSize: 3 }), new Keeper('three')];
    let alone = 0;
    const readAll: EventStore['readAll'] = async (options) => {
      const events = await log.store.readAll(options);
      alone += events.length;
      return events;
    };
    const tail = log.tail({ store: log.with({ readAll }) });
    log.follow(tail, one);
    await log.append(1);
    await one.reached(1);
    two.position = three.position = 1;
    log.follow(tail, two, three);
    await log.append(29);
    await allReach(30, one, two, three);
    expect(log.decoded).toEqual(upTo(30));
    expect(one.positions).toEqual(upTo(30));
    expect(two.given).toEqual(one.given.slice(1));
    for (const [index, event] of three.given.entries()) expect(event).toBe(one.given[index + 1]);
    expect([alone, tail.held]).toEqual([0, 0]);
  });

  it('gives each what it wants, and moves it on past the rest', async () => {
    const typed = new Keeper('typed', { types: new Set(['wanted']) });
    const streamed = new Keeper('streamed', { streams: (stream) => stream === 'b' });
    const both = new Keeper('both', { types: new Set(['wanted']), streams: (stream) => stream === 'b' });
    log.follow(log.tail(), typed, streamed, both);
    await log.append(2);
    await log.append(1, 'a', 'wanted');
    await log.append(1, 'b');
    await log.append(1, 'b', 'wanted');
    await log.append(2);
    await allReach(7, typed, streamed, both);
    expect([typed.positions, streamed.positions, both.positions]).toEqual([[3, 5], [4, 5], [5]]);
  });

  it('has one that is behind read for itself, and join when it is near', async () => {
    const [near, behind] = [new Keeper('near', { position: 40 }), new Keeper('behind', { batchSize: 7 })];
    await log.append(40);
    log.follow(log.tail(), near, behind);
    await behind.reached(40);
    log.decoded.length = 0;
    await log.append(5);
    await allReach(45, near, behind);
    expect([behind.positions, near.positions]).toEqual([upTo(45), upTo(45, 41)]);
    expect(log.decoded).toEqual(upTo(45, 41));
  });

  it('holds a bounded part of the log for a slow one, which misses nothing and holds up nobody', async () => {
    const [slow, quick] = [new Keeper('slow', { batchSize: 1 }), new Keeper('quick')];
    const tail = log.tail({ bounds: { ...BOUNDS, events: 8 } });
    const free = Promise.withResolvers<void>();
    let most = 0;
    quick.before = () => void (most = Math.max(most, tail.held));
    slow.before = () => free.promise;
    log.follow(tail, slow, quick);
    await log.append(60);
    await quick.reached(60);
    expect(tail.held).toBe(8);
    free.resolve();
    await slow.reached(60);
    await log.append(1);
    await allReach(61, slow, quick);
    expect(most).toBeLessThanOrEqual(8);
    expect([slow.positions, quick.positions]).toEqual([upTo(61), upTo(61)]);
    expect(log.decoded.filter((position) => position === 61)).toEqual([61]);
  });

  it('bounds what it holds by its size too', async () => {
    const [slow, quick] = [new Keeper('slow'), new Keeper('quick')];
    const tail = log.tail({ bounds: { ...BOUNDS, bytes: 3 * eventOf(1).payload.byteLength } });
    const free = Promise.withResolvers<void>();
    slow.before = () => free.promise;
    log.follow(tail, slow, quick);
    await log.append(9);
    await quick.reached(9);
    expect(tail.held).toBeLessThanOrEqual(3);
    free.resolve();
    await slow.reached(9);
    expect(slow.positions).toEqual(upTo(9));
  });

  it('holds nothing for one that has had its part for too long', async () => {
    const [stuck, other] = [new Keeper('stuck'), new Keeper('other')];
    const tail = log.tail({ bounds: { ...BOUNDS, patience: 500 } });
    const free = Promise.withResolvers<void>();
    stuck.before = () => free.promise;
    log.follow(tail, stuck, other);
    await log.append(10);
    await other.reached(10);
    expect(tail.held).toBeGreaterThan(0);
    while (tail.held > 0) await new Promise((resolve) => setImmediate(resolve));
    free.resolve();
    await stuck.reached(10);
    expect(stuck.positions).toEqual(upTo(10));
  });

  it('reads on only when somebody has passed all that was read', async () => {
    const keeper = new Keeper('keeper');
    const free = Promise.withResolvers<void>();
    keeper.before = () => free.promise;
    const tail = log.tail();
    log.follow(tail, keeper);
    await log.append(1);
    await log.append(30);
    expect(log.decoded.length).toBeLessThan(31);
    free.resolve();
    await keeper.reached(31);
    expect(keeper.positions).toEqual(upTo(31));
  });

  it('gives everybody every event once and in order, however they fail, lag and join', async () => {
    const one = fc.record({
      from: fc.nat(30),
      batchSize: fc.integer({ min: 1, max: 9 }),
      fails: fc.uniqueArray(fc.nat(60), { maxLength: 3 }),
      slow: fc.nat(3),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 12 }), async (shapes, events) => {
        log = new FollowedLog();
        await log.append(30);
        const ending = new AbortController();
        const tail = log.tail({ bounds: { ...BOUNDS, events } });
        const keepers = shapes.map(({ from, batchSize, fails, slow }, index) => {
          const keeper = new Keeper(String(index), { position: from, batchSize });
          const left = new Set(fails);
          keeper.before = async ({ to }) => {
            for (let turns = 0; turns < slow; turns++) await new Promise((resolve) => setImmediate(resolve));
            if (left.delete(to)) throw new Error('It fails here once.');
          };
          return keeper;
        });
        const ended = keepers.map((keeper) => tail.follow(keeper, ending.signal));
        await log.append(30);
        await allReach(60, ...keepers);
        ending.abort();
        await Promise.all(ended);
        for (const [index, keeper] of keepers.entries()) expect(keeper.positions).toEqual(upTo(60, (shapes[index]?.from ?? 0) + 1));
        expect(tail.held).toBe(0);
      }),
      { numRuns: 30 },
    );
  });
});
