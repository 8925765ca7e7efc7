import type { EventStore } from '../event-store.ts';
import { eventOf, eventsOf, everything, logForEach, numbersOf, type OpenFresh, outcomeOf, write } from './log-under-test.ts';

const revisions = async (store: EventStore, stream: string): Promise<number[]> =>
  (await store.readStream(stream)).map(({ revision }) => revision);

export const appendContract = (openFresh: OpenFresh): void => {
  const log = logForEach(openFresh);
  const append = (...writes: Parameters<EventStore['append']>[0]) => log().store.append(writes);

  describe('appending', () => {
    it('gives each event its position, in the order given, over all streams', async () => {
      const first = await append(write('a', 'any', ...eventsOf(1, 2)), write('b', 'any', eventOf(3)));
      const second = await append(write('a', 'any', eventOf(4)));
      const positions = [...first.positions, ...second.positions];
      expect(positions).toEqual([1, 2, 3, 4]);
      expect([first.repeated, second.repeated]).toEqual([false, false]);
      expect(await everything(log().store)).toEqual([1, 2, 3, 4]);
      expect(await log().store.head()).toBe(positions.at(-1));
    });

    it('numbers each stream from 0', async () => {
      await append(write('a', 'any', ...eventsOf(1, 2)), write('b', 'any', eventOf(3)));
      await append(write('a', 1, eventOf(4)), write('b', 0, eventOf(5)));
      expect(await revisions(log().store, 'a')).toEqual([0, 1, 2]);
      expect(await revisions(log().store, 'b')).toEqual([0, 1]);
    });

    it('takes appends that were called without waiting in the order of the calls', async () => {
      const outcomes = eventsOf(1, 40).map((event, n) => append(write('a', n === 0 ? 'no-stream' : n - 1, event)));
      expect((await Promise.all(outcomes)).map(({ repeated }) => repeated)).toEqual(outcomes.map(() => false));
      expect(numbersOf(await log().store.readStream('a'))).toEqual(eventsOf(1, 40).map((_, n) => n + 1));
    });

    it('refuses an event that no store can hold, and stores nothing of its append', async () => {
      const meta = eventOf(1).meta;
      const impossible = [
        [write('a', 'any', eventOf(1)), write('a', 'any', eventOf(2))],
        [write('', 'any', eventOf(1))],
        [write('a', -1, eventOf(1))],
        [write('a', 'any', eventOf(1), eventOf(2, { id: 'no uuid' }))],
        [write('a', 'any', eventOf(1), eventOf(2, { id: eventOf(2).id.toUpperCase() }))],
        [write('a', 'any', eventOf(1), eventOf(2, { meta: { ...meta, schema: 70_000 } }))],
        [write('a', 'any', eventOf(1), eventOf(2, { meta: { ...meta, category: 'offence' } }))],
        [write('a', 'any', eventOf(1), eventOf(2, { meta: { ...meta, causation: 'x'.repeat(100_000) } }))],
      ];
      for (const writes of impossible) await expect(append(...writes)).rejects.toThrow(TypeError);
      expect(await everything(log().store)).toEqual([]);
    });
  });

  describe('the expected revision', () => {
    const cases = [
      ['any', 'empty', 'stored'],
      ['any', 'of two events', 'stored'],
      ['no-stream', 'empty', 'stored'],
      ['no-stream', 'of two events', 'wrong-expected-revision'],
      [1, 'of two events', 'stored'],
      [0, 'of two events', 'wrong-expected-revision'],
      [2, 'of two events', 'wrong-expected-revision'],
      [0, 'empty', 'wrong-expected-revision'],
    ] as const;

    it.each(cases)('%s, on a stream %s: %s', async (expected, stream, outcome) => {
      if (stream !== 'empty') await append(write('a', 'any', ...eventsOf(1, 2)));
      const before = await everything(log().store);
      expect(await outcomeOf(append(write('a', expected, eventOf(3))))).toBe(outcome);
      expect(await everything(log().store)).toEqual(outcome === 'stored' ? [...before, 3] : before);
    });

    it.each(cases)('%s, as a mere condition on a stream %s: %s', async (expected, stream, outcome) => {
      if (stream !== 'empty') await append(write('a', 'any', ...eventsOf(1, 2)));
      expect(await outcomeOf(append(write('a', expected), write('b', 'any', eventOf(3))))).toBe(outcome);
      expect(await revisions(log().store, 'b')).toEqual(outcome === 'stored' ? [0] : []);
    });

    it('may be all that an append asks for', async () => {
      expect(await append(write('a', 'no-stream'))).toEqual({ positions: [], repeated: false });
      expect(await outcomeOf(append(write('a', 0)))).toBe('wrong-expected-revision');
      expect(await append()).toEqual({ positions: [], repeated: false });
      expect(await everything(log().store)).toEqual([]);
    });

    it('missed by one write, keeps all of the append out', async () => {
      await append(write('b', 'any', eventOf(1)));
      const appending = append(write('a', 'no-stream', eventOf(2)), write('b', 'no-stream', eventOf(3)), write('c', 'any', eventOf(4)));
      expect(await outcomeOf(appending)).toBe('wrong-expected-revision');
      expect(await everything(log().store)).toEqual([1]);
      expect(await revisions(log().store, 'a')).toEqual([]);
    });

    it('missed, keeps out those called later that counted on it, and no others', async () => {
      await append(write('a', 'any', eventOf(1)));
      const outcomes = [
        append(write('b', 'any', eventOf(2))),
        append(write('a', 'no-stream', eventOf(3))),
        append(write('a', 1, eventOf(4))),
        append(write('a', 0, eventOf(5))),
        append(write('b', 0, eventOf(6))),
      ].map(outcomeOf);
      expect(await Promise.all(outcomes)).toEqual(['stored', 'wrong-expected-revision', 'wrong-expected-revision', 'stored', 'stored']);
      expect(await everything(log().store)).toEqual([1, 2, 5, 6]);
    });

    it('lets exactly one of 64 writers win each revision of a stream', async () => {
      const { store } = log();
      let refused = 0;
      const writer = async (n: number): Promise<void> => {
        for (;;) {
          const [last] = await store.readStream('a', { direction: 'backwards', limit: 1 });
          const outcome = await outcomeOf(append(write('a', last?.revision ?? 'no-stream', eventOf(n))));
          if (outcome === 'stored') return;
          expect(outcome).toBe('wrong-expected-revision');
          refused += 1;
        }
      };
      const numbers = Array.from({ length: 64 }, (_, n) => n + 1);
      await Promise.all(numbers.map(writer));
      expect(await revisions(store, 'a')).toEqual(numbers.map((n) => n - 1));
      expect((await everything(store)).sort((one, other) => one - other)).toEqual(numbers);
      expect(refused).toBeGreaterThan(0);
    });
  });
};
