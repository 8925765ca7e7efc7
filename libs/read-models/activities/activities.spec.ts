// What somebody does, and until when that counts (views.md, S13).
import { shippedCodes } from '#catalogue';
import type { AnswerItem } from '#disclosure';
import { addMonths } from '../states/index.ts';
import { rowOf, seen } from '../fixtures/index.ts';
import { activities } from './activities.list.ts';

const does = (activity: string, from: string, verifiedOn = from) => seen('destination.recorded', { activity, from, verifiedOn });
const on = (day: string, items: readonly AnswerItem[], anchor = 0) => rowOf(activities, day, items, { anchor });

describe('an activity', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-07-01', 3, '2026-10-01'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
  ])('%s and %i months is %s', (from, many, to) => {
    expect(addMonths(from, many)).toBe(to);
  });

  it('counts as long as the table has it, and every code is in the table once', () => {
    const currencies = ['2026-08-31', '2026-09-01', '2026-09-30', '2026-10-01'].map(
      (day) => on(day, [does('619', '2026-07-01')])?.['currency'],
    );
    expect(currencies).toEqual(['current', 'due', 'due', 'lapsed']);
    expect(on('2026-08-01', [does('310', '2026-07-01')])?.['lapsesOn']).toBe('2027-07-01');
    const { currency, 'ccis-activity': activity } = shippedCodes();
    expect(currency.codes.flatMap(({ covers }) => covers).sort()).toEqual(activity.codes.map(({ code }) => code).sort());
  });

  it('is the one that stands: by its first day, then by when it was verified; none of a day to come', () => {
    const told = [does('619', '2026-07-01'), does('310', '2026-08-01'), does('330', '2026-08-01', '2026-09-01'), does('210', '2026-12-01')];
    const standing = (day: string) => told.flatMap((_, anchor) => on(day, told, anchor)?.['activity'] ?? []);
    expect([standing('2026-07-31'), standing('2026-08-31'), standing('2026-09-01')]).toEqual([['619'], ['310'], ['330']]);
  });

  it('is contradicted by a programme that goes on and began since', () => {
    const started = (startedOn: string) => seen('programme.started', { programmeId: 'p', startedOn }, 'bct');
    const of = (activity: string, ...more: readonly AnswerItem[]) =>
      on('2026-10-01', [does(activity, '2026-07-01'), ...more])?.['contradictedBy'];
    expect(of('619', started('2026-08-01'))).toEqual({ of: 'bct', startedOn: '2026-08-01' });
    expect([of('619', started('2026-06-01')), of('310', started('2026-08-01'))]).toEqual([null, null]);
    expect(of('619', started('2026-08-01'), seen('programme.left-early', { programmeId: 'p', leftOn: '2026-09-01' }, 'bct'))).toBeNull();
  });
});
