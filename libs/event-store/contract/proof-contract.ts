import { treeRoot } from '#transparency';
import { leafOf } from '../record-form.ts';
import { eventOf, eventsOf, logForEach, type OpenFresh, outcomeOf, write } from './log-under-test.ts';

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

    it('stay what they were as the log grows and is opened again: what was proved once is proved by it still', async () => {
      await filled();
      const before = (await log().store.readLeaves(0, 100)).map(hex);
      const proved = hex((await log().store.integrity()).root);
      await log().store.append([write('a', 7, ...eventsOf(10, 12)), write('c', 'no-stream', eventOf(13))]);
      await log().store.close();
      const store = await log().another();
      const leaves = await store.readLeaves(0, 100);
      expect([leaves.length, leaves.slice(0, 9).map(hex)]).toEqual([13, before]);
      expect([hex(treeRoot(leaves.slice(0, 9))), hex((await store.integrity()).root)]).toEqual([proved, hex(treeRoot(leaves))]);
    });

    it('tell apart whatever is told of an event, and where it stands', async () => {
      const events = [
        eventOf(1),
        eventOf(2, { payload: eventOf(1).payload }),
        eventOf(3, { payload: eventOf(1).payload, type: 'another' }),
      ];
      await log().store.append([write('a', 'any', ...events), write('b', 'any', eventOf(4, { payload: eventOf(1).payload }))]);
      expect(new Set((await log().store.readLeaves(0, 10)).map(hex)).size).toBe(4);
    });

    it('are none of an append that was refused, nor of one that is repeated', async () => {
      await filled();
      const before = await log().store.integrity();
      await outcomeOf(log().store.append([write('a', 'no-stream', eventOf(10))]));
      await outcomeOf(log().store.append([write('b', 'any', eventOf(6))]));
      expect(await log().store.integrity()).toEqual(before);
    });
  });
};
