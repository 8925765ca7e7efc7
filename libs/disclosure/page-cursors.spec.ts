import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootKeyOf } from '#privacy';
import { SqliteVault } from '#privacy/sqlite';
import { PageCursors } from './page-cursors.ts';

describe('cursors', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cursors-'));
  const open = (): SqliteVault => new SqliteVault({ file: join(folder, 'keys.sqlite'), rootKey: rootKeyOf(Buffer.alloc(32, 7)) });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are opened by whom they were given to, also after a restart, and by nobody else', async () => {
    const vault = open();
    const cursor = await new PageCursors(vault).of('forge', 42);
    vault.close();
    const later = open();
    const cursors = new PageCursors(later);
    expect(cursors.placeOf('forge', cursor)).toBe(42);
    expect(cursors.placeOf('anvil', cursor)).toBeUndefined();
    for (const other of ['', 'x', cursor.slice(1), `${cursor}AA`, 'A'.repeat(cursor.length)]) expect(cursors.placeOf('forge', other)).toBeUndefined();
    later.close();
  });

  it('of a list of learners are their own kind', async () => {
    const vault = open();
    const cursors = new PageCursors(vault);
    const learner = '00000000-0000-4000-8000-00000000000a';
    const [behind, place] = [await cursors.ofLearner('forge', learner), await cursors.of('forge', 1)];
    expect(cursors.learnerOf('forge', behind)).toBe(learner);
    expect([cursors.learnerOf('anvil', behind), cursors.learnerOf('forge', place), cursors.placeOf('forge', behind)]).toEqual([undefined, undefined, undefined]);
    vault.close();
  });

  it('tell nothing of the place, not even by their length, and are another each time', async () => {
    const vault = open();
    const cursors = new PageCursors(vault);
    const [one, again, far] = [await cursors.of('forge', 1), await cursors.of('forge', 1), await cursors.of('forge', 123_456)];
    expect(one).not.toBe(again);
    expect(far).toHaveLength(one.length);
    vault.close();
  });
});
