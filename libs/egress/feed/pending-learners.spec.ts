import { PendingLearners } from './pending-learners.ts';

const waiting = (...learners: readonly (readonly [string, number])[]): PendingLearners => {
  const pending = new PendingLearners();
  for (const [learner, position] of learners) pending.add(learner, position);
  return pending;
};

describe('learners who wait', () => {
  it('wait once each, from what first happened on', () => {
    const pending = waiting(['a', 3], ['b', 4], ['a', 5]);
    expect([pending.size, pending.first(1), pending.reached(5)]).toEqual([2, ['a'], 2]);
    expect([...pending.take(['a', 'x'])]).toEqual([['a', 3]]);
    expect([pending.first(9), pending.reached(5)]).toEqual([['b'], 3]);
  });

  it('let the log be dealt with as far as it was read when nobody waits', () => {
    expect(waiting().reached(7)).toBe(7);
  });

  it('given back, are the first again', () => {
    const pending = waiting(['a', 3], ['b', 4]);
    const taken = pending.take(['a']);
    pending.add('a', 6);
    pending.giveBack(taken);
    expect([pending.first(9), pending.reached(9)]).toEqual([['a', 'b'], 2]);
  });
});
