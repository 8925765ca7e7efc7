// What a row of starts and finishes says (views.md, S11 and V12).
import type { AnswerItem } from '#disclosure';
import { askerOf, rowOf, seen } from '../fixtures/index.ts';
import { startsAndFinishes } from './starts-and-finishes.list.ts';

const started = (startedOn: string, data = {}) => seen('programme.started', { programmeId: 'p', kind: 'e2e', startedOn, ...data }, 'bct');
const on = (day: string, items: readonly AnswerItem[], more = {}) => rowOf(startsAndFinishes, day, items, more);

it('has a start and an end as two rows, and of two ends the first', () => {
  const moved = seen('programme.moved-on', { programmeId: 'p', on: '2026-09-20', activityGroup: 'apprenticeship' }, 'bct');
  const left = seen('programme.left-early', { programmeId: 'p', leftOn: '2026-09-21', reason: 'other' }, 'bct');
  const all = [started('2026-09-07'), moved, left];
  expect(all.map((_, anchor) => on('2026-09-30', all, { anchor })?.['event'])).toEqual(['start', 'moved-on', undefined]);
  expect(on('2026-09-30', all, { anchor: 1 })).toMatchObject({ week: 2, destination: null, group: 'apprenticeship' });
});

it('has a pupil’s course but for a funder, whose own it stays', () => {
  const course = started('2026-09-07', { kind: 'school-course' });
  const funder = { asker: askerOf('careers', { roles: ['funder'] }) };
  expect([on('2026-09-30', [course])?.['kind'], on('2026-09-30', [course], funder)]).toEqual(['school-course', undefined]);
  expect(on('2026-09-30', [{ ...course, clause: 'own' }], funder)).toBeDefined();
});

it('has no end for a funder that is of a pupil’s course, or may be, whoever took it back', () => {
  const listed = { period: '2026-11', change: 'withdrawn', forPeriod: '2026-09' };
  const left = seen('programme.left-early', { programmeId: 'p', leftOn: '2026-09-21', reason: 'other' }, 'bct');
  const takenBack = seen('programme.left-early', { programmeId: 'p' }, 'bct', { status: 'retracted', level: 'existence' });
  const ends = (roles: ('funder' | 'connexions')[], ...started: readonly AnswerItem[]) =>
    [on('2026-11-30', [left, ...started], { asker: askerOf('lsc', { roles }) })].concat(
      on('2026-11-30', [takenBack, ...started], { asker: askerOf('lsc', { roles }), listed }),
    );
  const course = started('2026-09-07', { kind: 'school-course' });
  for (const none of [[], [course]]) expect(ends(['funder'], ...none)).toEqual([undefined, undefined]);
  const both = [expect.objectContaining({ event: 'left-early' }), expect.objectContaining({ change: 'withdrawn' })];
  expect(ends(['funder'], started('2026-09-07'))).toEqual(both);
  for (const others of [[], [course]]) expect(ends(['connexions'], ...others)).toEqual(both);
  const own = { ...left, clause: 'own' };
  expect(on('2026-11-30', [own], { asker: askerOf('careers', { roles: ['funder'] }) })).toBeDefined();
});

it('has nothing yet to come', () => {
  expect(on('2026-09-06', [started('2026-09-07')])).toBeUndefined();
});

it('says in which list it stands, and of which month it is', () => {
  const late = { listed: { period: '2026-09', change: 'late', forPeriod: '2026-08' } };
  expect(on('2026-09-30', [started('2026-08-07')], late)).toMatchObject({ change: 'late', forMonth: '2026-08', month: '2026-09' });
});

it('of what was taken back says which it was, and nothing else', () => {
  const listed = { period: '2026-11', change: 'withdrawn', forPeriod: '2026-09' };
  const takenBack = seen('programme.started', { programmeId: 'p' }, 'bct', { status: 'retracted', level: 'existence' });
  const row = on('2026-11-30', [takenBack], { listed });
  expect(Object.entries(row ?? {}).filter(([, value]) => value !== null)).toEqual([
    ['month', '2026-11'],
    ['event', 'start'],
    ['of', 'bct'],
    ['programmeId', 'p'],
    ['change', 'withdrawn'],
    ['forMonth', '2026-09'],
  ]);
  expect(on('2026-11-30', [takenBack])).toBeUndefined();
});
