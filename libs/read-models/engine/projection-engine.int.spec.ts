import { jest } from '@jest/globals';
import { EventStoreError, type EventStore } from '#event-store';
import { LEARNER, replacing, TestLog, times, trail, trailOf, type TrailOptions } from '../fixtures/index.ts';
import { SqliteViewStore } from '../sqlite/index.ts';
import {
  type EngineOptions,
  type EngineTrouble,
  type ProjectedEvent,
  ProjectionEngine,
  type Projector,
  type ViewStore,
  ViewStoreError,
} from './index.ts';

const WAIT_MS = 10_000;
const referral = 'uk.concordat.referral.made.v1';

let log: TestLog;
let views: SqliteViewStore;
let stops: (() => Promise<void>)[];

beforeEach(() => {
  log = new TestLog();
  views = new SqliteViewStore({ file: log.viewsFile });
  stops = [];
});
afterEach(async () => {
  for (const stop of stops) await stop();
  await views.close();
  await log.close();
});

interface Started {
  readonly projectors: readonly Projector[];
  readonly options?: EngineOptions;
  readonly store?: EventStore;
  readonly viewStore?: ViewStore;
}

const start = ({
  projectors,
  options = {},
  store = log.store,
  viewStore = views,
}: Started): ProjectionEngine & { stop: () => Promise<void> } => {
  const engine = new ProjectionEngine({ store, views: viewStore, vault: log.vault, projectors }, { batchSize: 4, retryMs: 1, ...options });
  const abort = new AbortController();
  const running = engine.run(abort.signal);
  const stop = async (): Promise<void> => {
    abort.abort();
    await running;
  };
  stops.push(stop);
  return Object.assign(engine, { stop });
};

const appendReferrals = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n++)
    await log.append(log.contribution('referral.made', { category: 'referral', data: { referralId: `r-${n}` } }));
};
const positionsIn = async (options: TrailOptions = {}): Promise<number[]> =>
  (await views.rows(trailOf(options), trail, { order: 'position', limit: 1000 })).rows.map(({ position }) => position);
const seenIn = async (options: TrailOptions = {}): Promise<number> =>
  (await views.rows(trailOf(options), times, { order: 'type', limit: 10 })).rows.reduce((sum, { seen }) => sum + seen, 0);
const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

/** The view shows each event up to a position exactly once. */
const expectComplete = async (last: number, options: TrailOptions = {}): Promise<void> => {
  expect(await positionsIn(options)).toEqual(upTo(last));
  expect(await seenIn(options)).toBe(last);
  expect((await views.current(trailOf(options)))?.position).toBe(last);
};

describe('the projection engine', () => {
  it('catches up from the start of the log, then follows it live', async () => {
    await appendReferrals(10);
    const engine = start({ projectors: [trailOf()] });
    expect(await engine.waitFor('trail', 10, WAIT_MS)).toBe(true);
    await expectComplete(10);
    await appendReferrals(3);
    expect(await engine.waitFor('trail', 13, WAIT_MS)).toBe(true);
    expect(engine.position('trail')).toBe(13);
    await expectComplete(13);
  });

  it('resumes after a restart exactly where it stopped', async () => {
    await appendReferrals(6);
    const first = start({ projectors: [trailOf()] });
    await first.waitFor('trail', 6, WAIT_MS);
    await first.stop();
    await views.close();
    views = new SqliteViewStore({ file: log.viewsFile });
    await appendReferrals(6);
    const applied: number[] = [];
    const second = start({ projectors: [trailOf({ before: ({ recorded }) => applied.push(recorded.position) })] });
    await second.waitFor('trail', 12, WAIT_MS);
    expect(applied).toEqual([7, 8, 9, 10, 11, 12]);
    await expectComplete(12);
  });

  it.each([1, 2, 3])('neither loses nor doubles an event when commit %i of a batch fails half way', async (failing) => {
    await appendReferrals(10);
    let commits = 0;
    const breaking: ViewStore = replacing(views, 'commit', async (advances) => {
      if (++commits !== failing) return views.commit(advances);
      // The last row cannot be bound, so that SQLite has written the others when the batch breaks off.
      const broken = advances.map((advance) => ({
        ...advance,
        changes: [...advance.changes, { verb: 'put' as const, table: trail, row: {} }],
      }));
      await views.commit(broken).catch(() => {
        throw new ViewStoreError('unavailable', 'The disk is full.');
      });
    });
    const troubles: EngineTrouble[] = [];
    const engine = start({ projectors: [trailOf()], viewStore: breaking, options: { report: (trouble) => troubles.push(trouble) } });
    expect(await engine.waitFor('trail', 10, WAIT_MS)).toBe(true);
    expect(troubles).toEqual([{ kind: 'interrupted', code: 'unavailable' }]);
    await expectComplete(10);
  });

  it('neither loses nor doubles an event when it is stopped in the middle of a batch', async () => {
    await appendReferrals(10);
    const abort = new AbortController();
    const parts = { store: log.store, views, vault: log.vault };
    const stopping = trailOf({ before: ({ recorded }) => recorded.position === 6 && abort.abort() });
    await new ProjectionEngine({ ...parts, projectors: [stopping] }, { batchSize: 4 }).run(abort.signal);
    const stoppedAt = (await views.current(stopping))?.position ?? 0;
    expect(stoppedAt).toBeLessThan(10);
    const engine = start({ projectors: [trailOf()] });
    await engine.waitFor('trail', 10, WAIT_MS);
    await expectComplete(10);
  });

  it('goes on when the log could not be read', async () => {
    await appendReferrals(5);
    let reads = 0;
    const breaking: EventStore = replacing(log.store, 'subscribe', (options) => {
      if (++reads === 1) throw new EventStoreError('unavailable', 'The log cannot be read now.');
      return log.store.subscribe(options);
    });
    const troubles: EngineTrouble[] = [];
    const engine = start({ projectors: [trailOf()], store: breaking, options: { report: (trouble) => troubles.push(trouble) } });
    await engine.waitFor('trail', 5, WAIT_MS);
    expect(troubles).toEqual([{ kind: 'interrupted', code: 'unavailable' }]);
    await expectComplete(5);
  });

  it('makes a view of another version anew, while the others stay where they are', async () => {
    await appendReferrals(9);
    const first = start({ projectors: [trailOf(), trailOf({ name: 'other' })] });
    await first.waitFor('trail', 9, WAIT_MS);
    await first.stop();
    const applied: string[] = [];
    const before =
      (name: string) =>
      ({ recorded }: ProjectedEvent) =>
        applied.push(`${name} ${recorded.position}`);
    const second = start({
      projectors: [trailOf({ version: 2, before: before('trail') }), trailOf({ name: 'other', before: before('other') })],
    });
    await appendReferrals(1);
    await second.waitFor('trail', 10, WAIT_MS);
    await second.waitFor('other', 10, WAIT_MS);
    expect(applied.filter((name) => name.startsWith('other'))).toEqual(['other 10']);
    expect(applied.filter((name) => name.startsWith('trail'))).toEqual(upTo(10).map((position) => `trail ${position}`));
    await expectComplete(10, { version: 2 });
    await expectComplete(10, { name: 'other' });
    expect(await views.current(trailOf({ version: 1 }))).toBeUndefined();
  });

  it('stops a view whose projector throws before that event, reports it, and leaves the others alone', async () => {
    await appendReferrals(10);
    const troubles: EngineTrouble[] = [];
    const failing = trailOf({
      name: 'failing',
      before: ({ recorded }) => {
        if (recorded.position === 6) throw new RangeError('Ada Lovelace');
      },
    });
    const engine = start({ projectors: [failing, trailOf()], options: { report: (trouble) => troubles.push(trouble) } });
    await engine.waitFor('trail', 10, WAIT_MS);
    const failure = { code: 'cannot-apply', error: 'RangeError' };
    expect(troubles).toEqual([{ kind: 'view-failed', view: 'failing', position: 5, failure }]);
    expect(await engine.health()).toEqual({
      head: 10,
      views: [
        { view: 'failing', version: 1, position: 5, lag: 5, failure },
        { view: 'trail', version: 1, position: 10, lag: 0 },
      ],
    });
    await expectComplete(5, { name: 'failing' });
    await expectComplete(10);
    expect(await engine.waitFor('failing', 6, WAIT_MS)).toBe(false);
    await engine.stop();
    const repaired = start({ projectors: [trailOf({ name: 'failing' }), trailOf()] });
    expect(await repaired.waitFor('failing', 10, WAIT_MS)).toBe(true);
    await expectComplete(10, { name: 'failing' });
  });

  it('stops a view at an event that is not what was sealed', async () => {
    await appendReferrals(2);
    const { event, stream } = log.contribution('referral.made');
    await log.append({ stream, event: { ...event, payload: event.payload.map((byte, index) => (index === 30 ? byte ^ 1 : byte)) } });
    const opening = trailOf({ name: 'opening', before: (opened) => opened.open() });
    const engine = start({ projectors: [opening, trailOf()] });
    await engine.waitFor('trail', 3, WAIT_MS);
    expect((await engine.health()).views[0]).toMatchObject({ position: 2, failure: { code: 'cannot-open', error: 'VaultError' } });
  });

  it('stops a view whose rows do not fit its tables, before that batch, and commits the others', async () => {
    await appendReferrals(6);
    const misfit: Projector = {
      ...trailOf({ name: 'misfit' }),
      apply: ({ recorded }, rows) =>
        rows.put(trail, { position: recorded.position, type: recorded.position === 6 ? (undefined as never) : 'a' }),
    };
    const engine = start({ projectors: [misfit, trailOf()] });
    await engine.waitFor('trail', 6, WAIT_MS);
    expect((await engine.health()).views[0]).toMatchObject({ position: 4, failure: { code: 'cannot-store', error: 'TypeError' } });
    expect(await positionsIn({ name: 'misfit' })).toEqual(upTo(4));
    await expectComplete(6);
  });

  it('gives a projector the types it wants, and opens nothing unless asked', async () => {
    await appendReferrals(2);
    await log.append(
      log.contribution('offence.noted', { category: 'offence' }),
      log.clear('link-advisers', 'uk.concordat.link-adviser.assigned.v1', {}),
    );
    const open = jest.spyOn(log.vault, 'open');
    const opening = { before: (event: ProjectedEvent) => expect(event.open()?.event?.type).toBe(referral), types: new Set([referral]) };
    const engine = start({ projectors: [trailOf({ name: 'one', ...opening }), trailOf({ name: 'two', ...opening }), trailOf()] });
    for (const view of ['one', 'two', 'trail']) await engine.waitFor(view, 4, WAIT_MS);
    expect(await positionsIn({ name: 'one' })).toEqual([1, 2]);
    expect(open.mock.calls.map(([key]) => key)).toEqual(
      Array.from({ length: 2 }, () => expect.objectContaining({ owner: `learner-${LEARNER}`, category: 'referral' })),
    );
  });

  it('makes views anew that are ahead of the log, as after a restored backup', async () => {
    await appendReferrals(5);
    const longer = start({ projectors: [trailOf()] });
    await longer.waitFor('trail', 5, WAIT_MS);
    await longer.stop();
    const restored = new TestLog();
    try {
      await restored.append(restored.contribution('referral.made'));
      const engine = start({ projectors: [trailOf()], store: restored.store });
      expect(await engine.waitFor('trail', 1, WAIT_MS)).toBe(true);
      await engine.stop();
      await expectComplete(1);
    } finally {
      await restored.close();
    }
  });

  it('tells a waiting reader when the time is up, and all of them when it stops', async () => {
    const engine = start({ projectors: [trailOf()] });
    expect(await engine.waitFor('trail', 1, 1)).toBe(false);
    const waiting = engine.waitFor('trail', 1, WAIT_MS);
    await engine.stop();
    expect(await waiting).toBe(false);
    expect(() => engine.position('nothing')).toThrow(RangeError);
  });
});
