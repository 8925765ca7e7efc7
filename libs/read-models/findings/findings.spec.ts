// What a row says of a finding (views.md, S24).
import { type Seen, seenOf } from '../fixtures/index.ts';
import { findingList } from './findings.list.ts';

const recorded: Seen = [
  1,
  'quality.finding-recorded',
  'lsc',
  '2026-12-01',
  {
    findingId: 'f-1',
    procedureId: 'file-sample',
    agency: 'bct',
    finding: 'Two files lack a review',
    action: 'Review them',
    due: '2027-02-01',
  },
];
const closed: Seen = [2, 'quality.finding-closed', 'lsc', '2027-02-03', { findingId: 'f-1', on: '2027-02-03' }];
const rowOf = (on: string, ...seen: readonly Seen[]) => findingList.row(seenOf(recorded, ...seen), on, 1);

it('is open until its day, overdue after it, and closed from the day on that it is closed', () => {
  expect(rowOf('2026-12-01')).toEqual({
    findingId: 'f-1',
    procedure: 'file-sample',
    agency: 'bct',
    says: 'Two files lack a review',
    action: 'Review them',
    by: 'lsc',
    recordedOn: '2026-12-01',
    due: '2027-02-01',
    closedOn: null,
    state: 'open',
  });
  const states = ['2026-11-30', '2027-02-01', '2027-02-02', '2027-02-03'].map((on) => rowOf(on, closed)?.['state']);
  expect(states).toEqual([undefined, 'open', 'overdue', 'closed']);
});

it('is chosen by agency and state', () => {
  const row = rowOf('2026-12-01') ?? {};
  const chosen = [{}, { agency: 'bct', state: 'open' }, { agency: 'hts' }, { state: 'closed' }];
  expect(chosen.map((one) => findingList.matches(row, one))).toEqual([true, true, false, false]);
});
