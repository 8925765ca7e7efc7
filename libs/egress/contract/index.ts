// One suite for every ledger of feeds: what the port promises, and no more than that (ADR 13).
import { type FeedLedger, FeedLedgerInUse, type LedgerFeed } from '../feed/index.ts';

export interface LedgerUnderTest {
  /** Open, and new. */
  readonly ledger: FeedLedger;
  /** Opens the same ledger, once it has been closed. Throws `FeedLedgerInUse` before. */
  readonly reopen: () => FeedLedger;
  /** Removes the ledger, which has been closed. */
  readonly discard: () => void;
}

type Item = readonly [revision: number, id: string, token?: string];

const told = (token: string | undefined): { readonly token?: string } => (token === undefined ? {} : { token });
const feed = (...items: readonly Item[]): LedgerFeed => ({
  items: new Map(items.map(([revision, id, token]) => [revision, { id, ...told(token) }])),
  notices: new Map(),
});
const line = (learner: string, recipient: string, ...items: readonly Item[]) => ({ learner, recipient, feed: feed(...items) });
const KEY = { recipient: 'forge', kid: 'k', epoch: 'e', wrappedFor: 'w' };

export const feedLedgerContract = (name: string, openFresh: () => LedgerUnderTest): void => {
  let under: LedgerUnderTest;
  let ledger: FeedLedger;
  beforeEach(() => {
    under = openFresh();
    ledger = under.ledger;
  });
  afterEach(() => {
    ledger.close();
    under.discard();
  });
  const reopen = (): void => {
    ledger.close();
    ledger = under.reopen();
  };
  const all = () => ({
    position: ledger.position,
    terms: ledger.terms,
    behind: ledger.behind(9),
    due: ledger.nextDue(),
    strays: ledger.strays(9),
    surveyed: ledger.surveyed(),
    announced: ledger.announced(),
    ids: ledger.feedIds(),
    feeds: ledger.feedsOf('a'),
    holds: ledger.holdsAnything('forge'),
  });
  const learner = (who: string, generation: number, due?: number) => ({ learner: who, generation, due });

  describe(`${name}, as a ledger of feeds`, () => {
    it('knows after a restart what was written, and what it replaced no more', () => {
      ledger.write({
        position: 9,
        terms: { generation: 2, digest: 'd' },
        feeds: [line('a', 'forge', [0, '4', 't'], [1, '5']), line('a', 'anvil', [0, '4', 't'])],
      });
      ledger.write({ feeds: [line('a', 'anvil'), line('a', 'forge', [1, '5', 'u'])] });
      reopen();
      expect([ledger.position, ledger.terms]).toEqual([9, { generation: 2, digest: 'd' }]);
      expect(ledger.feedsOf('a')).toEqual(new Map([['forge', feed([1, '5', 'u'])]]));
      expect([ledger.holdsAnything('forge'), ledger.holdsAnything('anvil'), ledger.feedsOf('b').size]).toEqual([true, false, 0]);
    });

    it('knows notices beside items, and what of either is not confirmed', () => {
      const whole: LedgerFeed = {
        ...feed([-1, 'identity'], [3, 'x', 't']),
        notices: new Map([
          ['n-1', told('u')],
          ['n-2', told(undefined)],
        ]),
      };
      const noticesAlone: LedgerFeed = { items: new Map(), notices: new Map([['n-1', told('u')]]) };
      ledger.write({
        feeds: [
          { learner: 'a', recipient: 'forge', feed: whole },
          { learner: 'b', recipient: 'anvil', feed: noticesAlone },
        ],
      });
      reopen();
      expect([ledger.feedsOf('a').get('forge'), ledger.feedsOf('b').get('anvil')]).toEqual([whole, noticesAlone]);
      expect(ledger.holdsAnything('anvil')).toBe(true);
    });

    it('is changed by what is written alone, not through what it was given or gave', () => {
      const given = line('a', 'forge', [0, '1']);
      ledger.write({ feeds: [given] });
      given.feed.items.set(7, { id: '7' });
      ledger.feedsOf('a').get('forge')?.items.clear();
      expect(ledger.feedsOf('a').get('forge')).toEqual(feed([0, '1']));
    });

    it('knows at once what is noted, and after it was closed in order', () => {
      ledger.note({ position: 4, learners: [learner('a', 0)], feeds: [line('a', 'forge', [0, '1'])] });
      for (const again of [() => undefined, reopen]) {
        again();
        expect([ledger.position, ledger.behind(9), ledger.holdsAnything('forge')]).toEqual([4, ['a'], true]);
      }
    });

    it('names those behind the terms, as many as are asked for', () => {
      ledger.write({ learners: [learner('a', 1), learner('b', 0), learner('c', 0)] });
      expect([[...ledger.behind(9)].sort(), ledger.behind(1)]).toEqual([['b', 'c'], [expect.stringMatching(/[bc]/)]]);
      ledger.write({ terms: { generation: 2, digest: 'x' } });
      expect([...ledger.behind(9)].sort()).toEqual(['a', 'b', 'c']);
      ledger.write({ learners: [learner('a', 2), learner('c', 2)] });
      expect(ledger.behind(9)).toEqual(['b']);
    });

    it('names those that are due, the soonest first', () => {
      ledger.write({ learners: [learner('a', 1, 50), learner('b', 1), learner('c', 1, 40)] });
      expect([ledger.dueBy(39, 9), ledger.dueBy(50, 9), ledger.dueBy(50, 1), ledger.nextDue()]).toEqual([[], ['c', 'a'], ['c'], 40]);
      ledger.write({ learners: [learner('c', 1)] });
      reopen();
      expect([ledger.dueBy(50, 9), ledger.nextDue()]).toEqual([['a'], 50]);
    });

    it('recovered, has those decided anew whose feeds have anything unsettled', () => {
      const unsettledNotice: LedgerFeed = { ...feed([0, '1', 't']), notices: new Map([['n-1', {}]]) };
      ledger.write({
        learners: [learner('a', 1), learner('b', 1), learner('c', 1)],
        feeds: [
          line('a', 'forge', [0, '1', 't']),
          line('b', 'forge', [0, '1'], [1, '2', 't']),
          { learner: 'c', recipient: 'forge', feed: unsettledNotice },
        ],
      });
      reopen();
      expect(ledger.behind(9)).toEqual([]);
      ledger.recover();
      expect([...ledger.behind(9)].sort()).toEqual(['b', 'c']);
    });

    it('keeps which keys were announced until they are revoked', () => {
      const keys = [KEY, { ...KEY, kid: 'l', epoch: 'f' }, { ...KEY, recipient: 'anvil', epoch: 'z' }];
      ledger.write({ announced: keys });
      ledger.write({ announced: [{ ...KEY, wrappedFor: 'v' }] });
      reopen();
      expect(ledger.announced()).toEqual([keys[2], { ...KEY, wrappedFor: 'v' }, keys[1]]);
      ledger.write({ revoked: [KEY] });
      expect(ledger.announced()).toEqual([keys[2], keys[1]]);
    });

    it('keeps what was found on feeds until it is known whose it is', () => {
      ledger.write({ found: [{ recipient: 'forge', key: 'x/2' }] }); // known before the feed was read: it is a stray all the same
      ledger.survey('forge', ['x/1', 'x/2', 'x/2']);
      ledger.survey('anvil', []);
      ledger.write({
        found: [
          { recipient: 'forge', key: 'x/1' },
          { recipient: 'anvil', key: 'x/2' },
        ],
      });
      reopen();
      expect([...ledger.surveyed()].sort()).toEqual(['anvil', 'forge']);
      expect(ledger.strays(9)).toEqual([{ recipient: 'forge', key: 'x/2' }]);
      ledger.write({ found: ledger.strays(9) });
      expect(ledger.strays(9)).toEqual([]);
    });

    it('forgets what it knew of a feed that is another one, and nothing of others', () => {
      for (const recipient of ['forge', 'anvil']) ledger.identify(recipient, `${recipient}-1`);
      for (const recipient of ['forge', 'anvil']) ledger.survey(recipient, ['x']);
      ledger.write({
        announced: [KEY, { ...KEY, recipient: 'anvil' }],
        learners: [learner('a', 1)],
        feeds: [line('a', 'forge', [0, '1']), line('a', 'anvil', [0, '1'])],
      });
      ledger.identify('forge', 'forge-1');
      expect([[...ledger.feedsOf('a').keys()].sort(), ledger.behind(9)]).toEqual([['anvil', 'forge'], []]);
      ledger.identify('forge', 'forge-2');
      reopen();
      expect(all()).toMatchObject({
        behind: ['a'],
        announced: [{ ...KEY, recipient: 'anvil' }],
        strays: [{ recipient: 'anvil', key: 'x' }],
        surveyed: new Set(['anvil']),
        feeds: new Map([['anvil', feed([0, '1'])]]),
        holds: false,
        ids: new Map([
          ['anvil', 'anvil-1'],
          ['forge', 'forge-2'],
        ]),
      });
    });

    it('starts over as a new one', () => {
      const fresh = all();
      expect(fresh).toMatchObject({ position: 0, terms: { generation: 1, digest: '' }, due: undefined, holds: false });
      ledger.identify('forge', 'forge-1');
      ledger.survey('forge', ['x']);
      ledger.write({
        position: 9,
        terms: { generation: 5, digest: 'd' },
        learners: [learner('a', 1, 1)],
        feeds: [line('a', 'forge', [0, '1'])],
        announced: [KEY],
      });
      ledger.startOver();
      expect(all()).toEqual(fresh);
      reopen();
      expect(all()).toEqual(fresh);
    });

    it('is open once at a time, since feeds have one sender', () => {
      ledger.write({ position: 1 });
      expect(() => under.reopen()).toThrow(FeedLedgerInUse);
      reopen();
      expect(ledger.position).toBe(1);
    });
  });
};
