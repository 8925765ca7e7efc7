import { EventStoreError } from '../event-store.ts';
import { allReach, FollowedLog, Keeper, upTo } from '../fixtures/index.ts';

let log: FollowedLog;
beforeEach(() => {
  log = new FollowedLog();
});
afterEach(() => log.stop());

describe('whoever follows the log', () => {
  it('tries again for one that fails, from its checkpoint, and goes on with the others meanwhile', async () => {
    const [failing, other] = [new Keeper('failing'), new Keeper('other')];
    const reported: unknown[] = [];
    const tail = log.tail({ report: (trouble, consumer) => reported.push([consumer, trouble]) });
    let isBroken = true;
    const failedTwice = Promise.withResolvers<void>();
    failing.before = ({ to }) => {
      if (to < 3 || !isBroken) return;
      if (failing.asked > 2) failedTwice.resolve();
      throw new RangeError('Ada Lovelace');
    };
    log.follow(tail, failing, other);
    await log.append(2);
    await allReach(2, failing, other);
    await log.append(3);
    await other.reached(5);
    await failedTwice.promise;
    expect(tail.troubles).toEqual(new Map([['failing', { code: 'RangeError' }]]));
    expect((await tail.health()).consumers).toEqual([
      { name: 'failing', position: 2, lag: 3, trouble: { code: 'RangeError' } },
      { name: 'other', position: 5, lag: 0 },
    ]);
    expect(tail.held).toBe(0);
    isBroken = false;
    await failing.reached(5);
    await log.append(1);
    await failing.reached(6);
    expect([failing.positions, other.positions.slice(0, 5)]).toEqual([upTo(6), upTo(5)]);
    expect([tail.troubles.size, reported]).toEqual([0, [['failing', { code: 'RangeError' }]]]);
  });

  it('tries again where a checkpoint cannot be told', async () => {
    const keeper = new Keeper('keeper');
    const asking = keeper.checkpoint.bind(keeper);
    keeper.checkpoint = () => {
      if (asking() === 0 && keeper.asked < 3) throw new EventStoreError('unavailable', 'The file is locked.');
      return keeper.position;
    };
    await log.append(3);
    log.follow(log.tail(), keeper);
    await keeper.reached(3);
    expect([keeper.positions, keeper.asked]).toEqual([upTo(3), 3]);
  });

  it('is given what it says that it opens once that is ready, and nothing before; who opens nothing does not wait for it', async () => {
    const [opening, other] = [new Keeper('opening', { opens: ({ position }) => position % 2 === 0 }), new Keeper('other')];
    const prepared: number[][] = [];
    let isBroken = true;
    const failed = Promise.withResolvers<void>();
    const tail = log.tail({
      prepare: async (events) => {
        if (isBroken) {
          if (opening.asked > 2) failed.resolve();
          throw new EventStoreError('unavailable', 'The keys cannot be reached.');
        }
        prepared.push(events.map(({ recorded }) => recorded.position));
      },
    });
    opening.before = ({ events }) => {
      const even = events.map(({ recorded }) => recorded.position).filter((position) => position % 2 === 0);
      expect(even.every((position) => prepared.flat().includes(position))).toBe(true);
    };
    await log.append(4);
    log.follow(tail, opening, other);
    await other.reached(4);
    await failed.promise;
    expect([opening.positions, tail.troubles.get('opening')]).toEqual([[], { code: 'unavailable' }]);
    isBroken = false;
    await opening.reached(4);
    expect([opening.positions, prepared.flat()]).toEqual([upTo(4), [2, 4]]);
  });

  it('goes on where it was when the log could not be read, says so meanwhile, and misses nothing', async () => {
    const keeper = new Keeper('keeper');
    const said: unknown[] = [];
    let reads = 0;
    const failed = new EventStoreError('unavailable', 'No.');
    const failingLog = log.with({
      subscribe: async function* (options) {
        if (++reads === 2) throw failed;
        for await (const events of log.store.subscribe({ ...options, batchSize: 2 })) {
          yield events;
          if (reads === 1) throw failed;
        }
      },
      readAll: (options) => {
        said.push(tail.trouble);
        return log.store.readAll(options);
      },
    });
    const tail = log.tail({ store: failingLog });
    log.follow(tail, keeper);
    for (const position of [3, 6]) {
      await log.append(3);
      await keeper.reached(position);
    }
    expect([keeper.positions, tail.trouble]).toEqual([upTo(6), undefined]);
    expect(said).toContainEqual({ code: 'unavailable' });
  });

  it('tells the operator what a damaged log asks for', async () => {
    const said = Promise.withResolvers<unknown>();
    const corrupt = new EventStoreError('corrupt', 'The log is damaged. Restore it.');
    const tail = log.tail({
      store: log.with({ head: () => Promise.reject(corrupt), readAll: () => Promise.reject(corrupt) }),
      report: (trouble, consumer) => consumer === undefined && said.resolve(trouble),
    });
    log.follow(tail, new Keeper('keeper'));
    expect(await said.promise).toEqual({ code: 'corrupt', says: corrupt.message });
    await expect(tail.health()).rejects.toBe(corrupt);
  });

  it('finishes what is in hand when it is stopped, and gives nothing more', async () => {
    const keeper = new Keeper('keeper', { batchSize: 2 });
    const [begun, free] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    keeper.before = () => (begun.resolve(), free.promise);
    await log.append(10);
    const ended = log.tail().follow(keeper, log.stopping.signal);
    await begun.promise;
    log.stopping.abort();
    free.resolve();
    await ended;
    expect(keeper.positions).toEqual([1, 2]);
  });

  it('is closed in order: who came last ends first, and nobody comes any more', async () => {
    const tail = log.tail();
    const ended: string[] = [];
    const running = ['one', 'two', 'three'].map(async (name) => {
      await tail.follow(new Keeper(name), log.stopping.signal);
      ended.push(name);
    });
    await tail.close();
    await tail.follow(new Keeper('late'), log.stopping.signal);
    await Promise.all(running);
    expect(ended).toEqual(['three', 'two', 'one']);
  });

  it('takes a name once', async () => {
    const tail = log.tail();
    log.follow(tail, new Keeper('one'));
    await expect(tail.follow(new Keeper('one'), log.stopping.signal)).rejects.toThrow(RangeError);
  });
});
