import type { EventStore } from '../event-store.ts';
import { eventOf, eventsOf, everything, idOf, logForEach, numbersOf, type OpenFresh, outcomeOf, write } from './log-under-test.ts';

const numbers = (to: number): number[] => eventsOf(1, to).map((_, n) => n + 1);

export const sharingContract = (openFresh: OpenFresh): void => {
  const log = logForEach(openFresh);
  const both = async (): Promise<{ readonly here: EventStore; readonly there: EventStore }> => ({
    here: log().store,
    there: await log().another(),
  });

  describe('two processes on one log', () => {
    it('count positions and revisions together', async () => {
      const { here, there } = await both();
      for (let n = 1; n <= 20; n++) {
        const [store, expected] = [n % 2 ? here : there, n === 1 ? 'no-stream' : n - 2] as const;
        expect(await store.append([write('a', expected, eventOf(n))])).toEqual({ positions: [n], repeated: false });
      }
      for (const store of [here, there]) {
        expect(await everything(store)).toEqual(numbers(20));
        expect(numbersOf(await store.readStream('a'))).toEqual(numbers(20));
        expect([await store.head(), (await store.integrity()).size]).toEqual([20, 20]);
      }
    });

    it('hold each other to what a stream is expected to be', async () => {
      const { here, there } = await both();
      await here.append([write('a', 'no-stream', eventOf(1))]);
      expect(await outcomeOf(there.append([write('a', 'no-stream', eventOf(2))]))).toBe('wrong-expected-revision');
      expect(await outcomeOf(there.append([write('a', 0), write('b', 'any', eventOf(3))]))).toBe('stored');
    });

    it('know each other’s ids', async () => {
      const { here, there } = await both();
      await here.append([write('a', 'any', ...eventsOf(1, 2))]);
      expect(await there.append([write('a', 'no-stream', ...eventsOf(1, 2))])).toEqual({ positions: [1, 2], repeated: true });
      expect(await outcomeOf(there.append([write('a', 'any', ...eventsOf(2, 3))]))).toBe('event-id-reused');
      await there.append([write('a', 'any', eventOf(3))]);
      expect((await here.findByIds([idOf(3)])).get(idOf(3))).toMatchObject({ position: 3, revision: 2 });
    });

    it('that are sent the same at once, store it once; each tells where', async () => {
      const { here, there } = await both();
      const sent = await Promise.all([here, there].map((store) => store.append([write('a', 'any', ...eventsOf(1, 3))])));
      expect(sent.map(({ positions }) => positions)).toEqual([numbers(3), numbers(3)]);
      expect(sent.map(({ repeated }) => repeated).toSorted()).toEqual([false, true]);
    });

    it('wake each other’s subscriptions, though something else has read the news before', async () => {
      const { here, there } = await both();
      const abort = new AbortController();
      const next = here.subscribe({ after: 0, signal: abort.signal })[Symbol.asyncIterator]().next();
      await there.append([write('a', 'any', eventOf(1))]);
      expect(await here.head()).toBe(1);
      expect((await next).value).toMatchObject([{ id: idOf(1) }]);
      abort.abort();
    });

    it('hold each other to what a bookmark is expected to be', async () => {
      const { here, there } = await both();
      const step = (store: EventStore, from: string | null, to: string) =>
        outcomeOf(store.append([], [{ name: 'in', value: to, expected: from }]));
      expect(await step(here, null, '1')).toBe('stored');
      expect(await step(there, null, '1')).toBe('wrong-bookmark');
      expect(await step(there, '1', '2')).toBe('stored');
      expect(await step(here, '1', '2')).toBe('wrong-bookmark');
      expect(await here.bookmarks('in')).toEqual(new Map([['in', '2']]));
    });
  });
};
