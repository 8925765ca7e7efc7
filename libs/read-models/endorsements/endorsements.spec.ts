// What was expected, doubted and reached (views.md, S4).
import type { AnswerItem } from '#disclosure';
import { contentOf, rowOf, seen } from '../fixtures/index.ts';
import { learnerEndorsements } from '../learner-endorsements/learner-endorsements.document.ts';
import { endorsements } from './endorsements.list.ts';

const at = (time: string) => ({ time });
const GIVEN = seen(
  'endorsement.given',
  { endorsementId: 'e', programmeKind: 'apprenticeship', expectedLevel: 'level-2' },
  'careers',
  at('2026-09-01'),
);
const queried = (on: string, source = 'bct') => seen('endorsement.queried', { endorsementId: 'e', reason: 'cannot' }, source, at(on));
const answered = seen(
  'endorsement.answered',
  { endorsementId: 'e', outcome: 'revised', expectedLevel: 'level-1' },
  'careers',
  at('2026-10-20'),
);
const STARTED = seen('programme.started', { kind: 'apprenticeship', startedOn: '2026-09-10' }, 'bct');
const on = (day: string, ...items: readonly AnswerItem[]) => rowOf(endorsements, day, [GIVEN, ...items]);

describe('an endorsement', () => {
  it('that is queried is to be answered within two weeks, keeps what was expected first, and every doubt', () => {
    const both = [queried('2026-10-01'), queried('2026-10-10', 'wulfrun')];
    expect([
      on('2026-09-30', ...both),
      on('2026-10-15', ...both),
      on('2026-10-16', ...both),
      on('2026-10-20', ...both, answered),
    ]).toMatchObject([
      { state: 'given', due: null, queried: [] },
      { state: 'queried', due: '2026-10-15', queried: [{ by: 'bct' }, { by: 'wulfrun', on: '2026-10-10' }] },
      { state: 'overdue', due: '2026-10-15' },
      {
        state: 'answered',
        expectedLevel: 'level-2',
        answer: { outcome: 'revised', expectedLevel: 'level-1', on: '2026-10-20' },
        due: null,
      },
    ]);
    expect(on('2026-10-22', queried('2026-10-01'), answered, queried('2026-10-21'))).toMatchObject({ state: 'queried', due: '2026-11-04' });
  });

  it('is measured by the highest level achieved, else by the latest initial assessment since the start', () => {
    const achieved = (level: string, awardedOn: string) => seen('achievement.recorded', { level, awardedOn }, 'bct');
    const assessed = (level: string, assessedOn: string) =>
      seen('assessment.recorded', { framework: 'initial', assessedOn, outcome: { level } });
    const reached = (...items: readonly AnswerItem[]) => on('2026-12-31', STARTED, ...items)?.['reached'];
    expect(reached(achieved('level-1', '2026-12-01'), achieved('entry-3', '2026-12-02'), assessed('level-2', '2026-12-03'))).toEqual({
      level: 'level-1',
      on: '2026-12-01',
    });
    expect(reached(assessed('entry-2', '2026-10-01'), assessed('entry-3', '2026-09-10'))).toEqual({ level: 'entry-2', on: '2026-10-01' });
    expect([reached(achieved('Grade 5', '2026-12-01')), on('2026-12-31', achieved('level-1', '2026-12-01'))?.['reached']]).toEqual([
      null,
      null,
    ]);
  });

  const programme = (programmeId: string, source: string, startedOn: string) =>
    seen('programme.started', { programmeId, kind: 'apprenticeship', startedOn }, source);
  const level = (programmeId: string, source: string, code: string) =>
    seen('achievement.recorded', { programmeId, level: code, awardedOn: '2026-11-01' }, source);
  const before = programme('p-1', 'wulfrun', '2026-01-05');
  const after = programme('p-2', 'bct', '2026-09-10');
  const later = programme('p-3', 'hts', '2026-10-10');

  it.each([
    ['the first that began since, in whatever order they became known', [later, before, after], 'bct'],
    ['the one that ran, where none began since', [before], 'wulfrun'],
    ['none of a day to come', [programme('p-4', 'hts', '2027-01-04')], null],
  ])('is for one programme of its kind: %s', (_, programmes, provider) => {
    const achieved = [level('p-1', 'wulfrun', 'entry-3'), level('p-2', 'bct', 'level-1'), level('p-3', 'hts', 'level-2')];
    const reached = { wulfrun: 'entry-3', bct: 'level-1' }[provider ?? ''];
    const items = [GIVEN, ...programmes, ...achieved];
    const listed = rowOf(endorsements, '2026-12-31', items);
    expect(listed).toMatchObject({ provider, reached: reached === undefined ? null : { level: reached } });
    expect(contentOf(learnerEndorsements, items, { on: '2026-12-31' })['rows']).toEqual([listed]);
  });

  it('stands on a day in its document as in the list', () => {
    const items = [GIVEN, queried('2026-10-01'), answered];
    for (const day of ['2026-08-31', '2026-09-30', '2026-10-16', '2026-10-20'])
      expect(contentOf(learnerEndorsements, items, { on: day })['rows']).toEqual(
        [rowOf(endorsements, day, items)].flatMap((row) => row ?? []),
      );
  });
});
