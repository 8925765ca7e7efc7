import type { Bookmark } from '../event-store.ts';
import { eventOf, everything, logForEach, type OpenFresh, outcomeOf, write } from './log-under-test.ts';

const SEVERAL = 40;

export const bookmarkContract = (openFresh: OpenFresh): void => {
  const log = logForEach(openFresh);
  const mark = (...bookmarks: readonly Bookmark[]): Promise<string> => outcomeOf(log().store.append([], bookmarks));
  const marks = async (prefix = ''): Promise<Record<string, string>> => Object.fromEntries(await log().store.bookmarks(prefix));

  describe('a bookmark', () => {
    it('is changed and removed, with events and without', async () => {
      expect(await mark({ name: 'in/a', value: '1' }, { name: 'in/b', value: 'ŵ 漢' })).toBe('stored');
      await log().store.append(
        [write('a', 'any', eventOf(1))],
        [
          { name: 'in/a', value: '2' },
          { name: 'in/b', value: undefined },
          { name: 'none', value: undefined },
        ],
      );
      expect(await marks()).toEqual({ 'in/a': '2' });
      expect(await everything(log().store)).toEqual([1]);
    });

    it('is found by the beginning of its name', async () => {
      const names = ['in', 'in/', 'in/a', 'in/a/0', 'in0', 'In/a', 'out/a', 'in/ŵ'];
      await mark(...names.map((name) => ({ name, value: name })));
      expect(Object.keys(await marks('in/')).sort()).toEqual(['in/', 'in/a', 'in/a/0', 'in/ŵ']);
      expect(await marks('in/a/')).toEqual({ 'in/a/0': 'in/a/0' });
      expect(await marks('%')).toEqual({});
    });

    it.each<[string, string | undefined, string | null | undefined, string]>([
      ['none', undefined, null, 'stored'],
      ['none', undefined, '7', 'wrong-bookmark'],
      ['7', '7', '7', 'stored'],
      ['7', '7', null, 'wrong-bookmark'],
      ['7', '7', '07', 'wrong-bookmark'],
      ['7', '7', undefined, 'stored'],
      ['none', undefined, undefined, 'stored'],
    ])('that is %s (%s), where %s is expected: %s', async (_, before, expected, outcome) => {
      if (before !== undefined) await mark({ name: 'in', value: before });
      const changes: Bookmark = { name: 'in', value: '8', ...(expected === undefined ? {} : { expected }) };
      const appending = log().store.append([write('a', 'any', eventOf(1))], [{ name: 'other', value: '1' }, changes]);
      expect(await outcomeOf(appending)).toBe(outcome);
      const kept = before === undefined ? {} : { in: before };
      expect(await marks()).toEqual(outcome === 'stored' ? { in: '8', other: '1' } : kept);
      expect(await everything(log().store)).toEqual(outcome === 'stored' ? [1] : []);
    });

    it('missed, leaves the ids of its events free', async () => {
      expect(await outcomeOf(log().store.append([write('a', 'any', eventOf(1))], [{ name: 'in', value: '1', expected: '0' }]))).toBe(
        'wrong-bookmark',
      );
      expect(
        await outcomeOf(
          log().store.append([write('b', 'no-stream', eventOf(1), eventOf(2))], [{ name: 'in', value: '1', expected: null }]),
        ),
      ).toBe('stored');
    });

    it('stays as it is where the append is refused, or its events are stored already', async () => {
      await log().store.append([write('a', 'any', eventOf(1))], [{ name: 'in', value: '1' }]);
      const change = [{ name: 'in', value: '2' }];
      expect(await outcomeOf(log().store.append([write('a', 'no-stream', eventOf(2))], change))).toBe('wrong-expected-revision');
      expect(await outcomeOf(log().store.append([write('a', 'any', eventOf(1))], change))).toBe('repeated');
      expect(await marks()).toEqual({ in: '1' });
    });

    it('moves by one writer alone at each step, also when several ask at once', async () => {
      await mark({ name: 'in', value: '0' });
      const steps = Array.from({ length: SEVERAL }, (_, n) => mark({ name: 'in', value: String(n + 1), expected: String(n) }));
      const rivals = Array.from({ length: SEVERAL }, (_, n) => mark({ name: 'in', value: 'x', expected: String(n) }));
      expect(new Set(await Promise.all(steps))).toEqual(new Set(['stored']));
      expect(new Set(await Promise.all(rivals))).toEqual(new Set(['wrong-bookmark']));
      expect(await marks()).toEqual({ in: String(SEVERAL) });
    });

    it('may not be named twice, nor be without a name', async () => {
      const twice = log().store.append(
        [write('a', 'any', eventOf(1))],
        [
          { name: 'in', value: '1' },
          { name: 'in', value: '2' },
        ],
      );
      await expect(twice).rejects.toThrow(TypeError);
      await expect(log().store.append([], [{ name: '', value: '1' }])).rejects.toThrow(TypeError);
      expect(await everything(log().store)).toEqual([]);
    });

    it('is there when the log is opened again, and is no part of the log', async () => {
      const long = 'ŵ'.repeat(300_000);
      await log().store.append([write('a', 'any', eventOf(1))], [{ name: 'in', value: long }]);
      await mark({ name: 'out', value: '1' });
      expect(await log().store.head()).toBe(1);
      await log().store.close();
      const store = await log().another();
      expect([(await store.bookmarks('in')).get('in') === long, await store.head()]).toEqual([true, 1]);
      await store.close();
    });
  });
};
