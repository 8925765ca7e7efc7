import { jest } from '@jest/globals';
import { FeedBacklog } from './feed-backlog.ts';

describe('learners who wait for a decision about feeds', () => {
  let backlog: FeedBacklog;
  let stopping: AbortController;
  beforeEach(() => {
    jest.useFakeTimers();
    backlog = new FeedBacklog();
    stopping = new AbortController();
  });
  afterEach(() => void jest.useRealTimers());

  const pass = async (ms: number): Promise<void> => void (await jest.advanceTimersByTimeAsync(ms));
  const givingWay = (): { readonly over: () => boolean } => {
    let over = false;
    void backlog.giveWay(stopping.signal).then(() => (over = true));
    return { over: () => over };
  };

  it('are given way to once they have waited for long, until they are decided', async () => {
    backlog.waits('a');
    await pass(200);
    backlog.waits('b');
    backlog.waits('a');
    const soon = givingWay();
    await pass(0);
    expect(soon.over()).toBe(true);
    await pass(100);
    const intake = givingWay();
    await pass(10);
    expect(intake.over()).toBe(false);
    backlog.decided(['a']);
    await pass(0);
    expect(intake.over()).toBe(true);
  });

  it('to whom something happens while they are decided, wait from then on', async () => {
    backlog.waits('a');
    await pass(300);
    backlog.decided(['a'], (learner) => learner === 'a');
    const soon = givingWay();
    await pass(260);
    const late = givingWay();
    await pass(0);
    expect([soon.over(), late.over()]).toEqual([true, false]);
  });

  it('do not hold up intake for more than a second at a time, nor who is to stop, nor when nobody decides', async () => {
    backlog.waits('a');
    await pass(300);
    const intake = givingWay();
    await pass(999);
    expect(intake.over()).toBe(false);
    await pass(1);
    expect(intake.over()).toBe(true);
    const again = givingWay();
    stopping.abort();
    await pass(0);
    expect(again.over()).toBe(true);
    stopping = new AbortController();
    const last = givingWay();
    backlog.end();
    await pass(0);
    expect(last.over()).toBe(true);
  });
});
