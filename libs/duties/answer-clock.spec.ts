// By when a learner is answered: the days of the law, which an agency may keep earlier and cannot put off.
import { answerClock, type ThreadSoFar } from './answer-clock.ts';

const asked = (more: Partial<ThreadSoFar> = {}): ThreadSoFar => ({
  kind: 'complaint',
  askedOn: '2026-10-01',
  acknowledged: false,
  answered: false,
  ...more,
});

describe('the clock of a complaint', () => {
  it('runs to the thirtieth day until it is acknowledged, and to the forty-second until it is answered', () => {
    expect(answerClock(asked(), '2026-10-31')).toEqual({
      state: 'waiting',
      acknowledgeBy: '2026-10-31',
      answerBy: '2026-11-12',
      due: '2026-10-31',
      overdue: false,
    });
    expect(answerClock(asked(), '2026-11-01')).toMatchObject({ due: '2026-10-31', overdue: true });
    expect(answerClock(asked({ acknowledged: true }), '2026-11-01')).toMatchObject({
      state: 'acknowledged',
      due: '2026-11-12',
      overdue: false,
    });
    expect(answerClock(asked({ acknowledged: true }), '2026-11-13')).toMatchObject({ overdue: true });
  });

  it('names the answer where that is late too', () =>
    expect(answerClock(asked(), '2026-11-13')).toMatchObject({ state: 'waiting', due: '2026-11-12', overdue: true }));

  it('is brought forward by what the agency promised, and never put off', () => {
    const promised = (day: string) => answerClock(asked({ acknowledged: true, promised: day }), '2026-10-20');
    expect(promised('2026-10-15')).toMatchObject({ answerBy: '2026-10-15', overdue: true });
    expect(promised('2046-11-25')).toMatchObject({ answerBy: '2026-11-12', overdue: false });
  });

  it('stops with the answer, acknowledged or not', () => {
    const { due, ...stopped } = answerClock(asked({ answered: true }), '2027-01-01');
    expect([due, stopped]).toEqual([undefined, expect.objectContaining({ state: 'answered', overdue: false })]);
  });
});

describe('the clock of a question', () => {
  it('runs to its answer alone', () => {
    expect(answerClock(asked({ kind: 'question' }), '2026-11-12')).toEqual({
      state: 'waiting',
      answerBy: '2026-11-12',
      due: '2026-11-12',
      overdue: false,
    });
    expect(answerClock(asked({ kind: 'question' }), '2026-11-13')).toMatchObject({ overdue: true });
  });
});
