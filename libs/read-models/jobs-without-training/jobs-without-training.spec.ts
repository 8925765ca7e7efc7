// A job without training, as whoever pays may see it (views.md, S11).
import { rowOf, seen } from '../fixtures/index.ts';
import { jobsWithoutTraining } from './jobs-without-training.list.ts';

it('is told by its month and group, whether the code may be seen or not', () => {
  const [own, coarse] = [{ activity: '350' }, { activityGroup: 'employment' }].map((data) =>
    rowOf(jobsWithoutTraining, '2026-10-31', [seen('destination.recorded', { from: '2026-10-10', ...data })]),
  );
  expect(own).toEqual({ month: '2026-10', from: '2026-10-10', activityGroup: 'employment' });
  expect(coarse).toEqual(own);
});
