// A job without training, as whoever pays may see it (views.md, S11 and V12).
import { rowOf, seen } from '../fixtures/index.ts';
import { jobsWithoutTraining } from './jobs-without-training.list.ts';

it('is told by its month and group, whether the code may be seen or not', () => {
  const [own, coarse] = [{ activity: '350' }, { activityGroup: 'employment' }].map((data) =>
    rowOf(jobsWithoutTraining, '2026-10-31', [seen('destination.recorded', { from: '2026-10-10', ...data })]),
  );
  expect(own).toEqual({ month: '2026-10', from: '2026-10-10', activityGroup: 'employment', change: 'new', forMonth: '2026-10' });
  expect(coarse).toEqual(own);
});

it('that was taken back is told without day and group', () => {
  const listed = { period: '2026-11', change: 'withdrawn', forPeriod: '2026-10' } as const;
  const items = [seen('destination.recorded', {}, 'connexions-north', { status: 'retracted', level: 'existence' })];
  expect(rowOf(jobsWithoutTraining, '2026-11-30', items, { listed })).toEqual({
    month: '2026-11',
    from: null,
    activityGroup: null,
    change: 'withdrawn',
    forMonth: '2026-10',
  });
  expect(rowOf(jobsWithoutTraining, '2026-11-30', items)).toBeUndefined();
});
