// What a row says of a vacancy that the gate let through (views.md, S17).
import type { AnswerItem } from '#disclosure';
import { type AnyRow, SeenItems } from '../lists/index.ts';
import { vacancyList } from './vacancies.list.ts';

const item = (type: string, time: string, data: object = {}): AnswerItem => ({
  type: `uk.concordat.${type}.v1`,
  source: 'urn:concordat:agency:bct',
  category: 'vacancy',
  time,
  clause: 'placement-matching@1#PM2',
  basis: 'not personal',
  level: 'full',
  data: { vacancyId: 'v-1', employer: 'Castings Ltd', title: 'Joinery trainee', area: 'WV1', ...data },
});
const LISTED = item('vacancy.listed', '2026-06-30');
const FILLED = item('vacancy.filled', '2026-09-01');
const rowOf = (on: string, items: readonly (readonly [number, AnswerItem])[]): AnyRow | undefined =>
  vacancyList.row(new SeenItems(items), on, 10);
const OPEN = [[10, LISTED]] as const;

describe('a row of vacancies', () => {
  it('is there from the day of its listing, in London, on', () => {
    const own = item('vacancy.listed', '2026-06-30T23:30:00Z');
    expect([rowOf('2026-06-29', OPEN), rowOf('2026-06-30', [[10, own]]), rowOf('2026-06-30', [[11, LISTED]])]).toEqual(
      Array(3).fill(undefined),
    );
    expect(rowOf('2026-07-01', [[10, own]])).toMatchObject({ listedOn: '2026-07-01' });
    expect(rowOf('2026-06-30', OPEN)).toEqual({
      vacancyId: 'v-1',
      of: 'bct',
      employer: 'Castings Ltd',
      title: 'Joinery trainee',
      area: 'WV1',
      listedOn: '2026-06-30',
      state: 'open',
      filledOn: null,
      stale: false,
      confidential: false,
    });
  });

  it('is stale when it has been open for more than 90 days', () => {
    expect([rowOf('2026-09-28', OPEN)?.['stale'], rowOf('2026-09-29', OPEN)?.['stale']]).toEqual([false, true]);
  });

  it('is filled from the day on that it is told so, shown 28 days, and open again when it is listed anew', () => {
    const both = [
      [10, LISTED],
      [12, FILLED],
    ] as const;
    expect(rowOf('2026-08-31', both)).toMatchObject({ state: 'open', filledOn: null });
    expect(rowOf('2026-09-01', both)).toMatchObject({ state: 'filled', filledOn: '2026-09-01', stale: false });
    expect([rowOf('2026-09-29', both)?.['state'], rowOf('2026-09-30', both)]).toEqual(['filled', undefined]);
    expect(
      rowOf('2026-09-30', [
        [10, LISTED],
        [9, FILLED],
      ]),
    ).toMatchObject({ state: 'open' });
  });

  it('tells that it is told to one agency alone', () => {
    expect(rowOf('2026-07-01', [[10, item('vacancy.listed', '2026-06-30', { confidentialTo: 'cx' })]])).toMatchObject({
      confidential: true,
    });
  });

  it.each([
    [{}, true],
    [{ area: 'wv1', occupation: 'JOINERY' }, true],
    [{ area: 'WV2' }, false],
    [{ occupation: 'catering' }, false],
    [{ state: 'filled' }, false],
  ])('is chosen by %j: %s', (chosen, expected) => {
    expect(vacancyList.matches(rowOf('2026-07-01', OPEN) ?? {}, chosen)).toBe(expected);
  });
});
