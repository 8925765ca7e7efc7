import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '#kernel';
import { usedAssertionsContract } from '../contract/index.ts';
import { SqliteUsedAssertions } from './index.ts';

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'access-'));

usedAssertionsContract('SqliteUsedAssertions', async (clock) => {
  const folder = await newFolder();
  const file = join(folder, 'access.sqlite');
  const open = () => new SqliteUsedAssertions(file, clock);
  const held = (): number => {
    const db = new DatabaseSync(file, { readOnly: true });
    const { n } = db.prepare('SELECT count(*) AS n FROM used_assertion').get() as { n: number };
    db.close();
    return n;
  };
  return { used: open(), another: open, held, discard: () => rm(folder, { recursive: true }) };
});

it('a file of used assertions names neither agency nor `jti`', async () => {
  const folder = await newFolder();
  const used = new SqliteUsedAssertions(join(folder, 'access.sqlite'), systemClock);
  await used.use('city-yot', 'canary-of-a-jti', Date.now() / 1000 + 60);
  const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name))));
  expect(files.some((bytes) => bytes.includes('city-yot') || bytes.includes('canary-of-a-jti'))).toBe(false);
  await used.close();
  await rm(folder, { recursive: true });
});
