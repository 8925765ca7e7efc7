// What is no code, period or scope, of the asker's own alone (views.md, V18).
import { askerOf } from '../fixtures/index.ts';
import type { AnyRow, Chosen } from '../lists/index.ts';
import { unknownCodes } from './unknown-codes.answer.ts';

const target = (more: AnyRow): AnyRow => ({
  measure: 'starts',
  scope: 'provider:bct',
  period: '2026/27',
  setBy: 'lsc',
  setOn: '2026-09-01',
  ...more,
});
const found = (
  things: Readonly<Record<string, readonly AnyRow[]>>,
  provision: readonly AnyRow[] = [],
  chosen: Chosen = {},
  asker = 'lsc',
) =>
  unknownCodes({
    ...{ asker: askerOf(asker), on: '2026-10-01', today: '2026-10-01', chosen },
    ...{ agreements: { versions: [], agencies: [] }, guaranteeBy: '09-30' },
    rows: provision.map((row) => ({ row, via: [] })),
    things: new Map(Object.entries(things)),
  }).map(({ row: { what, thing, field, value } }) => [what, thing, field, value].join(' '));
const fieldOf = (more: AnyRow): readonly string[] => found({ targets: [target(more)] });

it.each(['2026-09', '2026-Q3', '2027', '2026/27', '2026/27-Q1', '2099/00'])('%s is a period', (period) => {
  expect(fieldOf({ period })).toEqual([]);
});

it.each(['2026-13', '2026-Q5', '26/27', '2026/28', '2026/27-Q5', 'next year', '2026-9'])('%s is none', (period) => {
  expect(fieldOf({ period })).toEqual([`target starts period ${period}`]);
});

it.each(['national', 'provider:bct', 'partnership:WV 14-19', 'area:WV1', 'area:B3', 'office:careers/Bilston'])('%s is a scope', (scope) => {
  expect(fieldOf({ scope })).toEqual([]);
});

it.each(['everybody', 'provider:', 'area:WV1 1AA', 'office:Bilston', 'the partnership'])('%s is none', (scope) => {
  expect(fieldOf({ scope })).toEqual([`target starts scope ${scope}`]);
});

it('a measure, level or kind is one of its table; what is not there is not unknown', () => {
  expect(fieldOf({ measure: 'happiness' })).toEqual(['target happiness measure happiness']);
  expect(found({}, [{ of: 'lsc', provisionId: 'p', kind: 'knitting', level: 'level-9', listedOn: '2026-09-01' }])).toEqual([
    'provision p kind knitting',
    'provision p level level-9',
  ]);
  expect(found({ 'provision-gaps': [{ raisedBy: 'lsc', gapId: 'g', level: null }] })).toEqual([]);
});

it('is told of one’s own alone, and as filters choose', () => {
  const needs = [{ of: 'jobcentre', occupation: 'Hair', level: 'top', period: 'soon' }];
  expect(found({ 'labour-needs': needs })).toEqual([]);
  expect(found({ 'labour-needs': needs }, [], {}, 'jobcentre')).toEqual(['labour-need Hair level top', 'labour-need Hair period soon']);
  expect(found({ 'labour-needs': needs }, [], { field: 'period' }, 'jobcentre')).toEqual(['labour-need Hair period soon']);
  expect(found({ 'labour-needs': needs }, [], { what: 'target' }, 'jobcentre')).toEqual([]);
});
