import { eventOf, eventsOf, everything, idOf, logForEach, type OpenFresh, write } from './log-under-test.ts';

export const closingContract = (openFresh: OpenFresh): void => {
  const log = logForEach(openFresh);

  describe('closing', () => {
    it('finishes what was asked for, and refuses all else', async () => {
      const { store } = log();
      const appending = store.append([write('a', 'any', ...eventsOf(1, 3))]);
      await store.close();
      await expect(appending).resolves.toMatchObject({ repeated: false });
      const refused = [
        () => store.append([write('a', 'any', eventOf(4))]),
        () => store.append([], [{ name: 'in', value: '1' }]),
        () => store.bookmarks('in'),
        () => store.readStream('a'),
        () => store.readAll({ limit: 1 }),
        () => store.findByIds([idOf(1)]),
        () => store.head(),
        () => store.readLeaves(0, 1),
        () => store.integrity(),
        () => store.probe(),
        () => store.subscribe({ after: 0, signal: new AbortController().signal })[Symbol.asyncIterator]().next(),
      ];
      for (const ask of refused) await expect(ask()).rejects.toMatchObject({ name: 'EventStoreError', code: 'closed' });
      await expect(store.close()).resolves.toBeUndefined();
      expect(await everything(await log().another())).toEqual([1, 2, 3]);
    });
  });

  describe('a probe', () => {
    it('leaves the log as it is', async () => {
      const { store } = log();
      await store.append([write('a', 'any', ...eventsOf(1, 9))], [{ name: 'in', value: '1' }]);
      const before = await store.integrity();
      await store.probe();
      expect(await store.integrity()).toEqual(before);
      expect(await store.bookmarks('in')).toEqual(new Map([['in', '1']]));
    });
  });
};
