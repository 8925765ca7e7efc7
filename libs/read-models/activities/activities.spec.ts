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

  it('of learning counts until its course ends, as planned or as told, and no longer than the table has it', () => {
    const started = (plannedEnd: string, programmeId = 'p') =>
      seen('programme.started', { programmeId, startedOn: '2026-07-01', plannedEnd }, 'bct');
    const left = seen('programme.left-early', { programmeId: 'p', leftOn: '2026-10-10' }, 'bct');
    const lapses = (activity: string, ...more: readonly AnswerItem[]) =>
      on('2026-10-20', [does(activity, '2026-07-01'), ...more])?.['lapsesOn'];
    expect(lapses('310', started('2027-03-01'))).toBe('2027-03-02');
    expect(lapses('310', started('2028-03-01'))).toBe('2027-07-01');
    expect(lapses('310', started('2027-03-01'), left)).toBe('2026-10-11');
    expect(lapses('310', started('2027-03-01'), left, started('2027-01-01', 'q'))).toBe('2027-01-02');
    expect(lapses('310', started('2026-06-30'))).toBe('2027-07-01');
    expect(lapses('330', started('2026-10-30'))).toBe('2027-01-01');
  });

  it.each([
    ['310', '2026-12-18', '2026-12-18'],
    ['310', '2027-12-18', '2027-07-01'],
    ['350', '2026-09-30', '2026-09-30'],
    ['615', '2026-09-07', '2026-09-07'],
    ['616', '2027-02-01', '2027-02-01'],
    ['710', '2028-03-01', '2028-03-01'],
    ['619', '2027-03-01', '2026-10-01'],
  ])('%s that is so until %s counts until %s', (activity, until, lapsesOn) => {
    const told = seen('destination.recorded', { activity, from: '2026-07-01', verifiedOn: '2026-07-01', until });
    expect(on('2026-07-02', [told])?.['lapsesOn']).toBe(lapsesOn);
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
