// Days that matter to whoever plans, in their order (views.md, S19).
import { askerOf } from '../fixtures/index.ts';
import type { SourceRow } from '../lists/index.ts';
import { planningDates } from './planning-calendar.answer.ts';

const partnership = (name: string, planningCloses: string | null): SourceRow => ({
  row: { name, members: ['bct'], districts: ['WV1'], planningCloses, by: 'wv', declaredOn: '2026-09-01' },
  via: [],
});
const ROWS = [partnership('WV', '2027-02-15'), partnership('B', '2026-10-05'), partnership('Adults', null)];
const dates = (on: string, chosen = {}) =>
  planningDates({
    ...{ asker: askerOf('bct'), on, today: on, chosen, rows: ROWS, things: new Map() },
    agreements: { versions: [], agencies: [] },
    guaranteeBy: '09-30',
  }).map(({ row, of }) => [row.partnership, row.state, row.daysLeft, of.length]);

it('a plan is ahead until the end of its day, then passed; where no day is told there is none', () => {
  expect(dates('2026-10-05')).toEqual([
    ['B', 'ahead', 0, 1],
    ['WV', 'ahead', 133, 1],
  ]);
  expect(dates('2026-10-06')).toEqual([
    ['B', 'passed', null, 1],
    ['WV', 'ahead', 132, 1],
  ]);
});

it('is asked for between days and by how it stands', () => {
  expect(dates('2026-10-06', { state: 'ahead' }).map(([name]) => name)).toEqual(['WV']);
  expect(dates('2026-10-06', { from: '2026-10-06' }).map(([name]) => name)).toEqual(['WV']);
  expect(dates('2026-10-06', { to: '2026-10-05' }).map(([name]) => name)).toEqual(['B']);
  expect(dates('2026-10-06', { from: '2027-02-16' })).toEqual([]);
});
