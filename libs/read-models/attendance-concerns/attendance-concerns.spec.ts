// How many concerns there are, and which want attention (views.md, S26).
import type { AnswerItem } from '#disclosure';
import { rowOf, seen } from '../fixtures/index.ts';
import { attendanceConcerns } from './attendance-concerns.list.ts';

const started = (source: string) => seen('programme.started', { programmeId: 'p', kind: 'e2e', startedOn: '2026-03-02' }, source);
const concern = (on: string, source = 'hts') => seen('attendance.concern', { programmeId: 'p', on, kind: 'absence' }, source);
const on = (...items: readonly AnswerItem[]) => rowOf(attendanceConcerns, '2026-07-31', [...items, started('hts'), started('bct')]);

it('counts those of the four weeks up to its day: the third wants attention', () => {
  const [one, two, before, of] = [concern('2026-07-20'), concern('2026-07-10'), concern('2026-07-02'), concern('2026-07-29')];
  expect(on(of, one, two, before)).toMatchObject({ count28d: 4, attention: true });
  expect(on(of, one, concern('2026-07-01'))).toMatchObject({ count28d: 2, attention: false });
});

it('counts those of its own programme: another agency may use the same id', () => {
  expect(on(concern('2026-07-29'), concern('2026-07-20', 'bct'), concern('2026-07-21', 'bct'))).toMatchObject({ count28d: 1 });
});
