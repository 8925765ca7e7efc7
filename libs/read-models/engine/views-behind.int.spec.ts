import { EngineRuns, replacing, trailOf, upTo } from '../fixtures/index.ts';
import { type ViewStore, ViewStoreError } from './index.ts';

const WAIT_MS = 10_000;

let runs: EngineRuns;
beforeEach(() => {
  runs = new EngineRuns();
});
afterEach(() => runs.close());

describe('a view that is behind', () => {
  it('catches up through failures of its own, while those at the front go on, and loses and doubles nothing', async () => {
    await runs.appendReferrals(20);
    const first = runs.start({ projectors: [trailOf(), trailOf({ name: 'front' })] });
    await first.waitFor('front', 20, WAIT_MS);
    await first.stop();
    let failures = 0;
    const viewStore: ViewStore = replacing(runs.views, 'commit', async (advances) => {
      const isBehind = advances.some(({ view, from }) => view.name === 'trail' && from === 8);
      if (isBehind && ++failures <= 2) throw new ViewStoreError('unavailable', 'The disk is full.');
      return runs.views.commit(advances);
    });
    const troubles: string[] = [];
    const projectors = [trailOf({ version: 2 }), trailOf({ name: 'front' })];
    const second = runs.start({ projectors, viewStore, troubled: (code) => troubles.push(code) });
    await runs.appendReferrals(5);
    expect(await second.waitFor('front', 25, WAIT_MS)).toBe(true);
    expect(await second.waitFor('trail', 25, WAIT_MS)).toBe(true);
    expect([failures, troubles]).toEqual([3, ['unavailable']]);
    await runs.appendReferrals(5);
    for (const view of ['trail', 'front']) expect(await second.waitFor(view, 30, WAIT_MS)).toBe(true);
    await runs.expectComplete(30, { version: 2 });
    await runs.expectComplete(30, { name: 'front' });
  });

  it('joins those at the front, and takes the same events as they do from then on', async () => {
    await runs.appendReferrals(10);
    const first = runs.start({ projectors: [trailOf({ name: 'front' })] });
    await first.waitFor('front', 10, WAIT_MS);
    await first.stop();
    const seen = new Map<string, unknown[]>([
      ['front', []],
      ['trail', []],
    ]);
    const projectors = [...seen].map(([name, events]) => trailOf({ name, before: (event) => events.push(event) }));
    const engine = runs.start({ projectors });
    await engine.waitFor('trail', 10, WAIT_MS);
    await runs.appendReferrals(10);
    for (const name of seen.keys()) await engine.waitFor(name, 20, WAIT_MS);
    const [front = [], trail = []] = [...seen.values()];
    expect([front.length, trail.length]).toEqual([10, 20]);
    for (const [index, event] of front.entries()) expect(event).toBe(trail[index + 10]);
    expect(await runs.positionsIn()).toEqual(upTo(20));
  });
});
