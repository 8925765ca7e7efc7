// For how long a placement is sought (views.md, S18).
import type { AnswerItem } from '#disclosure';
import { rowOf, seen } from '../fixtures/index.ts';
import { placementsSought } from './placements-sought.list.ts';

const SOUGHT = seen('placement.sought', { occupation: 'Catering', area: 'WV1' }, 'bct', { time: '2026-07-01' });
const on = (day: string, ...items: readonly AnswerItem[]) => rowOf(placementsSought, day, [SOUGHT, ...items]);

it('a placement is sought for 180 days, until one began that may be seen', () => {
  expect([on('2026-07-29'), on('2026-07-30'), on('2026-12-28')]).toMatchObject([
    { waitingDays: 28, overdue: false },
    { waitingDays: 29, overdue: true },
    { waitingDays: 180 },
  ]);
  expect(on('2026-12-29')).toBeUndefined();
  const found = seen('placement.started', { on: '2026-08-01' }, 'bct');
  expect([on('2026-07-31', found) !== undefined, on('2026-08-01', found)]).toEqual([true, undefined]);
});

it('a row holds no surname, whatever may be seen', () => {
  const person = seen('learner.registered', { givenName: 'Dev', familyName: 'Sandhu' });
  expect(JSON.stringify(on('2026-07-02', person))).toContain('Dev');
  expect(JSON.stringify(on('2026-07-02', person))).not.toContain('Sandhu');
});

it('a corrected given name stands, whoever registers the learner by the former one later', () => {
  const first = seen('learner.registered', { givenName: 'Dev', familyName: 'Sandhu' }, 'north');
  const corrected = seen('learner.corrected', { givenName: 'Devi', reason: 'By deed poll' }, 'north');
  const moved = seen('learner.corrected', { postcode: 'WV1 1AA', reason: 'Moved' }, 'north');
  const later = seen('learner.registered', { givenName: 'Dev', familyName: 'Sandhu' }, 'bct');
  expect(on('2026-07-02', first, corrected, moved, later)).toMatchObject({ givenName: 'Devi' });
  expect(on('2026-07-02', first, moved)).toMatchObject({ givenName: 'Dev' });
});

it('is chosen by words, however they are written', () => {
  const row = on('2026-07-02') ?? {};
  const isChosen = (chosen: object): boolean => placementsSought.matches(row, chosen as Record<string, string>);
  expect([{ occupation: 'catering' }, { area: 'wv1' }, { occupation: 'Care' }, { area: 'WV10' }].map(isChosen)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
