import { EventStoreError, type EventStore } from '#event-store';
import { usesOf } from '#privacy/contract';
import { EngineRuns, LEARNER, replacing, TestLog, trail, trailOf, upTo } from '../fixtures/index.ts';
import { type ProjectedEvent, ProjectionEngine, RowChanges, type ViewStore, ViewStoreError } from './index.ts';

const WAIT_MS = 10_000;
const referral = 'uk.concordat.referral.made.v1';

let runs: EngineRuns;

beforeEach(() => {
  runs = new EngineRuns();
});
afterEach(() => runs.close());

describe('the projection engine', () => {
  it('catches up from the start of the log, then follows it live', async () => {
    await runs.appendReferrals(10);
    const engine = runs.start({ projectors: [trailOf()] });
    expect(await engine.waitFor('trail', 10, WAIT_MS)).toBe(true);
    await runs.expectComplete(10);
    await runs.appendReferrals(3);
    expect(await engine.waitFor('trail', 13, WAIT_MS)).toBe(true);
    expect(engine.position('trail')).toBe(13);
    await runs.expectComplete(13);
  });

  it('resumes after a restart exactly where it stopped', async () => {
    await runs.appendReferrals(6);
    const first = runs.start({ projectors: [trailOf()] });
    await first.waitFor('trail', 6, WAIT_MS);
    await first.stop();
    await runs.reopenViews();
    await runs.appendReferrals(6);
    const applied: number[] = [];
    const second = runs.start({ projectors: [trailOf({ before: ({ recorded }) => applied.push(recorded.position) })] });
    await second.waitFor('trail', 12, WAIT_MS);
    expect(applied).toEqual([7, 8, 9, 10, 11, 12]);
    await runs.expectComplete(12);
  });

  it.each([1, 2, 3])('neither loses nor doubles an event when commit %i of a batch fails half way', async (failing) => {
    await runs.appendReferrals(10);
    let commits = 0;
    const breaking: ViewStore = replacing(runs.views, 'commit', async (advances) => {
      if (++commits !== failing) return runs.views.commit(advances);
      // The last row cannot be bound, so that SQLite has written the others when the batch breaks off.
      const broken = advances.map((advance) => ({
        ...advance,
        changes: RowChanges.of(advance.view, [...advance.changes.list(), { verb: 'put', table: trail, row: {} }]),
      }));
      await runs.views.commit(broken).catch(() => {
        throw new ViewStoreError('unavailable', 'The disk is full.');
      });
    });
    const troubles: string[] = [];
    const engine = runs.start({ projectors: [trailOf()], viewStore: breaking, troubled: (code) => troubles.push(code) });
    expect(await engine.waitFor('trail', 10, WAIT_MS)).toBe(true);
    expect(troubles).toEqual(['unavailable']);
    await runs.expectComplete(10);
  });

  it('neither loses nor doubles an event when it is stopped in the middle of a batch', async () => {
    await runs.appendReferrals(10);
    const abort = new AbortController();
    const parts = { store: runs.log.store, tail: runs.log.tail(), views: runs.views };
    const stopping = trailOf({ before: ({ recorded }) => recorded.position === 6 && abort.abort() });
    await new ProjectionEngine({ ...parts, projectors: [stopping] }, { batchSize: 4 }).run(abort.signal);
    const stoppedAt = (await runs.views.current(stopping))?.position ?? 0;
    expect(stoppedAt).toBeLessThan(10);
    const engine = runs.start({ projectors: [trailOf()] });
    await engine.waitFor('trail', 10, WAIT_MS);
    await runs.expectComplete(10);
  });

  it('goes on when the log could not be read', async () => {
    await runs.appendReferrals(5);
    let reads = 0;
    const breaking: EventStore = replacing(runs.log.store, 'subscribe', (options) => {
      if (++reads === 1) throw new EventStoreError('unavailable', 'The log cannot be read now.');
      return runs.log.store.subscribe(options);
    });
    const troubles: string[] = [];
    const engine = runs.start({ projectors: [trailOf()], store: breaking, troubled: (code) => troubles.push(code) });
    await engine.waitFor('trail', 5, WAIT_MS);
    expect(troubles).toEqual(['unavailable']);
    await runs.expectComplete(5);
  });

  it('makes a view of another version anew, while the others stay where they are', async () => {
    await runs.appendReferrals(9);
    const first = runs.start({ projectors: [trailOf(), trailOf({ name: 'other' })] });
    await first.waitFor('trail', 9, WAIT_MS);
    await first.stop();
    const applied: string[] = [];
    const before =
      (name: string) =>
      ({ recorded }: ProjectedEvent) =>
        applied.push(`${name} ${recorded.position}`);
    const second = runs.start({
      projectors: [trailOf({ version: 2, before: before('trail') }), trailOf({ name: 'other', before: before('other') })],
    });
    await runs.appendReferrals(1);
    await second.waitFor('trail', 10, WAIT_MS);
    await second.waitFor('other', 10, WAIT_MS);
    expect(applied.filter((name) => name.startsWith('other'))).toEqual(['other 10']);
    expect(applied.filter((name) => name.startsWith('trail'))).toEqual(upTo(10).map((position) => `trail ${position}`));
    await runs.expectComplete(10, { version: 2 });
    await runs.expectComplete(10, { name: 'other' });
    expect(await runs.views.current(trailOf({ version: 1 }))).toBeUndefined();
  });

  it('gives a projector the types it wants, and opens nothing unless asked', async () => {
    await runs.appendReferrals(2);
    await runs.log.append(
      runs.log.contribution('offence.noted', { category: 'offence' }),
      runs.log.clear('link-advisers', 'uk.concordat.link-adviser.assigned.v1', {}),
    );
    const { opened } = usesOf(runs.log.vault);
    const opening = { before: (event: ProjectedEvent) => expect(event.open()?.event?.type).toBe(referral), types: new Set([referral]) };
    const engine = runs.start({ projectors: [trailOf({ name: 'one', ...opening }), trailOf({ name: 'two', ...opening }), trailOf()] });
    for (const view of ['one', 'two', 'trail']) await engine.waitFor(view, 4, WAIT_MS);
    expect(await runs.positionsIn({ name: 'one' })).toEqual([1, 2]);
    expect(opened).toEqual(Array.from({ length: 2 }, () => expect.objectContaining({ owner: `learner-${LEARNER}`, category: 'referral' })));
  });

  it('makes views anew that are ahead of the log, as after a restored backup', async () => {
    await runs.appendReferrals(5);
    const longer = runs.start({ projectors: [trailOf()] });
    await longer.waitFor('trail', 5, WAIT_MS);
    await longer.stop();
    const restored = new TestLog();
    try {
      await restored.append(restored.contribution('referral.made'));
      const engine = runs.start({ projectors: [trailOf()], store: restored.store });
      expect(await engine.waitFor('trail', 1, WAIT_MS)).toBe(true);
      await engine.stop();
      await runs.expectComplete(1);
    } finally {
      await restored.close();
    }
  });

  it('tells a waiting reader when the time is up, and all of them when it stops', async () => {
    const engine = runs.start({ projectors: [trailOf()] });
    expect(await engine.waitFor('trail', 1, 1)).toBe(false);
    const waiting = engine.waitFor('trail', 1, WAIT_MS);
    await engine.stop();
    expect(await waiting).toBe(false);
    expect(() => engine.position('nothing')).toThrow(RangeError);
  });
});
