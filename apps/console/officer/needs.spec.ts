import type { Summary } from './audit-answers.ts';
import { needsIn } from './needs.ts';
import { toExplain, unexplained } from './open-hits.ts';

const quiet: Summary = {
  at: '2026-11-30',
  notices: { open: 2, overdue: 0 },
  withdrawals: 1,
  refusals: { refused: 3, more: false },
  questions: { open: 0, overdue: 0 },
  protocols: [],
  log: { position: '9', viewPosition: '9' },
};

describe('what needs an officer today', () => {
  it('is nothing where nothing is late and no review is near', () => expect(needsIn(quiet)).toEqual([]));

  it('is what learners asked, by the day of what comes next', () => {
    const needs = (questions: Summary['questions']) => needsIn({ ...quiet, questions }).map(({ title, tag, late }) => [title, tag, late]);
    expect(needs({ open: 1, overdue: 0, due: '2026-12-02' })).toEqual([
      ['1 question or complaint of learners to answer', 'due by 2 December 2026', false],
    ]);
    expect(needs({ open: 3, overdue: 1, due: '2026-11-29' })).toEqual([
      ['3 questions and complaints of learners to answer', '1 overdue, since 29 November 2026', true],
    ]);
  });

  it('is unusual looks that the officer may explain, and nobody has since they were looked at again', () => {
    const [explained, again] = [[{ looksSince: 0 }], [{ looksSince: 3 }, { looksSince: 2 }]];
    const hits = [[], explained, again].map((explanations) => ({ explanations, explainable: true }));
    const own = { explanations: [], explainable: false };
    expect(toExplain([{ explanations: [{ looksSince: 0 }, { looksSince: 1 }], explainable: true }])).toBe(0);
    expect(toExplain([...hits, own])).toBe(2);
    expect(needsIn(quiet, toExplain([own]))).toEqual([]);
    expect(needsIn(quiet, 2)).toMatchObject([{ title: '2 unusual looks to explain', href: '/dpo/unusual', late: false }]);
  });

  it('is of a look what no explanation reaches, the furthest included', () => {
    expect(unexplained({ explanations: [{ looksSince: 5 }, { looksSince: 2 }] })).toBe(2);
    expect(unexplained({ explanations: [{ looksSince: 5 }, { looksSince: 0 }] })).toBe(0);
  });

  it('is notices that were not answered in time, and reviews by their day', () => {
    const protocols = [
      { protocol: 'e2e-passport', version: 1, status: 'review-overdue', due: '2026-11-29' },
      { protocol: 'oversight', version: 2, status: 'in-force', due: '2026-11-30' },
    ];
    const needs = needsIn({ ...quiet, notices: { open: 0, overdue: 1, oldestDue: '2026-11-20' }, protocols });
    expect(needs.map(({ title, tag, late }) => [title, tag, late])).toEqual([
      ['1 notice about data not answered in time', 'due since 20 November 2026', true],
      ['Review E2E passport, version 1', 'overdue since 29 November 2026', true],
      ['Review Oversight, version 2', 'due by 30 November 2026', false],
    ]);
  });
});
