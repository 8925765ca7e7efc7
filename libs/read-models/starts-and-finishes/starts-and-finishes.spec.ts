// In which month's list something stands (views.md, S11 and V13).
import type { AnswerItem } from '#disclosure';
import { rowOf, seen } from '../fixtures/index.ts';
import { startsAndFinishes } from './starts-and-finishes.list.ts';
import { listOf } from './starts-and-finishes.query.ts';

const started = (startedOn: string, data = {}) => seen('programme.started', { programmeId: 'p', kind: 'e2e', startedOn, ...data }, 'bct');
const on = (day: string, items: readonly AnswerItem[], more = {}) => rowOf(startsAndFinishes, day, items, more);

describe('a month', () => {
  it.each([
    ['2026-09-29', '2026-09-30T10:00Z', '2026-09'],
    ['2026-09-29', '2026-10-05T04:59Z', '2026-09'],
    ['2026-09-29', '2026-10-05T05:00Z', '2026-10'],
    ['2026-12-29', '2027-01-05T05:59Z', '2026-12'],
    ['2026-12-29', '2027-01-05T06:00Z', '2027-01'],
    ['2026-09-29', '2026-11-05T05:59Z', '2026-10'],
    ['2026-11-10', '2026-10-20T10:00Z', '2026-11'],
  ])('has what happened on %s and was recorded at %s in the list of %s', (day, at, month) => {
    expect(listOf(day, Date.parse(at))).toBe(month);
  });

  it('has a start and an end as two rows, and of two ends the first', () => {
    const moved = seen('programme.moved-on', { programmeId: 'p', on: '2026-09-20', activityGroup: 'apprenticeship' }, 'bct');
    const left = seen('programme.left-early', { programmeId: 'p', leftOn: '2026-09-21', reason: 'other' }, 'bct');
    const all = [started('2026-09-07'), moved, left];
    expect(all.map((_, anchor) => on('2026-09-30', all, { anchor })?.['event'])).toEqual(['start', 'moved-on', undefined]);
    expect(on('2026-09-30', all, { anchor: 1 })).toMatchObject({ week: 2, destination: null, group: 'apprenticeship' });
  });

  it('has no pupil’s course, nothing of another month, and nothing yet to come', () => {
    expect(on('2026-09-30', [started('2026-09-07', { kind: 'school-course' })])).toBeUndefined();
    expect(on('2026-09-30', [started('2026-08-07')], { knownAt: Date.parse('2026-08-08') })).toBeUndefined();
    expect(on('2026-09-06', [started('2026-09-07')])).toBeUndefined();
    const late = { knownAt: Date.parse('2026-09-10'), chosen: { month: '2026-09' } };
    expect(on('2026-09-30', [started('2026-08-07')], late)).toMatchObject({ change: 'late', forMonth: '2026-08', month: '2026-09' });
  });
});
