import { feedLine } from './own-feed.ts';

describe('how far the own feed is', () => {
  it('is said with how much is left and how long the first has waited', () => {
    expect(feedLine({ state: 'behind', events: 1, seconds: 1 })).toMatchObject({
      tag: 'Catching up',
      says: '1 event of the log is still to be gone through for it; the first has waited 1 second.',
    });
    expect(feedLine({ state: 'behind', events: 1200, seconds: 150 }).says).toBe(
      '1,200 events of the log are still to be gone through for it; the first has waited 2 minutes.',
    );
    expect(feedLine({ state: 'behind', events: 2, seconds: 7200 }).says).toContain('the first has waited 2 hours.');
    expect(feedLine({ state: 'stalled', events: 2, seconds: 7200, since: '2026-11-30T09:00:00.000Z' })).toMatchObject({
      colour: 'red',
      says: 'It does not take what is sent: see whether its topic is there. 2 events of the log came since.',
    });
  });

  it('is told apart from a feed that has all, has no key, or is nobody’s to send here', () => {
    const tags = ['up-to-date', 'no-key', 'not-sent-here', 'something-new'].map((state) => feedLine({ state }).tag);
    expect(tags).toEqual(['Up to date', 'No key', 'Not sent', 'Not sent']);
  });
});
