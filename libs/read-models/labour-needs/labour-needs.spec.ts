// The last word on a need makes the row, of those that are seen (views.md, S19).
import { type Seen, seenOf } from '../fixtures/index.ts';
import { labourNeedList } from './labour-needs.list.ts';

const published = (position: number, source: string, day: string, count?: number): Seen => [
  position,
  'labour-need.published',
  source,
  day,
  { area: 'WV', occupation: 'Construction', period: 2027, count },
];
const [earlier, later] = [published(1, 'lsc', '2026-03-01', 40), published(2, 'jobcentre-wv', '2026-04-01', 55)];
const rowOf = (on: string, anchor: number, ...seen: readonly Seen[]) => labourNeedList.row(seenOf(...seen), on, anchor);

it('is told once: as it was published last, by whomever', () => {
  expect([rowOf('2026-04-01', 1, earlier, later), rowOf('2026-04-01', 2, earlier, later)]).toEqual([
    undefined,
    {
      area: 'WV',
      occupation: 'Construction',
      level: null,
      period: '2027',
      count: 55,
      of: 'jobcentre-wv',
      publishedOn: '2026-04-01',
    },
  ]);
});

it('stands where the later word is not there yet, or is not seen', () => {
  expect(rowOf('2026-03-31', 1, earlier, later)).toMatchObject({ count: 40 });
  expect(rowOf('2026-04-01', 1, earlier)).toMatchObject({ count: 40 });
  expect(rowOf('2026-02-28', 1, earlier)).toBeUndefined();
});

it.each([
  [{ area: 'wv', occupation: 'construction', period: '2027' }, true],
  [{ period: '2026' }, false],
  [{ level: 'level-1' }, false],
])('is chosen by %j: %s', (chosen, expected) => {
  expect(labourNeedList.matches(rowOf('2026-04-01', 1, earlier) ?? {}, chosen)).toBe(expected);
});
