// Undertakings by the calendar (ADR 47).
import type { IsoDate } from '#kernel';
import { term } from './fixtures/index.ts';
import { calendarDuties, type CalendarDuty, type DutyTerm, type Undertaking } from './index.ts';

const consult = term('lsc-learning-partnership', 'consult-before-planning');
const meeting = term('lsc-learning-partnership', 'joint-meeting');
const PARTIES = ['lsc', 'wv-partnership'];

let position = 0;
const done = (on: IsoDate, duty = 'consult-before-planning', by = 'lsc'): Undertaking => ({
  ...{ protocol: 'lsc-learning-partnership', duty, by, on },
  position: position++,
});
const asked = (terms: readonly DutyTerm[], on: IsoDate, ...undertakings: readonly Undertaking[]): readonly CalendarDuty[] =>
  calendarDuties(terms, undertakings, { on, counts: (_, by) => PARTIES.includes(by) });
const only = (one: DutyTerm, on: IsoDate, ...undertakings: readonly Undertaking[]): CalendarDuty | undefined =>
  asked([one], on, ...undertakings)[0];

describe('“consult before 31 January each year”', () => {
  it('is open until that day inclusive, and overdue from the next', () => {
    expect(only(consult, '2026-10-31')).toBeUndefined();
    expect(only(consult, '2027-01-31')).toMatchObject({ since: '2026-11-01', due: '2027-01-31', state: 'open' });
    expect(only(consult, '2027-02-01')).toMatchObject({ due: '2027-01-31', state: 'overdue' });
  });

  it('is done by the first who says so, late too, and asked for anew each year', () => {
    expect(only(consult, '2027-02-01', done('2027-01-10'), done('2027-01-20'))).toMatchObject({
      state: 'discharged',
      done: { on: '2027-01-10' },
    });
    expect(only(consult, '2027-03-01', done('2027-02-03'))).toMatchObject({ state: 'discharged', lateBy: 3 });
    expect(only(consult, '2027-11-01', done('2027-02-03'))).toMatchObject({ since: '2027-11-01', due: '2028-01-31', state: 'open' });
  });

  it('stays overdue for the year that was missed when the next begins', () => {
    expect(only(consult, '2027-12-01')).toMatchObject({ due: '2027-01-31', state: 'overdue' });
  });

  it('is not done by what was done before, on a day to come, of another duty, or by who is no party', () => {
    const not = [
      done('2026-10-31'),
      done('2027-02-02'),
      done('2027-01-10', 'marketing'),
      done('2027-01-10', 'consult-before-planning', 'bct'),
    ];
    expect(only(consult, '2027-02-01', ...not)).toMatchObject({ state: 'overdue' });
  });

  it('is not asked of years that were over when the agreement came in force', () => {
    const agreed = { ...consult, agreedOn: '2027-02-01' };
    expect(only(agreed, '2027-03-01')).toBeUndefined();
    expect(only({ ...consult, agreedOn: '2027-01-31' }, '2027-03-01')).toMatchObject({ due: '2027-01-31', state: 'overdue' });
    expect(only({ ...consult, until: '2027-10-31' }, '2027-12-01', done('2027-01-01'))).toMatchObject({ since: '2026-11-01' });
  });
});

describe('terms', () => {
  it('of each quarter come after one another', () => {
    const dues = ['2026-10-01', '2026-11-01', '2027-02-01'].map(
      (on) => only(meeting, on, done('2026-10-01', 'joint-meeting'), done('2026-11-02', 'joint-meeting'))?.since,
    );
    expect(dues).toEqual(['2026-08-01', '2026-11-01', '2027-02-01']);
  });

  it('end on the same day whatever clocks do, on 29 February, and at the end of a year', () => {
    const due = (from: IsoDate, within: string, on: IsoDate) => only({ ...consult, duty: { ...consult.duty, from, within } }, on)?.due;
    expect(due('2026-03-20', 'P14D', '2026-03-29')).toBe('2026-04-03');
    expect(due('2026-10-20', 'P14D', '2026-10-26')).toBe('2026-11-03');
    expect(due('2028-02-15', 'P14D', '2028-02-29')).toBe('2028-02-29');
    expect(due('2026-12-25', 'P14D', '2026-12-31')).toBe('2027-01-08');
  });

  it('that do not go on are one', () => {
    expect(only({ ...consult, duty: { ...consult.duty, every: 'P0D' } }, '2030-01-01')).toMatchObject({ since: '2026-11-01' });
  });

  it('stand with those that are overdue first, then by their days', () => {
    const found = asked(
      [consult, meeting, term('lsc-learning-partnership', 'marketing')],
      '2027-01-15',
      done('2026-10-31', 'joint-meeting'),
    );
    expect(found.map(({ term: { duty }, state, due }) => [duty.id, state, due])).toEqual([
      ['marketing', 'overdue', '2026-10-31'],
      ['consult-before-planning', 'open', '2027-01-31'],
      ['joint-meeting', 'open', '2027-02-01'],
    ]);
  });
});
