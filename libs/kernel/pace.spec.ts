import { jest } from '@jest/globals';
import { Pace } from './pace.ts';

const NEVER = new AbortController().signal;

describe('a pace', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  /** Whether it is so long before a turn comes. */
  const comesAfter = async (turn: Promise<void>, ms: number): Promise<boolean> => {
    let came = false;
    void turn.then(() => (came = true));
    await jest.advanceTimersByTimeAsync(Math.max(0, ms - 1));
    const early = came && ms > 0;
    await jest.advanceTimersByTimeAsync(1);
    return came && !early;
  };

  it('lets the first begin at once, and the next when its time has come', async () => {
    const pace = new Pace(60);
    expect(await comesAfter(pace.turn(NEVER), 0)).toBe(true);
    await jest.advanceTimersByTimeAsync(19);
    expect(await comesAfter(pace.turn(NEVER), 40)).toBe(true);
    await jest.advanceTimersByTimeAsync(100);
    expect(await comesAfter(pace.turn(NEVER), 0)).toBe(true);
  });

  it('does not let who is in a hurry wait, and counts from there', async () => {
    const pace = new Pace(60);
    await pace.turn(NEVER);
    const turn = pace.turn(NEVER);
    pace.hurry();
    expect(await comesAfter(turn, 0)).toBe(true);
    pace.hurry();
    expect(await comesAfter(pace.turn(NEVER), 0)).toBe(true);
    expect(await comesAfter(pace.turn(NEVER), 59)).toBe(true);
  });

  it('lets nobody wait who is to stop', async () => {
    const pace = new Pace(60);
    await pace.turn(NEVER);
    const stopping = new AbortController();
    const turn = pace.turn(stopping.signal);
    stopping.abort();
    expect(await comesAfter(turn, 0)).toBe(true);
    expect(await comesAfter(pace.turn(stopping.signal), 0)).toBe(true);
  });
});
