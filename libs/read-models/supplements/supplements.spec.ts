// What took the place of an assessment (views.md, S4).
import type { AnswerItem } from '#disclosure';
import { rowOf, seen } from '../fixtures/index.ts';
import { supplements } from './supplements.list.ts';

describe('a supplement', () => {
  const assessment = (assessmentId: string, data: object, source: string, more = {}): AnswerItem =>
    seen(
      'assessment.recorded',
      { assessmentId, framework: 'initial', domain: 'literacy', assessedOn: '2026-09-01', ...data },
      source,
      more,
    );
  const why = { supersedes: { assessmentId: 'a', reason: 'not-comprehensive' }, outcome: { level: 'level-1' } };
  const OWN = assessment('a', { outcome: { level: 'level-1' } }, 'careers', { status: 'superseded' });
  const row = (...items: readonly AnswerItem[]) => rowOf(supplements, '2026-12-01', items, { anchor: items.length - 1 });

  it('says what it took the place of and why, to whoever may read it', () => {
    expect(row(OWN, assessment('b', { ...why, assessedOn: '2026-09-20' }, 'bct'))).toEqual({
      framework: 'initial',
      domain: 'literacy',
      reason: 'not-comprehensive',
      earlier: { assessmentId: 'a', by: 'careers', assessedOn: '2026-09-01' },
      later: { assessmentId: 'b', by: 'bct', assessedOn: '2026-09-20' },
      sameLevel: true,
    });
  });

  it('says no more than that there is one to whose assessment was superseded and may not read it, and nothing to others', () => {
    const existence = assessment('b', { assessedOn: '2026-09-20' }, 'bct');
    expect(row(OWN, existence)).toMatchObject({ reason: null, earlier: { assessmentId: 'a' }, sameLevel: null });
    expect(row(assessment('a', {}, 'hts', { status: 'superseded' }), existence)).toBeUndefined();
    expect(row(assessment('b', why, 'bct'))).toMatchObject({ earlier: null, reason: 'not-comprehensive', sameLevel: null });
  });
});
