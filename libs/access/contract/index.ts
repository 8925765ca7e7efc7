// One suite for every adapter that remembers used assertions: what the port promises, and no more than that.
import { type Clock, fixedClock, type Instant } from '#kernel';
import type { UsedAssertions } from '../used-assertions.ts';

export interface UsedUnderTest {
  readonly used: UsedAssertions;
  /** Another on the same record: beside the first, as another process; or anew, after the first has been closed. */
  readonly another: () => UsedAssertions;
  /** How many assertions the record holds. */
  readonly held: () => number;
  /** Removes the record; all on it have been closed. */
  readonly discard: () => Promise<void>;
}

const START = Date.UTC(2026, 2, 1);
const MINUTE = 60;
const SEVERAL = 20;

export const usedAssertionsContract = (name: string, openFresh: (clock: Clock) => Promise<UsedUnderTest>): void => {
  const clock = fixedClock(START);
  let record: UsedUnderTest;
  beforeEach(async () => {
    clock.set(START);
    record = await openFresh(clock);
  });
  afterEach(async () => {
    await record.used.close();
    await record.discard();
  });
  const secondsAt = (at: Instant = clock.now()): number => at / 1000;
  const use = (agency: string, jti: string, used = record.used): Promise<boolean> => used.use(agency, jti, secondsAt() + MINUTE);
  const pass = (seconds: number): void => clock.set(clock.now() + seconds * 1000);

  describe(`${name}, as a record of used assertions`, () => {
    it('lets an agency use a `jti` once, and each agency its own', async () => {
      expect([await use('forge', 'a'), await use('forge', 'a'), await use('forge', 'b')]).toEqual([true, false, true]);
      expect([await use('anvil', 'a'), await use('anvil', 'a')]).toEqual([true, false]);
    });

    it('tells apart whatever a `jti` may be', async () => {
      const ids = ['a', 'A', ' a', 'é', 'e\u0301', 'x'.repeat(200), 'x'.repeat(199), "'", '\u0000', '漢', '😀'];
      for (const jti of ids) expect([jti, await use('forge', jti)]).toEqual([jti, true]);
      for (const jti of ids) expect([jti, await use('forge', jti)]).toEqual([jti, false]);
    });

    it('lets one of several that ask at once', async () => {
      const asked = await Promise.all(Array.from({ length: SEVERAL }, () => use('forge', 'a')));
      expect(asked.filter(Boolean)).toHaveLength(1);
    });

    it('knows after a restart what was used before', async () => {
      await use('forge', 'a');
      await record.used.close();
      const anew = record.another();
      expect([await use('forge', 'a', anew), await use('forge', 'b', anew)]).toEqual([false, true]);
      await anew.close();
    });

    it('is one for several processes', async () => {
      const others = [record.another(), record.another()];
      const asked = await Promise.all([record.used, ...others].map((used) => use('forge', 'a', used)));
      expect(asked.filter(Boolean)).toHaveLength(1);
      for (const used of others) expect(await use('forge', 'a', used)).toBe(false);
      for (const used of others) await used.close();
    });

    it('forgets none that is in force, whatever comes after it', async () => {
      await record.used.use('forge', 'long', secondsAt() + 5 * MINUTE);
      for (let n = 0; n < SEVERAL; n++) {
        pass(15);
        await record.used.use('forge', `short ${n}`, secondsAt() + 1);
        expect(await record.used.use('forge', 'long', secondsAt(START) + 5 * MINUTE)).toBe(false);
      }
      expect(secondsAt()).toBe(secondsAt(START) + 5 * MINUTE);
    });

    it('holds no more than what is in force, and what ended a few minutes ago', async () => {
      for (let n = 0; n < 10 * SEVERAL; n++) {
        pass(MINUTE);
        for (const agency of ['forge', 'anvil']) await use(agency, `jti ${n}`);
        expect(record.held()).toBeLessThanOrEqual(10);
      }
    });

    it('can be probed, and says that it cannot be written once it is closed', async () => {
      await record.used.probe();
      expect(record.held()).toBe(0);
      await record.used.close();
      await record.used.close();
      for (const ask of [() => use('forge', 'a'), () => record.used.probe()])
        await expect(ask()).rejects.toMatchObject({ name: 'StorageError', code: 'unavailable' });
    });
  });
};
