import { BIG, event, idsOf, type MakePlace, many, message, NOON, quarantineForEach } from './quarantine-under-test.ts';

export const keepingContract = (make: MakePlace): void => {
  const under = quarantineForEach(make);
  const list = (selection: object = {}) => under.quarantine.list({ limit: 100, ...selection });

  describe('an entry', () => {
    it('keeps what came, in order, through a restart', async () => {
      const [one, two] = [event('forge', 'one', { origin: 'kafka:a/0/1' }), message('zwei ŵ', { channel: 'kafka', code: 'signature' })];
      await under.addAll([one, two]);
      await under.reopen();
      const [{ content: _, ...first }, { content: __, sender: ___, ...second }] = [one, two];
      expect(await list()).toEqual([
        { ...first, id: 1, state: 'waiting', bytes: 3 },
        { ...second, id: 2, state: 'waiting', bytes: 7 },
      ]);
      expect(await under.texts()).toEqual(['one', 'zwei ŵ']);
    });

    it('is found by its id, and nothing where there is none', async () => {
      await under.quarantine.add(event('forge', 'one'));
      expect(await under.quarantine.find(1)).toMatchObject({ id: 1, agency: 'forge' });
      expect([await under.quarantine.find(2), await under.quarantine.content(2), await under.quarantine.head(2)]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    });

    it('from one origin is kept once, and each time where it has none', async () => {
      const origin = 'kafka:concordat.in.forge/0/7';
      await under.addAll([event('forge', 'first', { origin }), event('forge', 'again', { origin })]);
      await under.reopen();
      await under.quarantine.add(event('forge', 'later', { origin }));
      await under.quarantine.add(event('forge', 'a part of it', { origin: `${origin}/0` }));
      for (const content of ['x', 'x']) await under.quarantine.add(event('forge', content));
      expect(await under.texts()).toEqual(['first', 'a part of it', 'x', 'x']);
      expect((await list()).map(({ origin: from }) => from)).toEqual([origin, `${origin}/0`, undefined, undefined]);
    });

    it('waits until it is settled, and keeps what each retry came to', async () => {
      await under.addAll([event('forge', 'one'), event('forge', 'two')]);
      await under.quarantine.settle(1, 'waiting', 'schema');
      expect(await under.quarantine.find(1)).toMatchObject({ state: 'waiting', outcome: 'schema' });
      expect(await under.quarantine.count('waiting')).toBe(2);
      await under.quarantine.settle(1, 'resolved', 'accepted');
      await under.reopen();
      expect(await under.quarantine.find(1)).toMatchObject({ state: 'resolved', outcome: 'accepted' });
      expect([await under.quarantine.count('waiting'), await under.quarantine.count('resolved')]).toEqual([1, 1]);
      await under.quarantine.settle(9, 'resolved', 'accepted');
      expect(await list()).toHaveLength(2);
    });

    it("loses its content with its subject's key, and none with anybody else's", async () => {
      await under.addAll([event('forge', 'of one', { subject: 'blind-1' }), event('forge', 'of another', { subject: 'blind-2' })]);
      await under.quarantine.add(message('of nobody known'));
      await under.vault.destroy('quarantine-blind-1');
      expect(await under.texts()).toEqual([undefined, 'of another', 'of nobody known']);
      expect(await under.quarantine.find(1)).toMatchObject({ state: 'waiting', bytes: 6 });
      await under.quarantine.add(event('forge', 'of one, later', { subject: 'blind-1' }));
      expect(await under.texts()).toEqual([undefined, 'of another', 'of nobody known', 'of one, later']);
    });
  });

  describe('entries', () => {
    const early = { receivedAt: NOON - 1 };
    beforeEach(async () => {
      for (const item of [event('forge', '1', early), event('anvil', '2'), message('3', early), message('4'), event('forge', '5')])
        await under.quarantine.add(item);
      await under.quarantine.settle(2, 'resolved', 'accepted');
    });

    it.each<[object, readonly number[]]>([
      [{}, [1, 2, 3, 4, 5]],
      [{ state: 'waiting' }, [1, 3, 4, 5]],
      [{ state: 'resolved' }, [2]],
      [{ agency: 'forge' }, [1, 5]],
      [{ agency: 'nobody' }, []],
      [{ unattributed: true }, [3, 4]],
      [{ ids: [5, 2, 9] }, [2, 5]],
      [{ ids: [] }, []],
      [{ before: NOON }, [1, 3]],
      [{ upTo: 3 }, [1, 2, 3]],
      [{ agency: 'forge', before: NOON }, [1]],
      [{ unattributed: true, before: NOON, upTo: 2 }, []],
    ])('are selected by %j', async (selection, ids) => {
      expect(idsOf(await list(selection))).toEqual(ids);
      expect(await under.quarantine.amountOf(selection)).toEqual({ entries: ids.length, bytes: ids.length });
      expect(await under.quarantine.remove(selection, 'discarded')).toEqual({ entries: ids.length, bytes: ids.length });
      expect(idsOf(await list())).toEqual([1, 2, 3, 4, 5].filter((id) => !ids.includes(id)));
    });

    it('are listed page by page', async () => {
      expect(idsOf(await list({ limit: 2 }))).toEqual([1, 2]);
      expect(idsOf(await list({ after: 2, limit: 2 }))).toEqual([3, 4]);
      expect(idsOf(await list({ agency: 'forge', after: 1 }))).toEqual([5]);
    });

    it('never get an id that another had', async () => {
      expect(await under.quarantine.newest()).toBe(5);
      await under.quarantine.remove({}, 'discarded');
      await under.reopen();
      expect([await under.quarantine.newest(), await list()]).toEqual([5, []]);
      await under.quarantine.add(event('forge', '6'));
      expect([await under.quarantine.newest(), idsOf(await list())]).toEqual([6, [6]]);
    });
  });

  describe('several processes', () => {
    it('keep one quarantine', async () => {
      const other = under.another();
      const origin = 'kafka:a/0/1';
      await Promise.all([under.quarantine, other].map((one, n) => one.add(event('forge', String(n), { origin }))));
      await Promise.all(many(8, (n) => event('anvil', String(n))).map((item, n) => (n % 2 ? other : under.quarantine).add(item)));
      for (const one of [under.quarantine, other]) {
        expect(idsOf(await one.list({ agency: 'anvil', limit: 100 }))).toHaveLength(8);
        expect(await one.amountOf({ agency: 'forge' })).toEqual({ entries: 1, bytes: 1 });
      }
      await other.settle(1, 'resolved', 'accepted');
      expect(await under.quarantine.count('resolved')).toBe(1);
      await other.remove({ agency: 'anvil' }, 'discarded');
      expect(await under.quarantine.amountOf({})).toMatchObject({ entries: 1 });
      expect(await under.quarantine.letGo()).toMatchObject([{ agency: 'anvil', why: 'discarded', entries: 8 }]);
    });
  });

  describe('a quarantine that is closed', () => {
    it('says so, and may be closed again', async () => {
      await under.quarantine.probe();
      await under.quarantine.close();
      await under.quarantine.close();
      const { quarantine } = under;
      const asks: readonly (() => Promise<unknown>)[] = [
        () => quarantine.add(event('forge', BIG)),
        () => quarantine.settle(1, 'resolved', 'accepted'),
        () => quarantine.list({ limit: 1 }),
        () => quarantine.content(1),
        () => quarantine.remove({}, 'age'),
        () => quarantine.size(),
        () => quarantine.probe(),
      ];
      for (const ask of asks) await expect(ask()).rejects.toMatchObject({ name: 'StorageError', code: 'unavailable' });
    });
  });
};
