import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { viewStoreContract } from '../contract/index.ts';
import { table, type ViewShape } from '../engine/index.ts';
import { SqliteViewStore } from './index.ts';

viewStoreContract('SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'views-'));
  return {
    views: new SqliteViewStore({ file: join(folder, 'views.sqlite') }),
    discard: () => rmSync(folder, { recursive: true }),
  };
});

const lines = table({ name: 'lines', columns: { line: 'integer', who: 'text?' }, key: ['line'], indexes: [['who']] });
const view: ViewShape = { name: 'some-view', version: 1, tables: [lines] };

let folder: string;
let views: SqliteViewStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'views-'));
  views = new SqliteViewStore({ file: join(folder, 'views.sqlite') });
});
afterEach(async () => {
  await views.close();
  rmSync(folder, { recursive: true });
});

describe('a file of views', () => {
  it('are readable by their owner alone', () => {
    expect(statSync(join(folder, 'views.sqlite')).mode & 0o777).toBe(0o600);
  });

  it('say what to do with a damaged file, and that they are closed', async () => {
    writeFileSync(join(folder, 'damaged.sqlite'), 'not a database, but long enough to be read as one'.repeat(100));
    expect(() => new SqliteViewStore({ file: join(folder, 'damaged.sqlite') })).toThrow(
      expect.objectContaining({ code: 'unavailable', message: expect.stringContaining('delete it') }),
    );
    await views.close();
    await views.close();
    await expect(views.open([view])).rejects.toMatchObject({ code: 'closed' });
  });

  it.each([
    { shape: { name: 'sums', columns: { 'who"': 'text' }, key: ['who"'] } as const, says: 'cannot name a column' },
    {
      shape: { name: 'sums', columns: { who: 'text', last: 'text?' }, key: ['who'], merge: { last: 'sum' } } as const,
      says: 'cannot be summed',
    },
  ])('refuse a table that is declared wrong: $says', async ({ shape, says }) => {
    await expect(views.open([{ name: 'wrong', version: 1, tables: [shape] }])).rejects.toThrow(says);
  });
});
