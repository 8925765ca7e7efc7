import type { AccessHitShown, AuditedDecision } from '#disclosure';
import { daysOf } from './looks-by-day.handlers.ts';

const decision = (position: number, at: string, outcome: AuditedDecision['outcome'] = 'answered'): AuditedDecision => ({
  ...{ position, at: Date.parse(at), outcome, recipient: 'forge', route: 'learner', asked: 'passport', purposes: [] },
  ...{ permitted: [], refused: [], withdrawn: [] },
});
const hit = (rule: string, ...positions: readonly number[]): AccessHitShown => ({
  ...{
    rule,
    positions,
    position: positions[0] ?? 0,
    at: 0,
    recipient: 'forge',
    looks: positions.length,
    explanations: [],
    explainable: false,
  },
});

it('counts by the day in London, in order, refusals among them', () => {
  const decisions = [
    decision(9, '2026-09-04T09:00:00Z'),
    decision(8, '2026-09-03T23:30:00Z', 'not-known'),
    decision(7, '2026-09-03T22:30:00Z'),
  ];
  expect(daysOf(decisions, [])).toEqual([
    { day: '2026-09-03', looks: 1, refused: 0, unusual: [] },
    { day: '2026-09-04', looks: 2, refused: 1, unusual: [] },
  ]);
});

it('outlines the days of those looks alone that a rule named', () => {
  const decisions = [decision(9, '2026-09-04T09:00:00Z'), decision(7, '2026-09-03T09:00:00Z')];
  const hits = [hit('same-learner', 3, 7), hit('outside-hours', 7, 8), hit('outside-hours', 5)];
  expect(daysOf(decisions, hits).map(({ day, unusual }) => [day, unusual])).toEqual([
    ['2026-09-03', ['outside-hours', 'same-learner']],
    ['2026-09-04', []],
  ]);
});
