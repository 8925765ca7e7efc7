// What the quarantine keeps, and what it lets go: each share for itself, and counted (ADR 0022).
import { createHash } from 'node:crypto';
import { MemoryEventStore } from '#event-store/memory';
import { discard, discardsIn } from '../discards.ts';
import { sweep } from '../quarantine.ts';
import type { Shares } from '../shares.ts';
import {
  BIG,
  DAY,
  event,
  idsOf,
  KIBIBYTE,
  type MakePlace,
  many,
  message,
  NARROW,
  NOON,
  quarantineForEach,
} from './quarantine-under-test.ts';

export const lettingGoContract = (make: MakePlace): void => {
  const under = quarantineForEach(make, NARROW);
  const { addAll, clock } = under;
  const idsFrom = async (agency: string) => idsOf(await under.quarantine.list({ agency, limit: 1000 }));
  const big = (agency: string, more = {}) => event(agency, BIG, more);

  describe('what nobody can be held to', () => {
    const tight: Shares = { ...NARROW, sender: { bytes: 16 * KIBIBYTE, heads: 3 } };

    it("is kept whole while its sender's allowance lasts, then its digest and beginning, then counted", async () => {
      await under.reopen(tight);
      const texts = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((letter) => Buffer.alloc(7 * KIBIBYTE, letter));
      await addAll(texts.map((content) => message(content)));
      const entries = await under.quarantine.list({ limit: 10 });
      expect(entries.map(({ cut, bytes }) => [cut ?? false, bytes])).toEqual(
        [false, false, true, true, true].map((cut) => [cut, 7 * KIBIBYTE]),
      );
      expect(await under.quarantine.letGo()).toEqual([{ why: 'allowance', entries: 2, bytes: 14 * KIBIBYTE, since: NOON, latest: NOON }]);
      const head = await under.quarantine.head(3);
      const digest = createHash('sha256')
        .update(texts[2] ?? '')
        .digest('hex');
      expect([head?.digest, Buffer.from(head?.bytes ?? []).toString()]).toEqual([digest, 'c'.repeat(KIBIBYTE)]);
      expect([await under.quarantine.content(3), await under.quarantine.head(1)]).toEqual([undefined, undefined]);
    });

    it('is allowed anew an hour later, and to another sender at once', async () => {
      await under.reopen(tight);
      const cuts = async () => (await under.quarantine.list({ limit: 10 })).map(({ cut }) => cut ?? false);
      await addAll([...many(3, () => message(BIG)), message(BIG, { sender: '192.0.2.8' })]);
      expect(await cuts()).toEqual([false, false, true, false]);
      clock.set(NOON + DAY / 24);
      await under.quarantine.add(message(BIG));
      expect(await cuts()).toEqual([false, false, true, false, false]);
    });

    it('is whole where all of it is no longer than its beginning', async () => {
      await under.reopen({ ...NARROW, sender: { bytes: 0, heads: 1 } });
      await under.quarantine.add(message(Buffer.alloc(KIBIBYTE, 'x')));
      expect(await under.quarantine.content(1)).toHaveLength(KIBIBYTE);
    });

    it('makes room within its own share, the oldest first, and takes none from agencies', async () => {
      await addAll([big('forge'), ...many(20, () => message(BIG))]);
      expect(idsOf(await under.quarantine.list({ unattributed: true, limit: 100 }))).toEqual([14, 15, 16, 17, 18, 19, 20, 21]);
      expect(await idsFrom('forge')).toEqual([1]);
      expect(await under.quarantine.letGo()).toMatchObject([{ why: 'share', entries: 12, bytes: 12 * 7 * KIBIBYTE }]);
    });
  });

  describe('what an agency signed', () => {
    it('makes room within the share of that agency, what is settled first', async () => {
      await addAll([big('anvil'), ...many(8, () => big('forge'))]);
      await under.quarantine.settle(5, 'resolved', 'accepted');
      await addAll(many(2, () => big('forge')));
      expect([await idsFrom('anvil'), await idsFrom('forge')]).toEqual([[1], [3, 4, 6, 7, 8, 9, 10, 11]]);
      expect(await under.quarantine.letGo()).toMatchObject([{ agency: 'forge', why: 'share', entries: 2 }]);
    });

    it('makes room for all together: what nobody can be held to goes first, then of whoever has most', async () => {
      await addAll([...many(6, () => message(BIG)), ...many(3, () => big('anvil')), ...many(8, () => big('forge'))]);
      expect(await under.quarantine.count('waiting')).toBe(16);
      expect(await under.quarantine.amountOf({ unattributed: true })).toMatchObject({ entries: 5 });
      await addAll(many(8, () => big('north')));
      const left = await Promise.all(['anvil', 'forge', 'north'].map(async (agency) => (await idsFrom(agency)).length));
      expect(left.sort()).toEqual([3, 6, 7]);
      expect((await under.quarantine.amountOf({ unattributed: true })).entries).toBe(0);
    });

    it('counts once what came from one origin twice', async () => {
      await addAll(many(20, () => big('forge', { origin: 'kafka:a/0/1/0' })));
      expect([await idsFrom('forge'), await under.quarantine.letGo()]).toEqual([[1], []]);
    });

    it('has its share also in another process, and after a restart', async () => {
      await addAll(many(8, () => big('forge')));
      await under.another().add(big('forge'));
      await under.reopen();
      await under.quarantine.add(big('forge'));
      expect(await idsFrom('forge')).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
      expect(await under.quarantine.letGo()).toMatchObject([{ agency: 'forge', why: 'share', entries: 2 }]);
    });
  });

  describe('after its time', () => {
    it('what was refused is let go, and counted by agency and reason', async () => {
      await addAll([event('forge', 'x'), message('x'), event('anvil', 'x')]);
      clock.set(NOON + 2 * DAY);
      await under.quarantine.add(event('forge', 'x', { receivedAt: clock.now() }));
      const swept = () => sweep({ quarantine: under.quarantine, clock, days: 30 });
      clock.set(NOON + 30 * DAY);
      expect(await swept()).toEqual({ entries: 0, bytes: 0 });
      clock.set(NOON + 31 * DAY);
      expect(await swept()).toEqual({ entries: 3, bytes: 3 });
      clock.set(NOON + 33 * DAY);
      expect(await swept()).toEqual({ entries: 1, bytes: 1 });
      await under.reopen();
      const one = { why: 'age', entries: 1, bytes: 1, since: NOON + 31 * DAY, latest: NOON + 31 * DAY };
      expect(await under.quarantine.letGo()).toEqual([
        one,
        { ...one, agency: 'anvil' },
        { ...one, agency: 'forge', entries: 2, bytes: 2, latest: NOON + 33 * DAY },
      ]);
    });
  });

  describe('what an operator discards', () => {
    const BY = 'A. Operator';

    it('is recorded in the log and then gone; nothing is where one of the entries is missing', async () => {
      const parts = { quarantine: under.quarantine, clock, store: new MemoryEventStore(), vault: under.vault };
      await addAll([event('forge', 'x', { receivedAt: NOON - DAY }), event('forge', 'x'), message('x'), message('x')]);
      expect(await discard(parts, { ids: [1, 9], by: BY })).toMatchObject({ ok: false, error: { code: 'no-such-entry' } });
      expect(await discard(parts, { agency: 'anvil', by: BY })).toEqual({ ok: true, value: { entries: 0, bytes: 0 } });
      expect(await discardsIn(parts)).toEqual([]);
      expect(await discard(parts, { agency: 'forge', age: DAY / 2, by: BY, reason: 'a test of theirs' })).toMatchObject({ ok: true });
      expect(await discard(parts, { ids: [3], by: BY })).toMatchObject({ ok: true, value: { entries: 1 } });
      expect(idsOf(await under.quarantine.list({ limit: 10 }))).toEqual([2, 4]);
      expect(await discardsIn(parts)).toEqual([
        { at: NOON, by: BY, reason: 'a test of theirs', agency: 'forge', before: NOON - DAY / 2, entries: 1, bytes: 1 },
        { at: NOON, by: BY, ids: [3], entries: 1, bytes: 1 },
      ]);
      expect((await under.quarantine.letGo()).map(({ why, entries }) => [why, entries])).toEqual([
        ['discarded', 1],
        ['discarded', 1],
      ]);
    });
  });

  describe('the room', () => {
    const wide: Shares = { ...NARROW, whole: 64 * KIBIBYTE * KIBIBYTE, each: 64 * KIBIBYTE * KIBIBYTE };

    it('is given back when what it held is removed, and others get their turn meanwhile', async () => {
      await under.reopen(wide);
      await addAll(many(400, () => event('forge', Buffer.alloc(20 * KIBIBYTE, 'x'))));
      const before = await under.quarantine.size();
      expect(before).toBeGreaterThan(400 * 20 * KIBIBYTE);
      let turns = 0;
      const turn = (): void => void (turns++, (waiting = setImmediate(turn)));
      let waiting = setImmediate(turn);
      expect(await under.quarantine.remove({ agency: 'forge' }, 'discarded')).toEqual({ entries: 400, bytes: 400 * 20 * KIBIBYTE });
      clearImmediate(waiting);
      expect(turns).toBeGreaterThanOrEqual(400 / 64);
      expect(await under.quarantine.size()).toBeLessThan(before / 10);
    });
  });
};
