import { treeRoot } from '#transparency';
import { leafOf } from '../record-form.ts';
import { eventOf, eventsOf, logForEach, type OpenFresh, write } from './log-under-test.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export const proofContract = (openFresh: OpenFresh): void => {
  const log = logForEach(openFresh);
  const filled = async (): Promise<void> => {
    await log().store.append([write('a', 'any', ...eventsOf(1, 5)), write('b', 'any', eventOf(6))], [{ name: 'in', value: '1' }]);
    await log().store.append([write('a', 4, ...eventsOf(7, 9))]);
  };

  describe('the leaves of the log', () => {
    it('are those of its events, in their order', async () => {
      await filled();
      const leaves = (await log().store.readAll({ limit: 100 })).map((event) => hex(leafOf(event)));
      expect((await log().store.readLeaves(0, 100)).map(hex)).toEqual(leaves);
      expect((await log().store.readLeaves(3, 2)).map(hex)).toEqual(leaves.slice(3, 5));
      expect([await log().store.readLeaves(9, 10), await log().store.readLeaves(0, 0)]).toEqual([[], []]);
    });

    it('make the root that its integrity tells', async () => {
      expect((await log().store.integrity()).size).toBe(0);
      await filled();
      const { size, root } = await log().store.integrity();
      expect([size, hex(root)]).toEqual([9, hex(treeRoot(await log().store.readLeaves(0, 9)))]);
    });
  });

  describe('a probe', () => {
    it('leaves the log as it is', async () => {
      await filled();
      await log().store.probe();
      expect((await log().store.integrity()).size).toBe(9);
      expect(await log().store.bookmarks('in')).toEqual(new Map([['in', '1']]));
    });

    it('fails on a log that is closed', async () => {
      await log().store.close();
      await expect(log().store.probe()).rejects.toMatchObject({ code: 'closed' });
    });
  });
};
