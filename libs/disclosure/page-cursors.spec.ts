import { rootKeyOf } from '#privacy';
import { MemoryKeys, MemoryVault } from '#privacy/memory';
import { MERGED_IDENTITY_REVISION } from './answer.ts';
import { PageCursors } from './page-cursors.ts';

const FORGE = { agency: 'forge', asked: 'passport' };
const placeAt = (revision: number) => ({ rank: 0, revision });

describe('cursors', () => {
  const keys = new MemoryKeys();
  const open = (): MemoryVault => new MemoryVault({ rootKey: rootKeyOf(Buffer.alloc(32, 7)), keys });

  it('are opened by whom they were given to, also after a restart, and by nobody else', async () => {
    const vault = open();
    const place = { rank: 1_767_605_400_000, revision: 42 };
    const cursor = await new PageCursors(vault).of(FORGE, place);
    await vault.close();
    const later = open();
    const cursors = new PageCursors(later);
    expect(await cursors.placeOf(FORGE, cursor)).toEqual(place);
    expect([
      await cursors.placeOf({ ...FORGE, agency: 'anvil' }, cursor),
      await cursors.placeOf({ ...FORGE, asked: 'timeline' }, cursor),
    ]).toEqual([undefined, undefined]);
    for (const other of ['', 'x', cursor.slice(1), `${cursor}AA`, 'A'.repeat(cursor.length)])
      expect(await cursors.placeOf(FORGE, other)).toBeUndefined();
  });

  it('may stand behind the merged identity', async () => {
    const vault = open();
    const cursors = new PageCursors(vault);
    expect(await cursors.placeOf(FORGE, await cursors.of(FORGE, placeAt(MERGED_IDENTITY_REVISION)))).toEqual(
      placeAt(MERGED_IDENTITY_REVISION),
    );
  });

  it('of a list of learners are their own kind', async () => {
    const vault = open();
    const cursors = new PageCursors(vault);
    const learner = '00000000-0000-4000-8000-00000000000a';
    const [behind, place] = [await cursors.ofLearner('forge', learner), await cursors.of(FORGE, placeAt(1))];
    expect(await cursors.learnerOf('forge', behind)).toBe(learner);
    expect([
      await cursors.learnerOf('anvil', behind),
      await cursors.learnerOf('forge', place),
      await cursors.placeOf(FORGE, behind),
    ]).toEqual([undefined, undefined, undefined]);
  });

  it('tell nothing of the place, not even by their length, and are another each time', async () => {
    const vault = open();
    const cursors = new PageCursors(vault);
    const [one, again, far] = [
      await cursors.of(FORGE, placeAt(1)),
      await cursors.of(FORGE, placeAt(1)),
      await cursors.of(FORGE, { rank: 4_102_444_800_000, revision: 123_456 }),
    ];
    expect(one).not.toBe(again);
    expect(far).toHaveLength(one.length);
  });

  it('of a list are as long whatever numbers are in the place, and whatever digits are in its texts', async () => {
    const cursors = new PageCursors(open());
    const places = [
      ['2026-10-20', 'c0ffee00-0000-4000-8000-0000000000a1', 9, 267],
      ['2026-10-20', 'ab1cd2ef-1234-4567-89ab-cdef01234567', 10, 4_102_444_800_000],
      ['1999-01-01', 'a "1" in it, and 12 \\ 345 more of that', 1, 0],
    ].map((place) => JSON.stringify({ place, until: 1_767_605_400_000 }));
    const given = await Promise.all(places.map((place) => cursors.ofList(FORGE, place)));
    expect(new Set(given.map(({ length }) => length)).size).toBe(1);
    expect(await Promise.all(given.map((cursor) => cursors.listPlaceOf(FORGE, cursor)))).toEqual(places);
  });
});
