import { jest } from '@jest/globals';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fixedClock } from '#kernel';
import { type KeyName, type Place, type RootKey, rootKeyOf } from '#privacy';
import { openSealed } from '../opening/index.ts';
import { SqliteVault } from './index.ts';

const rootKey = rootKeyOf(Buffer.alloc(32, 7));
const place: Place = { stream: 'learner-1', revision: 0, type: 'uk.concordat.referral.made.v1' };
const name = { owner: 'learner-1', category: 'referral' };
const plain = Buffer.from('{"a":1}');
const clock = fixedClock(Date.UTC(2026, 0, 5));

let folder: string;
let file: string;
let vaults: SqliteVault[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vault-'));
  file = join(folder, 'keys.sqlite');
  vaults = [];
});
afterEach(async () => {
  for (const vault of vaults) await vault.close();
  rmSync(folder, { recursive: true });
});

const open = (root: RootKey = rootKey, cacheBytes?: number): SqliteVault => {
  const vault = new SqliteVault({ file, rootKey: root, clock, ...(cacheBytes === undefined ? {} : { cacheBytes }) });
  vaults.push(vault);
  return vault;
};
const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();
const rows = (): Record<string, unknown>[] => {
  const db = new DatabaseSync(file, { readOnly: true });
  const found = db.prepare('SELECT owner, category, at, hex(wrapped) AS wrapped FROM keys ORDER BY id').all();
  db.close();
  return found;
};

const seal = async (vault: SqliteVault, key: KeyName, at: Place, content: Uint8Array): Promise<Uint8Array> =>
  (await vault.load([key])).seal(key, at, content);
const opened = async (vault: SqliteVault, key: KeyName, at: Place, sealed: Uint8Array): Promise<Uint8Array | undefined> =>
  openSealed(await vault.load([key]), key, at, sealed);

describe('the vault in SQLite', () => {
  it('has one key for each owner and category', async () => {
    const vault = open();
    for (let revision = 0; revision < 3; revision++) {
      for (const category of ['referral', 'offence']) await seal(vault, { owner: 'learner-1', category }, { ...place, revision }, plain);
      await seal(vault, { owner: 'learner-2', category: 'offence' }, { ...place, revision }, plain);
    }
    await vault.durable();
    expect(rows().map(({ owner, category }) => `${String(owner)}/${String(category)}`)).toEqual([
      'learner-1/referral',
      'learner-1/offence',
      'learner-2/offence',
    ]);
  });

  it('keeps keys for its owner alone', async () => {
    const vault = open();
    await seal(vault, name, place, plain);
    await vault.durable();
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(file + suffix).mode & 0o777).toBe(0o600);
  });

  it('writes all keys that anybody waits for in one transaction', async () => {
    const vault = open();
    const watch = new DatabaseSync(file, { readOnly: true });
    const version = (): unknown => watch.prepare('PRAGMA data_version').get()?.['data_version'];
    const before = Number(version());
    await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        await seal(vault, { owner: `learner-${n}`, category: 'referral' }, place, plain);
        await vault.durable();
      }),
    );
    expect(rows()).toHaveLength(50);
    expect(version()).toBe(before + 1);
    watch.close();
  });

  it('keeps a key that is not yet on disk though it leaves the cache', async () => {
    const vault = open(rootKey, 1);
    const sealed = await seal(vault, name, place, plain);
    await seal(vault, { ...name, owner: 'learner-2' }, place, plain);
    expect(text(await opened(vault, name, place, sealed))).toBe('{"a":1}');
  });

  it('finds a key that another process made a moment ago, though it has just looked', async () => {
    const [here, there] = [open(), open()];
    const still = jest.spyOn(performance, 'now').mockReturnValue(performance.now());
    await there.load([name]);
    const sealed = await seal(here, name, place, plain);
    await here.durable();
    expect(text(await opened(there, name, place, sealed))).toBe('{"a":1}');
    still.mockRestore();
  });

  it('refuses another root key', async () => {
    await open().close();
    expect(() => open(rootKeyOf(Buffer.alloc(32, 8)))).toThrow(
      expect.objectContaining({ code: 'wrong-root-key', message: expect.stringContaining('start with that one') }),
    );
  });

  it('refuses a key that was moved to another owner', async () => {
    const vault = open();
    const sealed = await seal(vault, name, place, plain);
    await vault.durable();
    const db = new DatabaseSync(file);
    db.exec("UPDATE keys SET owner = 'learner-2'");
    db.close();
    await expect(opened(open(), { ...name, owner: 'learner-2' }, place, sealed)).rejects.toThrow(
      expect.objectContaining({ code: 'unavailable' }),
    );
  });

  it('keeps keys that could not be written and writes them at the next try', async () => {
    const vault = open();
    const sealed = await seal(vault, name, place, plain);
    const db = new DatabaseSync(file);
    db.exec('ALTER TABLE keys RENAME COLUMN wrapped TO elsewhere');
    await expect(vault.durable()).rejects.toThrow(expect.objectContaining({ code: 'unavailable' }));
    db.exec('ALTER TABLE keys RENAME COLUMN elsewhere TO wrapped');
    db.close();
    await vault.durable();
    await vault.close();
    expect(text(await opened(open(), name, place, sealed))).toBe('{"a":1}');
  });
});
