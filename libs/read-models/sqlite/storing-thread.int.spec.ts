import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { concludingAt } from '../contract/contract-tables.ts';
import { viewStoreContract } from '../contract/index.ts';
import { allProjectors, allViewsAt, rebuild, type Projector, type ViewStore } from '../index.ts';
import { generatedEvents, TestLog, trail, trailOf } from '../fixtures/index.ts';
import { SqliteViewStore, StoringThreads } from './index.ts';

/** What a rebuild does on the threads, and all else beside them, as the broker's other connection. */
const storeIn = (file: string): ViewStore => {
  const [thread, beside] = [new StoringThreads({ file, views: concludingAt }), new SqliteViewStore({ file })];
  return {
    begin: (views) => thread.begin(views),
    commit: (advances) => thread.commit(advances),
    current: (view) => thread.current(view),
    content: (view, generation) => thread.content(view, generation),
    conclude: (view, generation) => thread.conclude(view, generation),
    replace: (views) => thread.replace(views),
    open: (views) => beside.open(views),
    restart: (views) => beside.restart(views),
    rows: (view, table, query) => beside.rows(view, table, query),
    count: (view, table, query) => beside.count(view, table, query),
    close: async () => {
      await thread.close();
      await beside.close();
    },
  };
};

viewStoreContract('SQLite on threads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'views-'));
  const open = (): ViewStore => storeIn(join(folder, 'views.sqlite'));
  return { views: open(), another: open, discard: () => rmSync(folder, { recursive: true }) };
});

describe('a rebuild that stores on threads', () => {
  let log: TestLog;
  let views: StoringThreads;

  beforeEach(async () => {
    log = new TestLog();
    views = new StoringThreads({ file: join(log.folder, 'views.sqlite'), views: allViewsAt });
    const events = generatedEvents(log, { learners: 20, seed: 3 });
    await log.append(...Array.from({ length: 300 }, () => events.next().value));
  });
  afterEach(async () => {
    await views.close();
    await log.close();
  });

  const rebuilt = (projectors: readonly Projector[], to: StoringThreads | SqliteViewStore = views) =>
    rebuild({ store: log.store, vault: log.vault, views: to, projectors }, { verify: false, batchSize: 20 });

  it('makes what one makes that stores by itself', async () => {
    const byItself = new SqliteViewStore({ file: join(log.folder, 'by-itself.sqlite') });
    const wanted = await rebuilt(allProjectors, byItself);
    await byItself.close();
    expect(await rebuilt(allProjectors)).toEqual(wanted);
    expect(wanted.sound).toBe(true);
  });

  it('stops a view before the batch that cannot be stored, though the next was made meanwhile, and goes on with others', async () => {
    const misfit: Projector = {
      ...trailOf({ name: 'misfit' }),
      apply: ({ recorded: { position, type } }, rows) => rows.put(trail, { position, type: position === 50 ? (undefined as never) : type }),
    };
    expect((await rebuilt([misfit, trailOf()])).views).toMatchObject([
      { view: 'misfit', outcome: 'failed', position: 40, rows: 40, failure: { code: 'cannot-store', error: 'TypeError' } },
      { view: 'trail', outcome: 'unverified', position: 300 },
    ]);
  });

  it('stops a view before the event that it cannot take, though the next batch was made meanwhile', async () => {
    const failing = trailOf({
      name: 'failing',
      before: ({ recorded }) => {
        if (recorded.position === 50) throw new RangeError('no');
      },
    });
    expect((await rebuilt([failing, trailOf()])).views).toMatchObject([
      { view: 'failing', outcome: 'failed', position: 49, failure: { code: 'cannot-apply', error: 'RangeError' } },
      { view: 'trail', outcome: 'unverified', position: 300 },
    ]);
    await views.close();
    const db = new DatabaseSync(join(log.folder, 'views.sqlite'), { readOnly: true });
    expect(db.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name LIKE 'failing%'").get()).toEqual({ n: 0 });
    db.close();
  });
});

describe('threads that store views', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'views-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('says what to do with a damaged file', async () => {
    writeFileSync(join(folder, 'damaged.sqlite'), 'not a database, but long enough to be read as one'.repeat(100));
    const views = new StoringThreads({ file: join(folder, 'damaged.sqlite'), views: allViewsAt });
    await expect(views.begin([trailOf()])).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('delete it') });
    await views.close();
  });
});
