// How somebody stands in the Guarantee (views.md, S9).
import type { AnswerItem } from '#disclosure';
import { rowOf, seen, USUAL_PARTNERSHIP } from '../fixtures/index.ts';
import { guarantee } from './guarantee.list.ts';

const person = (dateOfBirth: string | undefined, more = {}) =>
  seen('learner.identity', { familyName: 'X', ...(dateOfBirth === undefined ? {} : { dateOfBirth }), ...more });
const BORN = person('2010-11-02');
const applied = seen('application.submitted', { choices: [{ agency: 'bct' }] }, 'school', { time: '2027-01-01' });
const made = (offerId: string, cohort = '2027', source = 'bct') => seen('offer.made', { offerId, cohort }, source, { time: '2027-02-01' });
const answered = (kind: string, offerId: string, time: string, data = {}) =>
  seen(`offer.${kind}`, { offerId, cohort: '2027', ...data }, 'bct', { time });
const on = (day: string, items: readonly AnswerItem[], chosen = {}) => rowOf(guarantee, day, items, { chosen });

describe('the Guarantee', () => {
  it.each([
    ['2010-08-31', '2027', '11', false],
    ['2010-09-01', '2027', '11', true],
    ['2011-08-31', '2027', '11', true],
    ['2011-09-01', '2027', '11', false],
    ['2009-09-01', '2027', '12', true],
    ['2010-09-01', '2027', '12', false],
  ])('born %s is of %s in year group %s: %s', (born, cohort, group, isOf) => {
    expect(on('2027-06-01', [person(born)], { cohort, 'year-group': group }) !== undefined).toBe(isOf);
  });

  it('asks about the September to come where no year is named', () => {
    expect([on('2027-09-30', [BORN]) !== undefined, on('2027-10-01', [BORN])]).toEqual([true, undefined]);
  });

  it('is followed up, and wants attention, by the day that the operator set', () => {
    const october = { ...USUAL_PARTNERSHIP, guaranteeBy: '10-31' };
    const told = (day: string, chosen = {}) => rowOf(guarantee, day, [BORN, made('o')], { chosen, partnership: october });
    expect([told('2027-10-31') !== undefined, told('2027-11-01')]).toEqual([true, undefined]);
    const late = (day: string) => rowOf(guarantee, day, [BORN, applied], { chosen: { cohort: '2027' }, partnership: october });
    expect([late('2027-10-31'), late('2027-11-01')]).toMatchObject([{ attention: false }, { attention: true }]);
  });

  it('says the first that holds', () => {
    const state = (...items: readonly AnswerItem[]) => on('2027-06-07', [BORN, ...items])?.['state'];
    expect([
      state(),
      state(applied),
      state(made('o'), answered('declined', 'o', '2027-03-01')),
      state(made('o'), answered('declined', 'o', '2027-03-01', { reason: 'not-suitable' })),
      state(made('o')),
      state(applied, seen('application.placed', { choices: [{ agency: 'bct' }] }, 'council', { time: '2027-03-01' })),
      state(made('o'), answered('accepted', 'o', '2027-03-01')),
      state(made('o', '2026')),
    ]).toEqual(['no-application', 'applied', 'declined-all', 'offer-not-suitable', 'offer-held', 'placed', 'accepted', 'no-application']);
    const begun = seen('programme.started', { startedOn: '2027-08-01' }, 'bct');
    expect([on('2027-07-31', [BORN, begun]), on('2027-08-01', [BORN, begun])]).toMatchObject([
      { state: 'no-application' },
      { state: 'in-learning' },
    ]);
  });

  it('is with the school whose course began last, in whichever order the courses were recorded', () => {
    const course = (source: string, startedOn: string) => seen('programme.started', { kind: 'school-course', startedOn }, source);
    const [before, now] = [course('st-chads', '2022-09-05'), course('moseley', '2026-09-07')];
    const ahead = course('wulfrun', '2027-09-06');
    const school = (...items: readonly AnswerItem[]) => on('2027-06-07', [BORN, ...items])?.['homeInstitution'];
    expect([school(before, now, ahead), school(ahead, now, before)]).toEqual(['moseley', 'moseley']);
    expect(school(course('hts', '2026-09-07'), now)).toBe('moseley');
  });

  it('is not placed by a place that begins in another year', () => {
    const placed = (startsOn: string) =>
      seen('application.placed', { choices: [{ agency: 'bct', startsOn }] }, 'council', { time: '2027-03-01' });
    expect(on('2027-06-07', [BORN, placed('2026-09-07')])).toMatchObject({ state: 'no-application', placedAt: null });
    expect(on('2027-06-07', [BORN, placed('2027-09-06')])).toMatchObject({ state: 'placed', placedAt: 'bct' });
  });

  it('counts the days without an offer, and wants attention from June on, then after September', () => {
    const told = (day: string, ...items: readonly AnswerItem[]) => on(day, [BORN, ...items], { cohort: '2027' });
    expect([told('2027-05-31'), told('2027-06-01')]).toMatchObject([
      { attention: false, daysWithout: 272 },
      { attention: true, daysWithout: 273 },
    ]);
    const declined = [made('o'), answered('declined', 'o', '2027-06-01')];
    expect([told('2027-06-11', applied, ...declined), told('2027-10-01', applied, ...declined)]).toMatchObject([
      { attention: false, daysWithout: 10 },
      { attention: true },
    ]);
    expect([told('2027-06-11', made('o')), told('2027-10-01', made('o'))]).toMatchObject([
      { attention: false, daysWithout: null },
      { attention: false, daysWithout: null },
    ]);
  });

  it('wants attention from June on for whoever declined all and applied nowhere', () => {
    const declined = (day: string) => on(day, [BORN, made('o'), answered('declined', 'o', '2027-03-01')])?.['attention'];
    expect([declined('2027-05-31'), declined('2027-06-01')]).toEqual([false, true]);
  });

  it('has choices without a day for the September to come when they were told, and a placement for that of its application', () => {
    const told = (kind: 'submitted' | 'placed', time: string, startsOn?: string) =>
      seen(`application.${kind}`, { applicationId: 'a', choices: [{ agency: 'bct', startsOn }] }, 'school', { time });
    const states = (...items: readonly AnswerItem[]) =>
      ['2027', '2028'].map((cohort) => on('2028-06-07', [person(undefined), ...items], { cohort })?.['state']);
    expect(states(told('submitted', '2027-09-30'))).toEqual(['applied', 'no-application']);
    expect(states(told('submitted', '2027-10-01'))).toEqual(['no-application', 'applied']);
    expect(states(told('placed', '2027-10-01'))).toEqual(['no-application', 'placed']);
    expect(states(told('submitted', '2027-02-01', '2027-09-06'), told('placed', '2027-10-01'))).toEqual(['placed', 'no-application']);
    expect(states(told('submitted', '2027-09-01'), told('placed', '2027-10-01'))).toEqual(['placed', 'no-application']);
  });

  it('counts them from the same September a year later: who is in year 12 has waited since year 11', () => {
    const older = on('2027-06-01', [person('2009-11-02')], { cohort: '2027', 'year-group': '12' });
    expect(older?.['daysWithout']).toBe(273 + 365);
  });

  it('has whose birth date is not known last, and of whom nothing may be known but an offer, those alone', () => {
    const unknown = on('2027-06-07', [person(undefined)]);
    expect(unknown).toMatchObject({ cohort: null, state: 'no-application' });
    const rows = [unknown, on('2027-06-07', [BORN, made('o')]), on('2027-06-07', [BORN])].map((row) => row ?? {});
    expect(rows.toSorted((one, other) => guarantee.order(one, other)).map(({ state, cohort }) => [state, cohort])).toEqual([
      ['no-application', '2027'],
      ['offer-held', '2027'],
      ['no-application', null],
    ]);
    expect([on('2027-06-07', [made('o')])?.['state'], on('2027-06-07', [made('o', '2026')])]).toEqual(['offer-held', undefined]);
  });
});
