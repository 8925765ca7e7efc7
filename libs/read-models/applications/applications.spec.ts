// What has become of an application (views.md, S8).
import type { AnswerItem } from '#disclosure';
import { askerOf, rowOf, seen } from '../fixtures/index.ts';
import { applications } from './applications.list.ts';

const choices = [
  { agency: 'bct', provision: 'Motor', startsOn: '2027-09-06' },
  { agency: 'wulfrun', provision: 'Catering' },
];
const submitted = (source = 'school') => seen('application.submitted', { applicationId: 'a', choices }, source, { time: '2027-01-12' });
const offer = (kind: string, agency: string, provision: string, time = '2027-01-20') =>
  seen(`offer.${kind}`, { provision }, agency, { time });
const on = (day: string, ...items: readonly AnswerItem[]) => rowOf(applications, day, [submitted(), ...items]);

describe('an application', () => {
  it('is answered place by place, by the last that each said of that provision', () => {
    const told = [offer('made', 'bct', 'Motor'), offer('declined', 'bct', 'Motor'), offer('made', 'wulfrun', 'Hairdressing')];
    expect(on('2027-02-01', ...told)).toMatchObject({ choices: [{ answer: 'declined' }, { answer: 'none' }], state: 'unanswered' });
    expect(on('2027-02-01', offer('made', 'bct', 'Motor'))?.['state']).toBe('offered');
    expect(on('2027-01-19', offer('made', 'bct', 'Motor'))?.['state']).toBe('unanswered');
    const both = [offer('declined', 'bct', 'Motor'), offer('declined', 'wulfrun', 'Catering')];
    expect(on('2027-02-01', ...both)?.['state']).toBe('unplaced');
    const placed = seen('application.placed', { applicationId: 'a', choices: [choices[1]] }, 'council', { time: '2027-01-30' });
    expect(on('2027-02-01', ...both, placed)).toMatchObject({ state: 'placed', placed: { agency: 'wulfrun' } });
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
