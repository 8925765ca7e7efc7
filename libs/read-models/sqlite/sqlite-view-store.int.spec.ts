import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { viewStoreContract } from '../contract/index.ts';
import { SqliteViewStore } from './index.ts';

viewStoreContract('SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'views-'));
  const open = (): SqliteViewStore => new SqliteViewStore({ file: join(folder, 'views.sqlite') });
  return {
    views: open(),
    another: open,
    discard: () => rmSync(folder, { recursive: true }),
  };
});

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

  it('say what to do with a damaged file', () => {
    writeFileSync(join(folder, 'damaged.sqlite'), 'not a database, but long enough to be read as one'.repeat(100));
    expect(() => new SqliteViewStore({ file: join(folder, 'damaged.sqlite') })).toThrow(
      expect.objectContaining({ code: 'unavailable', message: expect.stringContaining('delete it') }),
    );
  });
});
