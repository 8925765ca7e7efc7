import type { EventStore } from '../event-store.ts';
import { eventOf, eventsOf, everything, logForEach, type OpenFresh, outcomeOf, write } from './log-under-test.ts';

export const onceContract = (openFresh: OpenFresh): void => {
  const log = logForEach(openFresh);
  const append = (...writes: Parameters<EventStore['append']>[0]) => log().store.append(writes);

  describe('an event id', () => {
    it('stored already, leads to its first position, whatever the append expects by now', async () => {
      const writes = [write('a', 'no-stream', ...eventsOf(1, 2)), write('b', 'no-stream', eventOf(3))];
      const { positions } = await append(...writes);
      await append(write('a', 'any', eventOf(4)));
      expect(await append(...writes)).toEqual({ positions, repeated: true });
      expect(await append(write('b', 7, eventOf(3)))).toEqual({ positions: positions.slice(2), repeated: true });
      expect(await everything(log().store)).toEqual([1, 2, 3, 4]);
    });

    it('keeps the content it was first stored with', async () => {
      await append(write('a', 'any', eventOf(1)));
      await append(write('a', 'any', eventOf(1, { payload: Buffer.from('{"n":2}') })));
      expect(await everything(log().store)).toEqual([1]);
    });

    it('gives positions in the order of the repetition', async () => {
      const { positions } = await append(write('a', 'any', ...eventsOf(1, 3)));
      const again = await append(write('a', 'any', eventOf(3), eventOf(1)));
      expect(again).toEqual({ positions: [positions[2], positions[0]], repeated: true });
    });

    it('stored already beside one that is not, is refused, and nothing is stored', async () => {
      await append(write('a', 'any', ...eventsOf(1, 2)));
      expect(await outcomeOf(append(write('a', 'any', ...eventsOf(2, 3))))).toBe('event-id-reused');
      expect(await outcomeOf(append(write('b', 'any', eventOf(4)), write('a', 'any', eventOf(1))))).toBe('event-id-reused');
      expect(await everything(log().store)).toEqual([1, 2]);
    });

    it('stored already in another stream, is refused: it would name two events', async () => {
      await append(write('a', 'any', eventOf(1)));
      expect(await outcomeOf(append(write('b', 'any', eventOf(1))))).toBe('event-id-reused');
      expect(await log().store.readStream('b')).toEqual([]);
    });

    it('named twice in one append, is refused', async () => {
      expect(await outcomeOf(append(write('a', 'any', eventOf(1), eventOf(1))))).toBe('event-id-reused');
      expect(await outcomeOf(append(write('a', 'any', eventOf(1)), write('b', 'any', eventOf(1))))).toBe('event-id-reused');
      expect(await everything(log().store)).toEqual([]);
    });

    it('sent several times at once, is stored once', async () => {
      const sent = Array.from({ length: 5 }, () => append(write('a', 'no-stream', ...eventsOf(1, 2))));
      const received = await Promise.all(sent);
      expect(received.map(({ repeated }) => repeated).sort()).toEqual([false, true, true, true, true]);
      expect(new Set(received.map(({ positions }) => positions.join())).size).toBe(1);
      expect(await everything(log().store)).toEqual([1, 2]);
    });

    it('is free again where its append was refused', async () => {
      expect(await outcomeOf(append(write('a', 0, eventOf(1))))).toBe('wrong-expected-revision');
      expect(await outcomeOf(append(write('a', 'no-stream', eventOf(1))))).toBe('stored');
    });

    it('is remembered by a log that was closed and opened again', async () => {
      const { positions } = await append(write('a', 'no-stream', ...eventsOf(1, 2)));
      await log().store.close();
      const store = await log().another();
      const again = await store.append([write('a', 'no-stream', ...eventsOf(1, 2))]);
      const beside = await outcomeOf(store.append([write('a', 'any', ...eventsOf(2, 3))]));
      await store.close();
      expect(again).toEqual({ positions, repeated: true });
      expect(beside).toBe('event-id-reused');
    });
  });
};
