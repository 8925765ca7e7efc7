import { shippedCatalogue } from '#catalogue';
import { DutyReckoning, type DutyTerm, withFramework } from './index.ts';

describe('what discharges a duty', () => {
  const duty = {
    id: 'apir',
    says: 'APIR',
    after: 'referral.made',
    within: 'P5D',
    who: ['connexions'],
    dischargedBy: ['assessment.recorded'],
  } as const;
  const term: DutyTerm = { protocol: 'some@1', duty: { ...duty, dischargedWhen: { framework: ['apir'] } }, from: '2026-01-01' };
  const stateBy = (category: string): string | undefined => {
    const summary = withFramework(category, { assessmentId: 'a-1', assessedOn: '2026-02-02' });
    const events = [
      { type: 'referral.made', source: 'careers', place: 1, knownOn: '2026-02-01', data: { referralId: 'r-1' } },
      { type: 'assessment.recorded', source: 'careers', place: 2, knownOn: '2026-02-02', data: summary },
    ] as const;
    return new DutyReckoning(events, (type) => shippedCatalogue().byShort(type), '2026-03-01').under([term])[0]?.state;
  };

  it('is an assessment whose category says what its clause leaves out', () => {
    expect(stateBy('apir')).toBe('discharged');
  });

  it('is none of whose framework nothing is told', () => {
    expect(stateBy('assessment')).toBe('overdue');
  });

  it('says by itself which framework it is of, where that is shown', () => {
    expect(withFramework('apir', { framework: 'initial' })).toEqual({ framework: 'initial' });
  });
});
