import fc from 'fast-check';
import { addDays } from '#kernel';
import { burstsOf, farAboveUsual, looksRarely, manyWithoutChange, USUAL_DAYS } from './access-rules.ts';

const FIRST = '2026-01-01';
const days = (...counts: number[]) => counts.map((looks, at) => ({ day: addDays(FIRST, at), looks }));
const every = (count: number, minutes: number) =>
  Array.from({ length: count }, (_, at) => ({ position: at + 1, at: at * minutes * 60_000 }));

describe('far above usual', () => {
  it('is more than five times the middle one of the days before', () => {
    expect(farAboveUsual(days(2, 4, 4, 6, 8, 20), FIRST)).toEqual([]);
    expect(farAboveUsual(days(2, 4, 4, 6, 8, 21), FIRST)).toEqual([{ day: '2026-01-06', looks: 21, usual: 4 }]);
  });

  it('is not told by fewer than five days', () => {
    expect(farAboveUsual(days(1, 1, 1, 1, 100), FIRST)).toEqual([]);
  });

  it('is told by the days of the four weeks before alone, whatever else is asked', () => {
    const many = (count: number): readonly number[] => Array.from({ length: USUAL_DAYS }, () => count);
    const [last, since] = [addDays(FIRST, 2 * USUAL_DAYS), days(...many(100), ...many(1), 9)];
    for (const from of [FIRST, last]) expect(farAboveUsual(since, from)).toEqual([{ day: last, looks: 9, usual: 1 }]);
    expect(farAboveUsual(since, addDays(last, 1))).toEqual([]);
  });

  it('is told of whoever looks rarely by the last five days in twelve weeks, and of nobody by fewer', () => {
    const everyWeek = (many: number) => Array.from({ length: many }, (_, week) => ({ day: addDays(FIRST, 7 * week), looks: 2 }));
    const after = (many: number) => [...everyWeek(many), { day: addDays(FIRST, 7 * many), looks: 50 }];
    expect(farAboveUsual(after(8), FIRST)).toEqual([{ day: addDays(FIRST, 56), looks: 50, usual: 2 }]);
    expect(farAboveUsual(after(4), FIRST)).toEqual([]);
    expect([after(8), after(4), days(2, 2, 2, 2, 2, 50)].map((all) => looksRarely(all, FIRST))).toEqual([true, true, false]);
    expect(looksRarely(after(8), addDays(FIRST, 57))).toBe(false);
    expect(farAboveUsual([...days(1, 1, 1, 1, 1), { day: addDays(FIRST, 5 + 84), looks: 9 }], FIRST)).toEqual([]);
  });

  it('takes the mean of the two middle ones of an even number', () => {
    expect(farAboveUsual(days(1, 1, 1, 3, 3, 3, 10), FIRST)).toEqual([]);
    expect(farAboveUsual(days(1, 1, 1, 3, 3, 3, 11), FIRST)).toEqual([{ day: '2026-01-07', looks: 11, usual: 2 }]);
  });
});

describe('what is usual', () => {
  it('is the middle one of the days before, in whichever order they come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 5, maxLength: USUAL_DAYS }), (counts) => {
        const sorted = counts.toSorted((one, other) => one - other);
        const [lower, upper] = [sorted[Math.ceil(counts.length / 2) - 1] ?? 0, sorted[Math.floor(counts.length / 2)] ?? 0];
        expect(farAboveUsual(days(...counts, 1000), FIRST).at(-1)).toMatchObject({ looks: 1000, usual: (lower + upper) / 2 });
      }),
    );
  });
});

describe('the same learner', () => {
  it('was looked at ten times while nothing changed', () => {
    expect(manyWithoutChange(every(10, 1), []).map(({ length }) => length)).toEqual([10]);
    expect(manyWithoutChange(every(9, 1), [])).toEqual([]);
  });

  it('is another matter after each change', () => {
    expect(manyWithoutChange(every(18, 1), [9])).toEqual([]);
    expect(manyWithoutChange(every(21, 1), [11]).map(([first, ...rest]) => [first?.position, rest.length])).toEqual([
      [1, 10],
      [12, 9],
    ]);
  });
});

describe('refusals', () => {
  it('are many where twenty fall within one hour, wherever the hour begins', () => {
    expect(burstsOf(every(20, 3)).map(({ length }) => length)).toEqual([20]);
    expect(burstsOf(every(19, 3))).toEqual([]);
    expect(burstsOf(every(20, 4))).toEqual([]);
  });

  it('are told as one for as long as they go on', () => {
    const [first, later] = [every(25, 1), every(30, 1).map(({ position, at }) => ({ position: position + 25, at: at + 86_400_000 }))];
    expect(burstsOf([...first, ...later]).map(({ length }) => length)).toEqual([25, 30]);
  });
});
