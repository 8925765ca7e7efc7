// What has become of an application (views.md, S8).
import type { AnswerItem } from '#disclosure';
import { askerOf, rowOf, seen } from '../fixtures/index.ts';
import { applications } from './applications.list.ts';

const choices = [
  { agency: 'bct', provision: 'Motor', startsOn: '2027-09-06' },
  { agency: 'wulfrun', provision: 'Catering' },
];
const submitted = (source = 'school') => seen('application.submitted', { applicationId: 'a', choices }, source, { time: '2027-01-12' });
const offer = (kind: string, agency: string, provision: string, more = {}) =>
  seen(`offer.${kind}`, { offerId: `${agency} ${provision}`, provision, ...more }, agency, { time: '2027-01-20' });
const declined = (agency: string, provision: string) => [offer('made', agency, provision), offer('declined', agency, provision)];
const on = (day: string, ...items: readonly AnswerItem[]) => rowOf(applications, day, [submitted(), ...items]);
const answersOn = (day: string, ...items: readonly AnswerItem[]) =>
  (on(day, ...items)?.['choices'] as readonly { answer: string }[]).map(({ answer }) => answer);

describe('an application', () => {
  it('is answered place by place, by the last that each said of that provision', () => {
    const told = [offer('made', 'bct', 'Motor'), offer('declined', 'bct', 'Motor'), offer('made', 'wulfrun', 'Hairdressing')];
    expect(on('2027-02-01', ...told)).toMatchObject({ choices: [{ answer: 'declined' }, { answer: 'none' }], state: 'unanswered' });
    expect(on('2027-02-01', offer('made', 'bct', 'Motor'))?.['state']).toBe('offered');
    expect(on('2027-01-19', offer('made', 'bct', 'Motor'))?.['state']).toBe('unanswered');
    const both = [...declined('bct', 'Motor'), ...declined('wulfrun', 'Catering')];
    expect(on('2027-02-01', ...both)?.['state']).toBe('unplaced');
    const placed = seen('application.placed', { applicationId: 'a', choices: [choices[1]] }, 'council', { time: '2027-01-30' });
    expect(on('2027-02-01', ...both, placed)).toMatchObject({ state: 'placed', placed: { agency: 'wulfrun' } });
  });

  it('is answered whatever the case and the punctuation of what the provision is called, and by answers to such an offer', () => {
    expect(answersOn('2027-02-01', offer('made', 'wulfrun', 'catering.'))).toEqual(['none', 'offered']);
    const accepted = offer('accepted', 'bct', 'm-1', { offerId: 'bct MOTOR' });
    expect(answersOn('2027-02-01', offer('made', 'bct', 'MOTOR'), accepted)).toEqual(['accepted', 'none']);
    // Whatever it calls the provision, it answers another offer.
    const other = [
      offer('made', 'bct', 'Motor'),
      offer('made', 'bct', 'Welding'),
      offer('declined', 'bct', 'Motor', { offerId: 'bct Welding' }),
    ];
    expect(answersOn('2027-02-01', ...other)).toEqual(['offered', 'none']);
  });

  it('is answered by an offer that names it, where the agency was chosen once', () => {
    const named = (applicationId: string, more = {}) => offer('made', 'bct', 'm-1', { applicationId, ...more });
    expect([answersOn('2027-02-01', named('a')), answersOn('2027-02-01', named('b'))]).toEqual([
      ['offered', 'none'],
      ['none', 'none'],
    ]);
    expect(answersOn('2027-02-01', named('a'), offer('accepted', 'bct', 'm-1'))).toEqual(['accepted', 'none']);
    expect(answersOn('2027-02-01', named('a', { of: 'another-school' }))).toEqual(['none', 'none']);
    const twice = [
      { agency: 'bct', provision: 'Motor' },
      { agency: 'bct', provision: 'Welding' },
    ];
    const again = seen('application.submitted', { applicationId: 'a', choices: twice }, 'school', { time: '2027-01-12' });
    expect(rowOf(applications, '2027-02-01', [again, named('a')])).toMatchObject({ choices: [{ answer: 'none' }, { answer: 'none' }] });
  });

  it('is not answered by what was said of an offer that was taken back', () => {
    const [made, accepted] = [offer('made', 'bct', 'Motor'), offer('accepted', 'bct', 'Motor')];
    expect(answersOn('2027-02-01', { ...made, status: 'retracted' }, accepted)).toEqual(['none', 'none']);
  });

  it('is overdue as long as a choice is without an answer after four weeks, and the learner not placed', () => {
    const overdue = (day: string, ...items: readonly AnswerItem[]) => on(day, ...items)?.['overdue'];
    expect([overdue('2027-02-09'), overdue('2027-02-10')]).toEqual([false, true]);
    const one = [offer('made', 'bct', 'Motor')];
    expect([overdue('2027-02-09', ...one), overdue('2027-02-10', ...one)]).toEqual([false, true]);
    expect(overdue('2027-02-10', ...one, offer('made', 'wulfrun', 'Catering'))).toBe(false);
    expect(overdue('2027-02-10', ...declined('bct', 'Motor'), ...declined('wulfrun', 'Catering'))).toBe(false);
    const placed = seen('application.placed', { applicationId: 'a', choices: [choices[1]] }, 'council', { time: '2027-01-30' });
    expect(overdue('2027-02-10', ...one, placed)).toBe(false);
  });

  it('is not placed by what is said of another sender’s of the same id', () => {
    const placed = (of: string) =>
      seen('application.placed', { applicationId: 'a', of, choices: [choices[1]] }, 'council', { time: '2027-01-30' });
    expect([on('2027-02-01', placed('school'))?.['state'], on('2027-02-01', placed('hts'))?.['state']]).toEqual(['placed', 'unanswered']);
  });

  it('is ranked for its sender and the broker alone', () => {
    const ranks = [askerOf('bct', { roles: ['provider'] }), askerOf('council', { roles: ['local-authority'] })].map(
      (asker) => (rowOf(applications, '2027-02-01', [submitted()], { asker })?.['choices'] as readonly { rank: number }[])[0]?.rank,
    );
    expect(ranks).toEqual([null, 1]);
  });

  it('sent again is told as sent last', () => {
    expect(on('2027-02-01', submitted())).toBeUndefined();
    expect(rowOf(applications, '2027-02-01', [submitted(), submitted()], { anchor: 1 })?.['cohort']).toBe('2027');
  });
});
