import type { Contribution } from '#contribution';
import { assessment, connexions, provider, recorded, type Teller, told } from '#contribution/fixtures';
import { initialRecord, type RecordState } from './entries.ts';
import { evolveRecord } from './record.ts';
import { rectificationsIn } from './items.ts';

const given = (...contributions: readonly Contribution[]): RecordState => recorded(...contributions).reduce(evolveRecord, initialRecord);
const assessed = (by: Teller, assessmentId = 'a-1') => told(by, 'assessment.recorded', assessment({ assessmentId }));
const rectified = (by: Teller, assessmentId = 'a-1') =>
  told(by, 'assessment.rectified', { assessmentId, reason: 'Miscounted', assessedOn: '2026-01-04' });

describe('rectifications', () => {
  it('name the assessment of the same source, each anew', () => {
    const state = given(
      assessed(connexions),
      assessed(provider),
      rectified(provider),
      told(connexions, 'assessment.disputed', { assessmentId: 'a-1', reason: 'No' }),
      rectified(provider),
    );
    expect(rectificationsIn(state, () => true)).toEqual([
      { source: provider.slug, revision: 2, assessment: 1 },
      { source: provider.slug, revision: 4, assessment: 1 },
    ]);
  });

  it('have no effect before their source stands', () => {
    const state = given(assessed(provider), rectified(provider));
    expect(rectificationsIn(state, ({ revision }) => revision < 1)).toEqual([]);
  });

  it('of nothing that is recorded are none', () => {
    expect(rectificationsIn(given(assessed(connexions), rectified(provider)), () => true)).toEqual([]);
  });
});
