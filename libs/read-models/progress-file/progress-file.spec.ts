// What was achieved, once however often it was recorded (views.md, S22).
import fc from 'fast-check';
import type { AnswerItem } from '#disclosure';
import { contentOf, seenItem } from '../fixtures/index.ts';
import { progressFile } from './progress-file.document.ts';

type Data = Readonly<Record<string, unknown>>;

const achieved = (by: string, awardedOn: string, more: Data = {}): AnswerItem =>
  seenItem(
    'achievement.recorded',
    { achievementId: `${by} ${awardedOn}`, kind: 'accredited', title: 'Food Safety', level: 'level-1', awardedOn, ...more },
    { by },
  );
const rows = (...items: readonly AnswerItem[]): unknown =>
  (contentOf(progressFile, items)['rows'] as readonly Data[]).map(({ awardedOn, by, alsoBy }) => [awardedOn, by, alsoBy]);

describe('the progress file', () => {
  it('has of one kind, title and level one line, where the awards lie 31 days apart at most', () => {
    expect(rows(achieved('bct', '2026-06-01'), achieved('wulfrun', '2026-07-02'))).toEqual([['2026-06-01', 'bct', ['wulfrun']]]);
    expect(rows(achieved('bct', '2026-06-01'), achieved('wulfrun', '2026-07-03'))).toHaveLength(2);
  });

  it.each([
    [{ title: '  food   SAFETY. ' }, 1],
    [{ title: 'Ｆood Safety' }, 1],
    [{ title: 'Food Hygiene' }, 2],
    [{ level: 'level-2' }, 2],
    [{ level: undefined }, 2],
    [{ kind: 'non-accredited' }, 2],
  ])('with %j it has %s', (more, count) => {
    expect(rows(achieved('bct', '2026-06-01'), achieved('wulfrun', '2026-06-02', more))).toHaveLength(count);
  });

  it('names each other agency once, and not the one that awarded it first', () => {
    const items = [
      achieved('hts', '2026-06-03'),
      achieved('bct', '2026-06-01'),
      achieved('bct', '2026-06-02'),
      achieved('hts', '2026-06-04'),
    ];
    expect(rows(...items)).toEqual([['2026-06-01', 'bct', ['hts']]]);
  });

  it('tells the last awarded first, with the asker’s name for the signed record', () => {
    const items = [achieved('bct', '2026-06-01', { title: 'One' }), achieved('bct', '2026-08-01', { title: 'Two' })];
    expect(contentOf(progressFile, items)['rows']).toMatchObject([{ title: 'Two', evidence: 'id-achievement.recorded' }, { title: 'One' }]);
  });

  it('is the same in whatever order awards of different days were recorded', () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 6 });
    const items = days.map((all) =>
      all.map((day, place) => achieved(place % 2 === 0 ? 'bct' : 'hts', `2026-0${1 + (day % 4)}-${String(day).padStart(2, '0')}`)),
    );
    fc.assert(fc.property(items, (all) => expect(rows(...all.toReversed())).toEqual(rows(...all))));
  });
});
