// Whether an adviser has signed what is agreed, and when that is overdue (views.md, S6).
import type { AnswerItem } from '#disclosure';
import { rowOf, seen } from '../fixtures/index.ts';
import { signOffs } from './sign-offs.list.ts';

const STARTED = seen('programme.started', { programmeId: 'p', kind: 'e2e', startedOn: '2026-07-06' }, 'bct');
const agreed = seen('programme.agreed', { programmeId: 'p', version: '1' }, 'bct', { time: '2026-07-20' });
const signed = seen('programme.signed-off', { programmeId: 'p', signedOn: '2026-08-05' });
const left = seen('programme.left-early', { programmeId: 'p', leftOn: '2026-08-02' }, 'bct');
const on = (day: string, ...items: readonly AnswerItem[]) => rowOf(signOffs, day, [STARTED, ...items]);

it('is overdue from the day after its four weeks, until it is signed', () => {
  const told = [on('2026-08-03', agreed), on('2026-08-04', agreed), on('2026-08-05', agreed, signed)];
  expect(told.map((row) => [row?.['state'], row?.['overdue']])).toEqual([
    ['to-sign', false],
    ['to-sign', true],
    ['signed', false],
  ]);
});

it('is nobody’s to sign any more once the learner has left', () => {
  expect(on('2026-08-04', agreed, left)).toMatchObject({ state: 'to-sign', overdue: false });
});
