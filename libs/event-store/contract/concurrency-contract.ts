import { setImmediate as turn } from 'node:timers/promises';
import type { RecordedEvent } from '../event-store.ts';
import { eventOf, everything, idOf, logForEach, type OpenFresh, outcomeOf, write } from './log-under-test.ts';

const seed = Number(process.env['CONCORDAT_SEED'] ?? 20_260_301);
const WRITERS = 6;
const APPENDS = 40;
const PAIRS = 200;

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
const chance = (from: number): (() => number) => {
  let state = from >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Positions up to that of the event with this id; `pause` is waited for after each batch. */
const readTo = async (
  id: string,
  subscription: AsyncIterable<readonly RecordedEvent[]>,
  pause?: Promise<void>,
): Promise<readonly number[]> => {
  const read: number[] = [];
  for await (const batch of subscription) {
    read.push(...batch.map(({ position }) => position));
    if (batch.at(-1)?.id === id) break;
    await pause;
  }
  return read;
};

export const concurrencyContract = (openFresh: OpenFresh): void => {
  describe(`at once (seed ${seed})`, () => {
    const log = logForEach(openFresh);
    const ending = new AbortController();
    afterAll(() => ending.abort());
    const LAST = idOf(0xffff);

    /** Appends by several writers, with pauses as chance has them, at last the event `LAST`. Gives all positions, in order. */
    const fill = async (random: () => number): Promise<readonly number[]> => {
      const positions: number[] = [];
      let numbers = 0;
      const append = async (stream: string): Promise<void> => {
        const events = Array.from({ length: 1 + Math.floor(random() * 4) }, () => eventOf(++numbers));
        positions.push(...(await log().store.append([write(stream, 'any', ...events)])).positions);
      };
      const writer = async (stream: string): Promise<void> => {
        for (let n = 0; n < APPENDS; n++) {
          await append(stream);
          if (random() < 0.3) await turn();
        }
      };
      await Promise.all(Array.from({ length: WRITERS }, (_, n) => writer(`writer-${n}`)));
      positions.push(...(await log().store.append([write('end', 'any', eventOf(0, { id: LAST }))])).positions);
      return positions.toSorted((one, other) => one - other);
    };

    it('every reader has every event once, whatever its batches', async () => {
      const readers = [1, 10, 256].map((batchSize) => readTo(LAST, log().store.subscribe({ after: 0, signal: ending.signal, batchSize })));
      const positions = await fill(chance(seed));
      for (const read of readers) expect(await read).toEqual(positions);
    });

    it('a reader that stands still holds back no writer, and catches up', async () => {
      const gate = Promise.withResolvers<void>();
      const read = readTo(LAST, log().store.subscribe({ after: 0, signal: ending.signal, batchSize: 5 }), gate.promise);
      const positions = await fill(chance(seed + 1));
      gate.resolve();
      expect(await read).toEqual(positions);
    });

    it('what one append writes to two streams stays together', async () => {
      const random = chance(seed + 2);
      const pick = (): number => Math.floor(random() * 5);
      const outcomes = await Promise.all(
        Array.from({ length: PAIRS }, async (_, n) => {
          const expected = random() < 0.5 ? 'any' : pick();
          return outcomeOf(
            log().store.append([write(`from-${pick()}`, expected, eventOf(2 * n)), write(`to-${pick()}`, 'any', eventOf(2 * n + 1))]),
          );
        }),
      );
      const stored = new Set(await everything(log().store));
      for (const [n, outcome] of outcomes.entries()) {
        const want = outcome === 'stored';
        expect([n, stored.has(2 * n), stored.has(2 * n + 1)]).toEqual([n, want, want]);
      }
      expect(new Set(outcomes)).toEqual(new Set(['stored', 'wrong-expected-revision']));
    });
  });
};
