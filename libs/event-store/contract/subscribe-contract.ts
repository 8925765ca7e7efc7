import fc from 'fast-check';
import type { EventStore, RecordedEvent } from '../event-store.ts';
import { eventOf, eventsOf, logForEach, numbersOf, type OpenFresh, write } from './log-under-test.ts';

/** Reads from a subscription until it has brought so many events. */
const take = async (subscription: AsyncIterable<readonly RecordedEvent[]>, count: number): Promise<number[]> => {
  const seen: number[] = [];
  for await (const events of subscription) {
    seen.push(...numbersOf(events));
    if (seen.length >= count) break;
  }
  return seen;
};
const numbers = (from: number, to: number): number[] => eventsOf(from, to).map((_, offset) => from + offset);

export const subscribeContract = (openFresh: OpenFresh): void => {
  const log = logForEach(openFresh);
  const append = (...writes: Parameters<EventStore['append']>[0]) => log().store.append(writes);
  const aborts: AbortController[] = [];
  afterEach(() => aborts.splice(0).forEach((abort) => abort.abort()));
  const subscribe = (after = 0, batchSize?: number) => {
    const abort = new AbortController();
    aborts.push(abort);
    const options = { after, signal: abort.signal, ...(batchSize === undefined ? undefined : { batchSize }) };
    return { abort, subscription: log().store.subscribe(options) };
  };

  describe('a subscription', () => {
    it('catches up, then follows', async () => {
      await append(write('a', 'any', ...eventsOf(1, 5)));
      const { subscription } = subscribe();
      const seen = take(subscription, 8);
      for (let n = 6; n <= 8; n++) await append(write('b', 'any', eventOf(n)));
      expect(await seen).toEqual(numbers(1, 8));
    });

    it('begins after a position', async () => {
      const { positions } = await append(write('a', 'any', ...eventsOf(1, 5)));
      expect(await take(subscribe(positions[2]).subscription, 2)).toEqual([4, 5]);
    });

    it('waits for an event that is not there yet', async () => {
      const first = subscribe().subscription[Symbol.asyncIterator]().next();
      await append(write('a', 'any', eventOf(1)));
      expect(numbersOf((await first).value as RecordedEvent[])).toEqual([1]);
    });

    it('brings no more at once than was asked for', async () => {
      await append(write('a', 'any', ...eventsOf(1, 10)));
      const sizes: number[] = [];
      for await (const events of subscribe(0, 4).subscription) {
        sizes.push(events.length);
        if (sizes.reduce((sum, size) => sum + size, 0) === 10) break;
      }
      expect(Math.max(...sizes)).toBeLessThanOrEqual(4);
    });

    it('that nobody reads holds up no append, and misses none', async () => {
      const { subscription } = subscribe();
      const reading = subscription[Symbol.asyncIterator]();
      const first = reading.next();
      for (let n = 1; n <= 50; n++) await append(write('a', 'any', eventOf(n)));
      const seen = numbersOf((await first).value as RecordedEvent[]);
      while (seen.length < 50) seen.push(...numbersOf((await reading.next()).value as RecordedEvent[]));
      expect(seen).toEqual(numbers(1, 50));
    });

    it('ends when it is aborted: before it begins, while it waits, and between events', async () => {
      const early = subscribe();
      early.abort.abort();
      expect(await early.subscription[Symbol.asyncIterator]().next()).toMatchObject({ done: true });
      const waiting = subscribe();
      const next = waiting.subscription[Symbol.asyncIterator]().next();
      waiting.abort.abort();
      expect(await next).toMatchObject({ done: true });
      await append(write('a', 'any', ...eventsOf(1, 2)));
      const between = subscribe(0, 1);
      const reading = between.subscription[Symbol.asyncIterator]();
      await reading.next();
      between.abort.abort();
      expect(await reading.next()).toMatchObject({ done: true });
    });

    it('that waits when the log is closed, says so', async () => {
      const next = subscribe().subscription[Symbol.asyncIterator]().next();
      const refused = expect(next).rejects.toMatchObject({ code: 'closed' });
      await log().store.close();
      await refused;
    });

    it('sees every event once and in order, wherever it begins, while many append', async () => {
      const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 12 });
      const begin = fc.record({ afterShare: fc.double({ min: 0, max: 1, noNaN: true }), batchSize: fc.integer({ min: 1, max: 9 }) });
      let n = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(sizes, { minLength: 1, maxLength: 6 }),
          fc.array(begin, { minLength: 1, maxLength: 4 }),
          async (writers, begins) => {
            const { store } = log();
            const start = await store.head();
            const total = writers.flat().reduce((sum, size) => sum + size, 0);
            const subscribers = begins.map(async ({ afterShare, batchSize }) => {
              const after = Math.floor(start * afterShare);
              const expected = (await store.readAll({ after, limit: 1_000_000 })).length + total;
              return { after, seen: await take(subscribe(after, batchSize).subscription, expected) };
            });
            const appending = writers.map(async (batches, writer) => {
              for (const size of batches) {
                const events = eventsOf(n + 1, (n += size));
                await append(write(`s${writer}`, 'any', ...events));
              }
            });
            await Promise.all(appending);
            for (const { after, seen } of await Promise.all(subscribers)) {
              expect(seen).toEqual(numbersOf(await store.readAll({ after, limit: 1_000_000 })));
            }
          },
        ),
        { numRuns: 15 },
      );
    });
  });
};
