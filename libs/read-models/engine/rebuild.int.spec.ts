import fc from 'fast-check';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { followedWith } from '#learner-file';
import { generatedEvents, generatedLearner, replacing, TestLog, times, trail, trailOf } from '../fixtures/index.ts';
import { allProjectors } from '../index.ts';
import { SqliteViewStore } from '../sqlite/index.ts';
import { applyDelivery } from './apply-batch.ts';
import type { Follower } from './follower.ts';
import { ProjectionEngine, type Projector, rebuild, rebuildLines, RowChanges, type ViewStore } from './index.ts';

const WAIT_MS = 10_000;
const EVENTS = 600;
const HASH = /^[0-9a-f]{64}$/;

let log: TestLog;
let opened: SqliteViewStore[];

const openViews = (name: string): SqliteViewStore => {
  const views = new SqliteViewStore({ file: join(log.folder, name) });
  opened.push(views);
  return views;
};
const parts = (views: ViewStore, projectors: readonly Projector[] = allProjectors) => ({
  store: log.store,
  views,
  vault: log.vault,
  projectors,
});

const fill = async (count: number, seed = 1): Promise<void> => {
  const events = generatedEvents(log, { learners: 20, seed });
  await log.append(...Array.from({ length: count }, () => events.next().value));
};

/** Follows the log up to its head, then stops. */
const follow = async (views: ViewStore, projectors: readonly Projector[] = allProjectors): Promise<void> => {
  const abort = new AbortController();
  const engine = new ProjectionEngine({ ...parts(views, projectors), tail: log.tail() }, { batchSize: 7 });
  const running = engine.run(abort.signal);
  const head = await log.store.head();
  for (const { name } of projectors) expect(await engine.waitFor(name, head, WAIT_MS)).toBe(true);
  abort.abort();
  await running;
};

const tablesIn = (name: string): unknown[] => {
  const db = new DatabaseSync(join(log.folder, name), { readOnly: true });
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name").all();
  db.close();
  return tables.map((table) => table['name']);
};

beforeEach(() => {
  log = new TestLog();
  opened = [];
});
afterEach(async () => {
  for (const views of opened) await views.close();
  await log.close();
});

describe('rebuilding', () => {
  it('gives the same hashes as following in batches, wherever their boundaries lie', async () => {
    await fill(EVENTS);
    const reference = await rebuild(parts(openViews('reference')), { verify: false });
    expect(reference.views.map(({ position, rows }) => ({ position, some: rows > 0 }))).toEqual(
      allProjectors.map(() => ({ position: EVENTS, some: true })),
    );
    const cuts = fc.array(fc.integer({ min: 1, max: EVENTS }), { maxLength: 30 });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(cuts, async (positions) => {
        const views = openViews(`run-${run++}`);
        const { decode, prepare } = followedWith(log.vault);
        const places = await views.open(allProjectors);
        const followers = places.map(({ generation, position }, index): Follower => ({
          projector: allProjectors[index] as Projector,
          generation,
          position,
          until: EVENTS,
        }));
        let after = 0;
        for (const end of [...new Set([...positions, EVENTS])].sort((a, b) => a - b)) {
          const events = (await log.store.readAll({ after, limit: end - after })).map(decode);
          await prepare(events);
          await applyDelivery({ views }, followers, { after, to: end, events });
          after = end;
        }
        const hashes = await Promise.all(
          followers.map(async ({ projector, generation }) => (await views.content(projector, generation)).hash),
        );
        expect(hashes).toEqual(reference.views.map(({ hash }) => hash));
      }),
      { numRuns: 25, seed: 9 },
    );
  });

  it('finds what was followed identical, and shows it as it was', async () => {
    await fill(EVENTS);
    const views = openViews('views.sqlite');
    await follow(views);
    const { views: rebuilt, sound } = await rebuild(parts(views), { verify: true, batchSize: 50 });
    expect(sound).toBe(true);
    expect(rebuilt).toEqual(
      allProjectors.map(({ name, version }) => {
        const hash = expect.stringMatching(HASH);
        return { view: name, version, outcome: 'identical', position: EVENTS, rows: expect.any(Number), hash, formerHash: hash };
      }),
    );
    for (const projector of allProjectors) expect(await views.current(projector)).toMatchObject({ position: EVENTS });
  });

  it('finds it identical after an erasure, although what was opened then can be opened no more', async () => {
    await fill(EVENTS);
    const views = openViews('views.sqlite');
    await follow(views);
    const before = await rebuild(parts(views), { verify: true });
    for (const [learner, category] of [[0], [1, 'assessment'], [2, 'disclosure']] as const)
      await log.erase(generatedLearner(learner), category);
    await fill(100, 2);
    await follow(views);
    const after = await rebuild(parts(views), { verify: true });
    expect(after.sound).toBe(true);
    expect(after.views.map(({ outcome }) => outcome)).toEqual(allProjectors.map(() => 'identical'));
    expect(after.views.map(({ hash }) => hash)).not.toEqual(before.views.map(({ hash }) => hash));
  });

  it('tells of a view that differs, and puts what the log says in its place', async () => {
    await fill(20);
    const views = openViews('views.sqlite');
    await follow(views, [trailOf()]);
    const current = await views.current(trailOf());
    await views.commit([
      {
        view: trailOf(),
        generation: current?.generation ?? 0,
        from: 20,
        to: 20,
        changes: RowChanges.of(trailOf(), [{ verb: 'remove', table: trail, where: { position: 3 } }]),
      },
    ]);
    const rebuilt = await rebuild(parts(views, [trailOf()]), { verify: true });
    expect(rebuilt.sound).toBe(false);
    expect(rebuilt.views[0]).toMatchObject({ outcome: 'different', position: 20 });
    expect(rebuildLines(rebuilt)).toEqual([
      expect.stringMatching(/^trail@1 {2}[0-9a-f]{64} {2}\d+ rows at 20 {2}DIFFERENT from [0-9a-f]{64}$/),
    ]);
    expect((await views.rows(trailOf(), trail, { order: 'position', limit: 100 })).rows).toHaveLength(20);
  });

  it('compares as of the position that readers see, then goes on to the head of the log', async () => {
    await fill(20);
    const views = openViews('views.sqlite');
    await follow(views, [trailOf()]);
    await fill(5, 2);
    const rebuilt = await rebuild(parts(views, [trailOf()]), { verify: true });
    expect(rebuilt.views[0]).toMatchObject({ outcome: 'identical', position: 20 });
    expect(await views.current(trailOf())).toMatchObject({ position: 25 });
  });

  it('takes the place of views that an engine goes on following, and no event is lost or doubled', async () => {
    await fill(50);
    const views = openViews('views.sqlite');
    const abort = new AbortController();
    const engine = new ProjectionEngine({ ...parts(views, [trailOf()]), tail: log.tail() }, { batchSize: 3 });
    const running = engine.run(abort.signal);
    const rebuilding = rebuild(parts(views, [trailOf()]), { verify: true, batchSize: 5 });
    for (let seed = 2; seed < 12; seed++) await fill(10, seed);
    expect(await rebuilding).toMatchObject({ sound: true });
    await fill(10, 99);
    expect(await engine.waitFor('trail', 160, WAIT_MS)).toBe(true);
    abort.abort();
    await running;
    expect((await views.rows(trailOf(), trail, { order: 'position', limit: 1000 })).rows.map(({ position }) => position)).toEqual(
      Array.from({ length: 160 }, (_, index) => index + 1),
    );
    expect((await views.rows(trailOf(), times, { order: 'type', limit: 100 })).rows.reduce((sum, { seen }) => sum + seen, 0)).toBe(160);
  });

  it('never lets a view go back: it follows once more while readers see more', async () => {
    await fill(20);
    const views = openViews('views.sqlite');
    await follow(views, [trailOf()]);
    let appended = false;
    const store = replacing(log.store, 'readAll', async (options) => {
      const events = await log.store.readAll(options);
      if (events.length > 0 || appended) return events;
      appended = true;
      await fill(5, 2);
      await follow(views, [trailOf()]);
      return events;
    });
    await rebuild({ ...parts(views, [trailOf()]), store }, { verify: false });
    expect(await views.current(trailOf())).toMatchObject({ generation: 2, position: 25 });
  });

  it('leaves a view as it was that cannot be made anew', async () => {
    await fill(20);
    const views = openViews('views.sqlite');
    await follow(views, [trailOf(), trailOf({ name: 'other' })]);
    const failing = trailOf({
      before: ({ recorded }) => {
        if (recorded.position === 10) throw new TypeError('no');
      },
    });
    const rebuilt = await rebuild(parts(views, [failing, trailOf({ name: 'other' })]), { verify: true });
    expect(rebuilt.sound).toBe(false);
    expect(rebuilt.views).toMatchObject([
      { view: 'trail', outcome: 'failed', position: 9, failure: { code: 'cannot-apply', error: 'TypeError' } },
      { view: 'other', outcome: 'identical' },
    ]);
    expect(rebuildLines(rebuilt)[0]).toMatch(/ failed: cannot-apply \(TypeError\)$/);
    expect(await views.current(trailOf())).toMatchObject({ generation: 1, position: 20 });
    expect(await views.current(trailOf({ name: 'other' }))).toMatchObject({ generation: 4 });
  });

  it('replaces nothing when it is broken off, and the next one clears what it left', async () => {
    await fill(20);
    const views = openViews('views.sqlite');
    await follow(views, [trailOf()]);
    await expect(rebuild(parts(views, [trailOf()]), { verify: false, signal: AbortSignal.abort() })).rejects.toThrow('aborted');
    expect(await views.current(trailOf())).toMatchObject({ generation: 1, position: 20 });
    await rebuild(parts(views, [trailOf()]), { verify: false });
    expect(await views.current(trailOf())).toMatchObject({ generation: 3, position: 20 });
    expect(tablesIn('views.sqlite')).toEqual(['generations', 'trail__3__times', 'trail__3__trail']);
  });
});
