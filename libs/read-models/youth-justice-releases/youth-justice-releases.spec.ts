// By when somebody is assessed before release (views.md, S7).
import type { AnswerItem } from '#disclosure';
import { rowOf, seen } from '../fixtures/index.ts';
import { youthJusticeReleases } from './youth-justice-releases.list.ts';

const planned = (on: string, time: string) => seen('release.planned', { from: 'Brookfield', on }, 'yoi', { time });
const assessed = (assessedOn: string) => seen('assessment.recorded', { framework: 'initial', domain: 'numeracy', assessedOn }, 'yoi');
const on = (day: string, ...items: readonly AnswerItem[]) => rowOf(youthJusticeReleases, day, items);

describe('a release', () => {
  it.each([
    ['2026-10-01', '2026-11-30'],
    ['2026-12-20', '2027-01-03'],
  ])('planned on %s is prepared by %s', (time, due) => {
    expect(on(due, planned('2027-03-01', time))).toMatchObject({ dueAssessment: due, overdue: false });
    expect(on('2027-01-04', planned('2027-03-01', time))?.['overdue']).toBe(true);
  });

  it('is prepared by an assessment of the half year before, and not asked about once it has passed', () => {
    expect(on('2026-12-01', planned('2027-03-01', '2026-10-01'), assessed('2026-11-20'))).toMatchObject({
      assessed: { on: '2026-11-20' },
      overdue: false,
    });
    expect(on('2026-12-01', planned('2027-03-01', '2026-10-01'), assessed('2026-08-01'))).toMatchObject({ assessed: null, overdue: true });
    expect(on('2027-03-02', planned('2027-03-01', '2026-10-01'))?.['overdue']).toBe(false);
  });

  it('that was planned anew is told as planned last', () => {
    expect(on('2026-12-01', planned('2027-03-01', '2026-10-01'), planned('2027-01-01', '2026-11-01'))).toBeUndefined();
  });
});
