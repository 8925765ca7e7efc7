// One suite for every ledger of feeds: what the port promises, and no more than that (ADR 13).
import { StorageError } from '#kernel';
import { type FeedLedger, FeedLedgerInUse, type LedgerEntry } from '../feed/index.ts';
import { ledgerKnowsDuties } from './ledger-duties.ts';
import { feed, gone, KEY, learner, lines, notice, type LedgerUnderTest, SKETCH as sketch, told } from './ledger-lines.ts';

export const feedLedgerContract = (name: string, openFresh: () => LedgerUnderTest): void => {
  let under: LedgerUnderTest;
  let ledger: FeedLedger;
  beforeEach(() => {
    under = openFresh();
    ledger = under.ledger;
  });
  afterEach(async () => {
    await ledger.close();
    under.discard();
  });
  const reopen = async (): Promise<void> => {
    await ledger.close();
    ledger = under.reopen();
  };
  const behind = async (generation: number, limit = 9) => [...(await ledger.behind(generation, limit))].map((line) => line.learner).sort();
  const all = async () => ({
    reached: await ledger.recover(),
    behind: await behind(9),
    due: await ledger.nextDue(),
    strays: await ledger.strays(9),
    surveyed: await ledger.surveyed(),
    announced: await ledger.announced(),
    ids: await ledger.feedIds(),
    feeds: await ledger.feedsOf('a'),
    holds: await ledger.holdsAnything('forge'),
  });

  describe(`${name}, as a ledger of feeds`, () => {
    it('knows after a restart what was written, and what it replaced no more', async () => {
      await ledger.write({
        position: 9,
        terms: { generation: 2, digest: 'd' },
        feeds: [...lines('a', 'forge', [0, '4', 't'], [1, '5']), ...lines('a', 'anvil', [0, '4', 't'])],
      });
      await ledger.write({ feeds: [gone('a', 'anvil', 0), gone('a', 'forge', 0), ...lines('a', 'forge', [1, '5', 'u'])] });
      await reopen();
      expect(await ledger.recover()).toEqual({ position: 9, terms: { generation: 2, digest: 'd' } });
      expect(await ledger.feedsOf('a')).toEqual(new Map([['forge', feed([1, '5', 'u'])]]));
      expect([await ledger.holdsAnything('forge'), await ledger.holdsAnything('anvil')]).toEqual([true, false]);
      expect((await ledger.feedsOf('b')).size).toBe(0);
    });

    it('knows notices beside items, and what of either is not confirmed', async () => {
      await ledger.write({
        feeds: [
          ...lines('a', 'forge', [-1, 'identity'], [3, 'x', 't']),
          notice('a', 'forge', 'n-1', 'u'),
          notice('a', 'forge', 'n-2'),
          notice('b', 'anvil', 'n-1', 'u'),
        ],
      });
      await reopen();
      const notices = [
        ['n-1', told('u')],
        ['n-2', told(undefined)],
      ] as const;
      expect((await ledger.feedsOf('a')).get('forge')).toEqual({ ...feed([-1, 'identity'], [3, 'x', 't']), notices: new Map(notices) });
      expect((await ledger.feedsOf('b')).get('anvil')).toEqual({ ...feed(), notices: new Map([['n-1', told('u')]]) });
      expect(await ledger.holdsAnything('anvil')).toBe(true);
      await ledger.write({ feeds: [{ learner: 'b', recipient: 'anvil', noticeId: 'n-1', notice: undefined }] });
      expect([await ledger.holdsAnything('anvil'), (await ledger.feedsOf('b')).size]).toEqual([false, 0]);
    });

    ledgerKnowsDuties({ ledger: () => ledger, reopen, behind });

    it('leaves as it is what was not written', async () => {
      await ledger.write({ feeds: [...lines('a', 'forge', [0, '1', 't'], [1, '2', 't']), ...lines('b', 'forge', [0, '3', 't'])] });
      await ledger.write({ feeds: [gone('a', 'forge', 0), gone('c', 'forge', 0), ...lines('a', 'anvil', [1, '2'])] });
      expect(await ledger.feedsOf('a')).toEqual(
        new Map([
          ['anvil', feed([1, '2'])],
          ['forge', feed([1, '2', 't'])],
        ]),
      );
      expect(await ledger.feedsOf('b')).toEqual(new Map([['forge', feed([0, '3', 't'])]]));
    });

    it('is changed by what is written alone, not through what it was given or gave', async () => {
      const item: { id: string; token?: string } = { id: '1' };
      await ledger.write({ feeds: [{ learner: 'a', recipient: 'forge', revision: 0, item }] });
      item.token = 't';
      (await ledger.feedsOf('a')).get('forge')?.items.clear();
      expect((await ledger.feedsOf('a')).get('forge')).toEqual(feed([0, '1']));
    });

    it('knows at once what is noted, and after it was closed in order', async () => {
      await ledger.note({ position: 4, learners: [learner('a', 0)], feeds: lines('a', 'forge', [0, '1', 't']) });
      for (const again of [async () => undefined, reopen]) {
        await again();
        expect([await ledger.recover(), await behind(1), await ledger.holdsAnything('forge')]).toEqual([
          { position: 4, terms: { generation: 1, digest: '' } },
          ['a'],
          true,
        ]);
      }
    });

    it('names those behind a generation, as many as are asked for', async () => {
      await ledger.write({ learners: [learner('a', 1), learner('b', 0), learner('c', 0)] });
      expect([await behind(1), await behind(1, 1)]).toEqual([['b', 'c'], [expect.stringMatching(/[bc]/)]]);
      expect(await behind(2)).toEqual(['a', 'b', 'c']);
      await ledger.write({ learners: [learner('a', 2), learner('c', 2)] });
      expect(await behind(2)).toEqual(['b']);
    });

    it('knows of those behind what was written of them last', async () => {
      await ledger.write({ learners: [{ ...learner('a', 1, 50), sketch }, learner('b', 2)] });
      await reopen();
      expect(await ledger.behind(2, 9)).toEqual([{ ...learner('a', 1, 50), sketch }]);
      await ledger.write({ learners: [{ ...learner('a', 1, 50), sketch: { ...sketch, sources: [] } }] });
      expect(await ledger.behind(2, 9)).toEqual([{ ...learner('a', 1, 50), sketch: { ...sketch, sources: [] } }]);
      await ledger.write({ learners: [learner('a', 1)] });
      expect(await ledger.behind(2, 9)).toEqual([learner('a', 1)]);
    });

    it('names those that are due, the soonest first', async () => {
      await ledger.write({ learners: [learner('a', 1, 50), learner('b', 1), learner('c', 1, 40)] });
      const due = async (now: number, limit = 9) => ledger.dueBy(now, limit);
      expect([await due(39), await due(50), await due(50, 1), await ledger.nextDue()]).toEqual([[], ['c', 'a'], ['c'], 40]);
      await ledger.write({ learners: [learner('c', 1)] });
      await reopen();
      expect([await due(50), await ledger.nextDue()]).toEqual([['a'], 50]);
    });

    it('recovered, has those decided anew whose feeds have anything unsettled', async () => {
      await ledger.write({
        learners: [learner('a', 1), learner('b', 1), learner('c', 1), learner('d', 1)],
        feeds: [
          ...lines('a', 'forge', [0, '1', 't']),
          ...lines('b', 'forge', [0, '1'], [1, '2', 't']),
          ...lines('c', 'forge', [0, '1', 't']),
          notice('c', 'forge', 'n-1'),
          ...lines('d', 'forge', [0, '1']),
        ],
      });
      await ledger.note({ feeds: lines('d', 'forge', [0, '1', 't']) });
      await reopen();
      expect(await behind(1)).toEqual([]);
      await ledger.recover();
      expect(await behind(1)).toEqual(['b', 'c']);
    });

    it('keeps which keys were announced until they are revoked', async () => {
      const keys = [KEY, { ...KEY, kid: 'l', epoch: 'f' }, { ...KEY, recipient: 'anvil', epoch: 'z' }];
      await ledger.write({ announced: keys });
      await ledger.write({ announced: [{ ...KEY, wrappedFor: 'v' }] });
      await reopen();
      expect(await ledger.announced()).toEqual([keys[2], { ...KEY, wrappedFor: 'v' }, keys[1]]);
      await ledger.write({ revoked: [KEY] });
      expect(await ledger.announced()).toEqual([keys[2], keys[1]]);
    });

    it('keeps what was found on feeds until it is known whose it is', async () => {
      await ledger.write({ found: [{ recipient: 'forge', key: 'x/2' }] }); // known before the feed was read: it is a stray all the same
      await ledger.survey('forge', ['x/1', 'x/2', 'x/2']);
      await ledger.survey('anvil', []);
      await ledger.write({
        found: [
          { recipient: 'forge', key: 'x/1' },
          { recipient: 'anvil', key: 'x/2' },
        ],
      });
      await reopen();
      expect([...(await ledger.surveyed())].sort()).toEqual(['anvil', 'forge']);
      expect(await ledger.strays(9)).toEqual([{ recipient: 'forge', key: 'x/2' }]);
      await ledger.write({ found: await ledger.strays(9) });
      expect(await ledger.strays(9)).toEqual([]);
    });

    it('forgets what it knew of a feed that is another one, and nothing of others', async () => {
      for (const recipient of ['forge', 'anvil']) await ledger.identify(recipient, `${recipient}-1`);
      for (const recipient of ['forge', 'anvil']) await ledger.survey(recipient, ['x']);
      await ledger.write({
        announced: [KEY, { ...KEY, recipient: 'anvil' }],
        learners: [learner('a', 1)],
        feeds: [...lines('a', 'forge', [0, '1', 't']), ...lines('a', 'anvil', [0, '1', 't'])],
      });
      await ledger.identify('forge', 'forge-1');
      expect([[...(await ledger.feedsOf('a')).keys()].sort(), await behind(1)]).toEqual([['anvil', 'forge'], []]);
      await ledger.identify('forge', 'forge-2');
      await reopen();
      expect(await all()).toMatchObject({
        behind: ['a'],
        announced: [{ ...KEY, recipient: 'anvil' }],
        strays: [{ recipient: 'anvil', key: 'x' }],
        surveyed: new Set(['anvil']),
        feeds: new Map([['anvil', feed([0, '1', 't'])]]),
        holds: false,
        ids: new Map([
          ['anvil', 'anvil-1'],
          ['forge', 'forge-2'],
        ]),
      });
    });

    it('starts over as a new one', async () => {
      const fresh = await all();
      expect(fresh).toMatchObject({ reached: { position: 0, terms: { generation: 1, digest: '' } }, due: undefined, holds: false });
      await ledger.identify('forge', 'forge-1');
      await ledger.survey('forge', ['x']);
      await ledger.write({
        position: 9,
        terms: { generation: 5, digest: 'd' },
        learners: [learner('a', 1, 1)],
        feeds: lines('a', 'forge', [0, '1']),
        announced: [KEY],
      });
      expect(await ledger.startOver()).toEqual(fresh.reached);
      expect(await all()).toEqual(fresh);
      await reopen();
      expect(await all()).toEqual(fresh);
    });

    it('is open once at a time, since feeds have one sender', async () => {
      await ledger.write({ position: 1 });
      expect(() => under.reopen()).toThrow(FeedLedgerInUse);
      await reopen();
      expect(await ledger.recover()).toMatchObject({ position: 1 });
    });

    it('once closed, tells so whoever asks or writes, and may be closed again', async () => {
      await ledger.close();
      await ledger.close();
      const entry: LedgerEntry = { position: 1 };
      const asked = [
        () => ledger.recover(),
        () => ledger.feedsOf('a'),
        () => ledger.write(entry),
        () => ledger.note(entry),
        () => ledger.strays(1),
      ];
      for (const ask of asked) await expect(ask()).rejects.toThrow(StorageError);
      ledger = under.reopen();
      expect(await ledger.recover()).toMatchObject({ position: 0 });
    });
  });
};
