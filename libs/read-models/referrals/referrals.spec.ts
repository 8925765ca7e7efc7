// One referral and what came of it (views.md, S5 and D2).
import type { AnswerItem } from '#disclosure';
import { rowOf, seen } from '../fixtures/index.ts';
import { referrals } from './referrals.list.ts';

const at = (time: string) => ({ time: `${time}T09:00:00Z` });
const made = (data = {}, source = 'careers'): AnswerItem =>
  seen('referral.made', { referralId: 'r', to: 'bct', route: 'connexions', ...data }, source, at('2026-07-01'));
const answered = (kind: string, on: string, source = 'bct'): AnswerItem =>
  seen(`referral.${kind}`, { referralId: 'r', reason: 'full' }, source, at(on));
const on = (day: string, ...items: readonly AnswerItem[]) => rowOf(referrals, day, [made(), ...items]);

describe('a referral', () => {
  it('waits, is overdue after two weeks, and lapses after 180 days', () => {
    const told = (['2026-07-01', '2026-07-15', '2026-07-16', '2026-12-28', '2026-12-29'] as const).map((day) => on(day));
    expect(told.map((row) => [row?.['state'], row?.['overdue'], row?.['daysWaiting']])).toEqual([
      ['waiting', false, 0],
      ['waiting', false, 14],
      ['waiting', true, 15],
      ['waiting', true, 180],
      ['lapsed', false, 181],
    ]);
  });

  it.each([
    ['accepted', 'bct'],
    ['declined', 'bct'],
    ['withdrawn', 'careers'],
  ])('is %s by whom that is up to, from that day on', (kind, source) => {
    const answer = answered(kind, '2026-07-10', source);
    expect([on('2026-07-09', answer)?.['state'], on('2026-07-10', answer)]).toMatchObject([
      'waiting',
      { state: kind, answeredOn: '2026-07-10', answerReason: 'full', daysWaiting: 9, overdue: false },
    ]);
    expect(on('2026-07-10', answered(kind, '2026-07-10', 'mallory'))?.['state']).toBe('waiting');
  });

  it('is over with a programme of the agency named, begun since', () => {
    const started = (source: string) => seen('programme.started', { startedOn: '2026-08-01' }, source);
    expect([on('2026-08-01', started('bct'))?.['state'], on('2026-07-31', started('bct'))?.['state']]).toEqual(['enrolled', 'waiting']);
    expect(on('2026-08-01', started('hts'))?.['state']).not.toBe('enrolled');
  });

  it('is not taken up by a programme that began more than half a year after, or once it was declined or withdrawn', () => {
    const started = (startedOn: string): AnswerItem => seen('programme.started', { startedOn }, 'bct');
    expect(on('2026-12-30', started('2026-12-28'))?.['state']).toBe('enrolled');
    expect(on('2026-12-30', started('2026-12-29'))?.['state']).toBe('lapsed');
    const states = [
      answered('accepted', '2026-07-02'),
      answered('declined', '2026-07-02'),
      answered('withdrawn', '2026-07-02', 'careers'),
    ].map((answer) => on('2026-09-01', answer, started('2026-08-01'))?.['state']);
    expect(states).toEqual(['enrolled', 'declined', 'withdrawn']);
  });

  it('leaves a programme to what the referrer asked of that agency since, and to what others did besides', () => {
    const again = (source: string): AnswerItem => seen('referral.made', { referralId: 's', to: 'bct' }, source, at('2026-07-20'));
    const started = seen('programme.started', { startedOn: '2026-08-01' }, 'bct');
    const states = (source: string): readonly unknown[] =>
      [0, 1].map((anchor) => rowOf(referrals, '2026-08-02', [made(), again(source), started], { anchor })?.['state']);
    expect([states('careers'), states('school')]).toEqual([
      ['waiting', 'enrolled'],
      ['enrolled', 'enrolled'],
    ]);
  });

  it('of two that have one id is answered as its own referrer’s', () => {
    const declined = (of?: string): AnswerItem =>
      seen('referral.declined', { referralId: 'r', reason: 'full', ...(of === undefined ? {} : { of }) }, 'bct', at('2026-07-10'));
    const told = [undefined, 'careers', 'school'].map((of) => on('2026-07-11', declined(of))?.['state']);
    expect(told).toEqual(['declined', 'declined', 'waiting']);
  });

  it('of one that was asked again answers to its own alone', () => {
    const again = [answered('declined', '2026-07-02'), made({}, 'careers')];
    expect(rowOf(referrals, '2026-07-03', [made(), ...again], { anchor: 2 })?.['state']).toBe('waiting');
  });

  it('is made, received or of one’s learners; who refers to itself does both', () => {
    const directions = [made(), made({ to: 'careers' }, 'school'), made({}, 'school')].map((item) =>
      rowOf(referrals, '2026-07-02', [item]),
    );
    expect(directions.map((row) => row?.['direction'])).toEqual(['made', 'received', 'learners']);
    const self = rowOf(referrals, '2026-07-02', [made({ to: 'careers' })]);
    expect(['made', 'received', 'learners'].map((direction) => referrals.matches(self ?? {}, { direction }))).toEqual([true, true, false]);
  });

  it('names the referrer to whoever declined it where its own answer does', () => {
    const declined = (data: object) =>
      rowOf(referrals, '2026-07-11', [seen('referral.declined', { referralId: 'r', ...data }, 'careers', at('2026-07-10'))]);
    expect([declined({ of: 'school' }), declined({})].map((row) => row?.['of'])).toEqual(['school', null]);
  });

  it('leaves whoever declined it its own word, without a name, for 180 days', () => {
    const declined = seen('referral.declined', { referralId: 'r', reason: 'full' }, 'careers', at('2026-07-10'));
    const stub = rowOf(referrals, '2027-01-06', [declined]);
    expect(stub).toMatchObject({ referralId: 'r', of: null, to: null, madeOn: null, route: null, state: 'declined', answerReason: 'full' });
    expect(referrals.isUnnamed?.(stub ?? {})).toBe(true);
    expect(rowOf(referrals, '2027-01-07', [declined])).toBeUndefined();
    expect(rowOf(referrals, '2026-07-11', [made({ to: 'careers' }, 'school'), declined], { anchor: 1 })).toBeUndefined();
    const ofAnother = seen('referral.declined', { referralId: 'r', of: 'yot' }, 'careers', at('2026-07-10'));
    expect(rowOf(referrals, '2026-07-11', [made({ to: 'careers' }, 'school'), ofAnother], { anchor: 1 })).toMatchObject({ of: 'yot' });
    expect(rowOf(referrals, '2026-07-11', [seen('referral.declined', { referralId: 'r' }, 'bct')])).toBeUndefined();
  });
});
