import type { EventStore, NewEvent } from '../event-store.ts';
import { eventOf, eventsOf, everything, idOf, logForEach, numbersOf, type OpenFresh, write } from './log-under-test.ts';

const learner = 'a7c1d1a0-93f1-4d4e-8a53-0b9a3f0f5e11';

/** Everything that metadata, names and payloads may be. */
const variety: readonly NewEvent[] = [
  eventOf(1),
  eventOf(2, { meta: { actor: 'broker', correlation: 'not a uuid', causation: idOf(1), schema: 0 } }),
  eventOf(3, { meta: { actor: 'operator', correlation: idOf(0), schema: 65_535, category: 'offence', owner: learner } }),
  eventOf(4, { meta: { actor: 'Siân', correlation: 'ŵ 😀', causation: '', schema: 2, category: 'a category', owner: '' } }),
  eventOf(5, { payload: new Uint8Array() }),
  eventOf(6, { payload: Buffer.alloc(300_000, 'x') }),
  eventOf(7, { payload: Uint8Array.from({ length: 256 }, (_, byte) => byte) }),
  eventOf(8, { type: 'a type ŷ' }),
];

export const readContract = (openFresh: OpenFresh): void => {
  const log = logForEach(openFresh);
  const append = (...writes: Parameters<EventStore['append']>[0]) => log().store.append(writes);

  describe('what is read', () => {
    it('is what was appended, with where and when it was stored', async () => {
      const { positions } = await append(write('ystâd 😀', 'any', ...variety));
      const read = await log().store.readStream('ystâd 😀');
      const plain = read.map((event) => ({ ...event, payload: Buffer.from(event.payload).toString('hex') }));
      const [{ recordedAt } = { recordedAt: NaN }] = read;
      expect(plain).toEqual(
        variety.map((event, n) => ({
          ...event,
          payload: Buffer.from(event.payload).toString('hex'),
          stream: 'ystâd 😀',
          revision: n,
          position: positions[n],
          recordedAt,
        })),
      );
      expect(Number.isSafeInteger(recordedAt)).toBe(true);
    });

    it('does not change when the caller changes what he appended', async () => {
      const payload = Buffer.from('{"n":1}');
      const appending = append(write('a', 'any', eventOf(1, { payload })));
      await appending;
      payload.fill(0);
      expect(await everything(log().store)).toEqual([1]);
    });

    it('is the same after the log was closed and opened again', async () => {
      await append(write('a', 'any', ...variety), write('b', 'any', ...eventsOf(20, 29)));
      const before = await log().store.readAll({ limit: 100 });
      await log().store.close();
      const store = await log().another();
      const after = [await store.readAll({ limit: 100 }), await store.readStream('b'), await store.head()] as const;
      await store.close();
      expect(after[0]).toEqual(before);
      expect(after[1]).toEqual(before.slice(variety.length));
      expect(after[2]).toBe(before.at(-1)?.position);
    });
  });

  describe('reading a stream', () => {
    // Revisions 0 to 9 of stream `a` are events 1 to 10; other streams lie between.
    beforeEach(async () => {
      for (let n = 1; n <= 10; n++) await append(write('a', 'any', eventOf(n)), write(`b${n}`, 'any', eventOf(100 + n)));
    });
    const read = async (...of: Parameters<EventStore['readStream']>) => numbersOf(await log().store.readStream(...of));

    it.each([
      [{}, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
      [{ from: 7 }, [8, 9, 10]],
      [{ from: 2, limit: 3 }, [3, 4, 5]],
      [{ from: 8, limit: 30 }, [9, 10]],
      [{ from: 10 }, []],
      [{ limit: 0 }, []],
      [{ direction: 'backwards' }, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]],
      [{ direction: 'backwards', limit: 2 }, [10, 9]],
      [{ direction: 'backwards', from: 2 }, [3, 2, 1]],
      [{ direction: 'backwards', from: 5, limit: 2 }, [6, 5]],
      [{ direction: 'backwards', from: 50, limit: 2 }, [10, 9]],
    ] as const)('%j', async (options, numbers) => {
      expect(await read('a', options)).toEqual(numbers);
    });

    it('that has no event, finds none', async () => {
      expect(await read('no such stream')).toEqual([]);
      expect(await read('no such stream', { direction: 'backwards', limit: 1 })).toEqual([]);
    });
  });

  describe('reading the log', () => {
    it('in pages, finds every event once, in order', async () => {
      for (let n = 1; n <= 50; n += 5) await append(write(`s${n % 3}`, 'any', ...eventsOf(n, n + 4)));
      const forwards: number[] = [];
      const backwards: number[] = [];
      for (const [direction, found] of [
        ['forwards', forwards],
        ['backwards', backwards],
      ] as const) {
        for (let after: { after?: number } = {}; ;) {
          const page = await log().store.readAll({ ...after, direction, limit: 7 });
          const last = page.at(-1);
          if (last === undefined) break;
          expect(page.length).toBeLessThanOrEqual(7);
          found.push(...numbersOf(page));
          after = { after: last.position };
        }
      }
      expect(forwards).toEqual(eventsOf(1, 50).map((_, n) => n + 1));
      expect(backwards).toEqual(forwards.toReversed());
    });

    it('that is empty or at its end, finds nothing', async () => {
      expect([await log().store.head(), await everything(log().store)]).toEqual([0, []]);
      const { positions } = await append(write('a', 'any', eventOf(1)));
      expect(await log().store.readAll({ after: positions[0] ?? 0, limit: 5 })).toEqual([]);
      expect(await log().store.readAll({ after: (positions[0] ?? 0) + 100, limit: 5 })).toEqual([]);
      expect(await log().store.readAll({ after: positions[0] ?? 0, direction: 'backwards', limit: 5 })).toEqual([]);
      expect(await log().store.readAll({ limit: 0 })).toEqual([]);
    });
  });

  describe('finding by ids', () => {
    it('gives those that are stored', async () => {
      await append(write('a', 'any', ...eventsOf(1, 3)), write('b', 'any', ...eventsOf(4, 6)));
      const found = await log().store.findByIds([idOf(5), idOf(99), idOf(2), idOf(5)]);
      expect(new Map([...found].map(([id, { stream, revision }]) => [id, `${stream} ${revision}`]))).toEqual(
        new Map([
          [idOf(2), 'a 1'],
          [idOf(5), 'b 1'],
        ]),
      );
      expect((await log().store.findByIds([])).size).toBe(0);
    });
  });
};
