// One row a measure, scope and period: of the target that is seen last, with the benchmark beside it (views.md, S20).
import { type Seen, seenOf } from '../fixtures/index.ts';
import { targetList } from './targets.list.ts';

const FIGURE = { measure: 'starts', scope: 'partnership:wv', period: '2026/27' };
const stated = (position: number, type: string, [source, day]: readonly [string, string], value: number): Seen => [
  position,
  type,
  source,
  day,
  { ...FIGURE, value },
];
const benchmark = stated(1, 'benchmark.published', ['lsc', '2026-08-01'], 180);
const first = stated(2, 'target.set', ['lsc', '2026-09-01'], 190);
const second = stated(3, 'target.set', ['wv-partnership', '2026-09-10'], 200);
const rowOf = (on: string, anchor: number, ...seen: readonly Seen[]) => targetList.row(seenOf(...seen), on, anchor);

it('is of the last target by position, by whomever; what is reached is not counted yet', () => {
  const all = [benchmark, first, second];
  expect([1, 2].map((anchor) => rowOf('2026-09-10', anchor, ...all))).toEqual([undefined, undefined]);
  expect(rowOf('2026-09-10', 3, ...all)).toEqual({
    ...FIGURE,
    target: 200,
    setBy: 'wv-partnership',
    setOn: '2026-09-10',
    benchmark: 180,
    actual: null,
    expectedByNow: null,
    forecast: null,
    state: 'no-data',
    warnedOn: null,
  });
  expect(rowOf('2026-09-09', 2, ...all)).toMatchObject({ target: 190 });
});

it('is of the benchmark where no target is seen', () => {
  expect(rowOf('2026-08-31', 1, benchmark, first)).toMatchObject({ target: null, setBy: null, benchmark: 180 });
  expect(rowOf('2026-07-31', 1, benchmark)).toBeUndefined();
});

it.each([
  [{ scope: 'Partnership:WV', period: '2026/27', measure: 'Starts' }, true],
  [{ period: '2025/26' }, false],
  [{ scope: 'national' }, false],
])('is chosen by %j: %s', (chosen, expected) => {
  expect(targetList.matches(rowOf('2026-09-10', 3, second) ?? {}, chosen)).toBe(expected);
});
