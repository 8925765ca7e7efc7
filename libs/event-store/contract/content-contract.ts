import type { EventStore } from '../event-store.ts';
import { eventOf, eventsOf, logForEach, type OpenFresh, outcomeOf, write } from './log-under-test.ts';

const KIB = 1024;
const SIZES = [0, 1, 255, 256, 4095, 64 * KIB - 1, 64 * KIB, 256 * KIB];
const NAMES = [
  'a',
  'A',
  'a ',
  'learner-a7c1d1a0-93f1-4d4e-8a53-0b9a3f0f5e11',
  'a7c1d1a0-93f1-4d4e-8a53-0b9a3f0f5e11',
  'ŵ 漢',
  'x'.repeat(300),
];

/** Bytes without a pattern that storing could profit from. */
const bytesOf = (length: number): Uint8Array => Uint8Array.from({ length }, (_, n) => (n * 167 + (n >>> 8) * 13 + length) & 0xff);

export const contentContract = (openFresh: OpenFresh): void => {
  const log = logForEach(openFresh);

  /** The same log, closed and opened again, for `use` alone. */
  const reopened = async (use: (store: EventStore) => Promise<void>): Promise<void> => {
    await log().store.close();
    const store = await log().another();
    await use(store).finally(() => store.close());
  };

  describe('what was stored', () => {
    it('has payloads of every size, byte for byte, however it is read', async () => {
      const events = SIZES.map((size, n) => eventOf(n, { payload: bytesOf(size) }));
      for (const event of events) await log().store.append([write('a', 'any', event)]);
      await reopened(async (store) => {
        const found = await store.findByIds(events.map(({ id }) => id));
        const reads = [await store.readStream('a'), await store.readAll({ limit: 100 }), events.map(({ id }) => found.get(id))];
        for (const read of reads)
          expect(read.map((event) => Buffer.compare(event?.payload ?? Buffer.from('?'), bytesOf(event?.payload.byteLength ?? 0)))).toEqual(
            SIZES.map(() => 0),
          );
        for (const read of reads) expect(read.map((event) => event?.payload.byteLength)).toEqual(SIZES);
      });
    });

    it('keeps streams with similar names apart', async () => {
      for (const [n, name] of NAMES.entries()) await log().store.append([write(name, 'no-stream', eventOf(n))]);
      await reopened(async (store) => {
        for (const [n, name] of NAMES.entries()) expect((await store.readStream(name)).map(({ id }) => id)).toEqual([eventOf(n).id]);
        expect((await store.readAll({ limit: 100 })).map(({ stream }) => stream)).toEqual(NAMES);
      });
    });

    it('tells when it was stored, and that never goes back', async () => {
      for (let n = 0; n < 10; n += 2) await log().store.append([write(`s${n}`, 'any', ...eventsOf(n, n + 1))]);
      const times = (await log().store.readAll({ limit: 100 })).map(({ recordedAt }) => recordedAt);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
    });

    it('is what a log that was opened again goes on from', async () => {
      await log().store.append([write('a', 'any', ...eventsOf(1, 3))]);
      const head = await log().store.head();
      await reopened(async (store) => {
        expect(await outcomeOf(store.append([write('a', 'no-stream', eventOf(4))]))).toBe('wrong-expected-revision');
        expect((await store.append([write('a', 2, eventOf(4))])).positions[0]).toBeGreaterThan(head);
        expect((await store.readStream('a')).map(({ revision }) => revision)).toEqual([0, 1, 2, 3]);
      });
    });

    it('is read backwards from beyond the end as from the end', async () => {
      await log().store.append([write('a', 'any', ...eventsOf(1, 5))]);
      const fromEnd = await log().store.readAll({ direction: 'backwards', limit: 3 });
      expect(fromEnd.map(({ revision }) => revision)).toEqual([4, 3, 2]);
      expect(await log().store.readAll({ direction: 'backwards', after: (await log().store.head()) + 100, limit: 3 })).toEqual(fromEnd);
    });
  });
};
