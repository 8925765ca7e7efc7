// Whose case a learner is: rows of the caseload by who advises the learner, and who did (views.md, S6, D7 and part 4).
import type { AnswerItem } from '#disclosure';
import { rowOf as rowFrom, seen } from '../fixtures/index.ts';
import type { AnyRow } from '../lists/index.ts';
import { caseload } from './caseload.list.ts';

const item = (short: Parameters<typeof seen>[0], data: Readonly<Record<string, unknown>>, source = 'careers'): AnswerItem =>
  seen(short, data, source);
const ASSIGNED = item('learner.adviser-assigned', { name: 'Sam Hughes', role: 'personal-adviser' });
const rowOf = (on: string, ...items: readonly AnswerItem[]): AnyRow | undefined => rowFrom(caseload, on, items);

describe('a case', () => {
  it('ends with the assignment of that role, on its day', () => {
    const ended = item('learner.adviser-ended', { role: 'personal-adviser', on: '2026-08-01' });
    const other = item('learner.adviser-ended', { role: 'key-worker', on: '2026-07-01' });
    const states = ['2026-07-31', '2026-08-01'].map((on) => rowOf(on, ASSIGNED, other, ended)?.['state']);
    expect([...states, rowOf('2026-08-01', ended, ASSIGNED)?.['state']]).toEqual(['current', 'ended', 'current']);
  });

  it('ends with the last of the asker’s own, whoever else’s adviser the learner has since, and not before', () => {
    const ended = item('learner.adviser-ended', { role: 'personal-adviser', on: '2026-08-01' });
    const anothers = item('learner.adviser-assigned', { name: 'Pat', role: 'personal-adviser' }, 'south');
    const link = item('learner.adviser-assigned', { name: 'Lee', role: 'link-adviser' });
    const state = (...items: readonly AnswerItem[]): unknown => rowOf('2026-08-02', ASSIGNED, ...items)?.['state'];
    expect([state(anothers), state(ended, anothers), state(link, ended, anothers)]).toEqual(['current', 'ended', 'current']);
  });

  it('names the asker’s own adviser beside one of another service, who displaces nobody and whose end ends no case', () => {
    const dedicated = item('learner.adviser-assigned', { name: 'Joe', role: 'dedicated-adviser' }, 'yot');
    const ended = item('learner.adviser-ended', { role: 'dedicated-adviser', on: '2026-08-01' }, 'yot');
    const sam = { adviser: { name: 'Sam Hughes' }, state: 'current' };
    expect(rowOf('2026-08-02', ASSIGNED, dedicated)).toMatchObject(sam);
    expect(rowOf('2026-08-02', dedicated, ASSIGNED, ended)).toMatchObject(sam);
    expect(rowOf('2026-08-02', ASSIGNED, dedicated, ended)).toMatchObject(sam);
    const own = item('learner.adviser-assigned', { name: 'Joe', role: 'dedicated-adviser' });
    const careers = item('learner.adviser-assigned', { name: 'Pat', role: 'personal-adviser' }, 'south');
    expect(rowOf('2026-08-02', own, careers)).toMatchObject({ adviser: { name: 'Joe' }, state: 'current' });
  });

  it('goes on after a hand-over, when the service that had the learner before ends its own', () => {
    const before = item('learner.adviser-assigned', { name: 'Pat', role: 'personal-adviser' }, 'south');
    const ended = item('learner.adviser-ended', { role: 'personal-adviser', on: '2026-08-01' }, 'south');
    expect(rowOf('2026-08-02', before, ASSIGNED, ended)).toMatchObject({ adviser: { name: 'Sam Hughes' }, state: 'current' });
  });
});
