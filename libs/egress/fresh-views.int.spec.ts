import { EngineRuns, replacing, trail, trailOf } from '#read-models/fixtures';
import type { ViewStore } from '#read-models';
import { asFarAs, FreshViews, ViewBehind } from './fresh-views.ts';

const PATIENCE_MS = 10_000;
const AT_ONCE_MS = 1;

let runs: EngineRuns;
/** Commits wait for it. */
let held: PromiseWithResolvers<void>;
beforeEach(() => {
  runs = new EngineRuns();
  held = Promise.withResolvers<void>();
});
afterEach(async () => {
  held.resolve();
  await runs.close();
});

const positionsIn = async (views: FreshViews): Promise<readonly number[]> =>
  (await views.rows(trailOf(), trail, { order: 'position', limit: 10 })).rows.map(({ position }) => position);

/** Behind by one event, which is committed once nothing holds it. */
const behind = async (): Promise<FreshViews> => {
  const viewStore: ViewStore = replacing(runs.views, 'commit', async (advances) => {
    if (advances.some(({ from }) => from >= 2)) await held.promise;
    return runs.views.commit(advances);
  });
  await runs.appendReferrals(2);
  const engine = runs.start({ projectors: [trailOf()], viewStore });
  await engine.waitFor('trail', 2, PATIENCE_MS);
  await runs.appendReferrals(1);
  return new FreshViews(viewStore, engine);
};

it('reads a view as it is where nothing else is asked for', async () => {
  expect(await positionsIn(await behind())).toEqual([1, 2]);
});

it('reads a view that is behind once it has come as far as was asked for', async () => {
  const views = await behind();
  const reading = asFarAs(3, () => positionsIn(views), PATIENCE_MS);
  held.resolve();
  expect(await reading).toEqual([1, 2, 3]);
});

it('counts in it in the same way', async () => {
  const views = await behind();
  const counting = asFarAs(3, () => views.count(trailOf(), trail, { by: ['type'] }), PATIENCE_MS);
  held.resolve();
  expect((await counting).rows).toMatchObject([{ count: 3 }]);
});

it('reads nothing of a view that does not come in time, and says that it passes', async () => {
  const views = await behind();
  const reading = asFarAs(3, () => positionsIn(views), AT_ONCE_MS);
  await expect(reading).rejects.toBeInstanceOf(ViewBehind);
  await expect(reading).rejects.toMatchObject({ status: 503, code: 'unavailable', headers: { 'retry-after': '1' } });
  expect(await asFarAs(2, () => positionsIn(views), AT_ONCE_MS)).toEqual([1, 2]);
});
