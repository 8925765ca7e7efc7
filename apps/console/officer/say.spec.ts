import type { Decision } from './audit-answers.ts';
import { say } from './say.ts';

const decision: Decision = {
  position: '4711',
  at: '2026-09-07T09:12:00.000Z',
  recipient: 'black-country-training',
  staff: 'k.reid',
  route: 'learner',
  asked: 'passport',
  purposes: ['plan-learning'],
  outcome: 'answered',
  permitted: [
    {
      clause: 'e2e-passport@1#EP3',
      level: 'full',
      basis: '6(1)(e)',
      purpose: 'plan-learning',
      consent: { id: 'connexions-north/k-1', revision: 42 },
      items: [{ type: 'assessment.recorded', category: 'assessment' }],
    },
    { clause: 'own', level: 'full', basis: 'own', items: [{ type: 'programme.started', category: 'programme' }] },
  ],
  refused: [{ lacks: 'consent', clause: 'youth-justice@2#YJ1', items: [{ type: 'apir.recorded', category: 'risk-of-failing' }] }],
  withdrawn: [],
};

describe('a decision in words', () => {
  it('says who asked for what, what was shown and why, and what was refused for want of what', () => {
    expect(say.sentences(decision)).toEqual([
      'Black Country Training (k.reid) asked for passport for plan learning.',
      'Black Country Training (k.reid) was shown assessment for plan learning because clause EP3 of E2E passport, version 1 lets it, on basis 6(1)(e), with consent connexions-north/k-1 (revision 42).',
      'Black Country Training (k.reid) was shown programme because it recorded that itself.',
      'Black Country Training (k.reid) was refused risk of failing, for want of the learner’s consent. The nearest was clause YJ1 of youth justice, version 2.',
    ]);
    expect([say.clauses(decision), say.consents(decision), say.bases(decision)]).toEqual([
      ['e2e-passport@1#EP3', 'own'],
      ['connexions-north/k-1'],
      ['6(1)(e)', 'own'],
    ]);
  });

  it('says of one that came to nothing that it was refused', () => {
    const { staff: _, ...nobody } = { ...decision, outcome: 'not-known', permitted: [], refused: [] };
    expect(say.sentences(nobody)).toEqual([
      'Black Country Training asked for passport for plan learning.',
      'Refused: nothing to do with the learner.',
    ]);
  });

  it('says of a feed what had to be deleted, and of a look what was looked at', () => {
    const feed = {
      ...decision,
      route: 'feed',
      purposes: 'any' as const,
      permitted: [],
      refused: [],
      withdrawn: [{ type: 'x.y', category: 'apir' }],
    };
    expect(say.sentences(feed)).toEqual([
      'Black Country Training (k.reid) was sent what changed for it.',
      'Black Country Training (k.reid) was told to delete APIR.',
    ]);
    const look = { ...decision, route: 'look', asked: 'as-of', recipient: 'operator:dpo-of:city-yot' };
    expect(say.sentences(look)).toEqual(['The data protection officer of City YOT (k.reid) looked at the records of sharing: as of.']);
  });
});

describe('words', () => {
  it('say who an office is, and numbers with their noun', () => {
    expect(say.agency('operator:learner')).toBe('The learner');
    expect([say.count(1, 'look'), say.count(1200, 'look')]).toEqual(['1 look', '1,200 looks']);
    const noon = Date.parse('2026-09-04T12:00:00Z');
    expect([say.late('2026-09-01', noon), say.late('2026-09-03T22:30:00Z', noon), say.late('2026-09-04', noon)]).toEqual([
      '3 days overdue',
      '1 day overdue',
      '',
    ]);
    expect(say.short('psn:u2Yq8T0bq0y0u7rZb8yq3w')).toBe('u2Yq8T0b');
  });
});
