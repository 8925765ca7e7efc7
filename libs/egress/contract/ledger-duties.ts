// Of the contract of ledgers: overdue duties stand beside items and notices (ADR 56).
import type { FeedLedger } from '../feed/index.ts';
import { duty, feed, learner, notice } from './ledger-lines.ts';

interface Under {
  readonly ledger: () => FeedLedger;
  readonly reopen: () => Promise<void>;
  readonly behind: (generation: number) => Promise<readonly string[]>;
}

export const ledgerKnowsDuties = ({ ledger, reopen, behind }: Under): void => {
  it('knows duties that are overdue beside both, with what they are called there', async () => {
    await ledger().write({
      learners: [learner('a', 1)],
      feeds: [
        duty('a', 'forge', '3/p@1/d', 'x/p@1/d', '2026-10-08'),
        notice('a', 'forge', 'n-1', 'u'),
        duty('a', 'anvil', '4/p@1/d', 'y/p@1/d'),
      ],
    });
    await reopen();
    const told = { ...feed(), notices: new Map([['n-1', { token: 'u' }]]) };
    expect((await ledger().feedsOf('a')).get('forge')).toEqual({
      ...told,
      duties: new Map([['3/p@1/d', { id: 'x/p@1/d', token: '2026-10-08' }]]),
    });
    expect((await ledger().feedsOf('a')).get('anvil')).toEqual({ ...feed(), duties: new Map([['4/p@1/d', { id: 'y/p@1/d' }]]) });
    await ledger().recover();
    expect(await behind(1)).toEqual(['a']);
    await ledger().write({ feeds: [duty('a', 'forge', '3/p@1/d'), duty('a', 'anvil', '4/p@1/d')] });
    expect([(await ledger().feedsOf('a')).get('forge'), await ledger().holdsAnything('anvil')]).toEqual([told, false]);
  });
};
