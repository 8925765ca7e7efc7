// Invariant 8: a destroyed key is gone from every file, and for ever.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fixedClock } from '#kernel';
import { type KeyName, type Place, rootKeyOf } from '#privacy';
import { openSealed } from '../opening/index.ts';
import { SqliteVault } from './index.ts';

const rootKey = rootKeyOf(Buffer.alloc(32, 7));
const place: Place = { stream: 'learner-1', revision: 0, type: 'uk.concordat.referral.made.v1' };
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

const open = (): SqliteVault => {
  const vault = new SqliteVault({ file, rootKey, clock });
  vaults.push(vault);
  return vault;
};
const referral = (owner: string) => ({ owner, category: 'referral' });

const seal = async (vault: SqliteVault, key: KeyName, at: Place, content: Uint8Array): Promise<Uint8Array> =>
  (await vault.load([key])).seal(key, at, content);
const opened = async (vault: SqliteVault, key: KeyName, at: Place, sealed: Uint8Array): Promise<Uint8Array | undefined> =>
  openSealed(await vault.load([key]), key, at, sealed);

describe('destroying keys', () => {
  it('leaves a tombstone that says when', async () => {
    const vault = open();
    await seal(vault, referral('learner-1'), place, plain);
    await vault.durable();
    clock.set(Date.UTC(2026, 1, 1));
    await vault.destroy('learner-1');
    const db = new DatabaseSync(file, { readOnly: true });
    const found = db.prepare('SELECT owner, category, at, hex(wrapped) AS wrapped FROM keys').all();
    db.close();
    expect(found).toEqual([expect.objectContaining({ ...referral('learner-1'), at: Date.UTC(2026, 1, 1), wrapped: '00'.repeat(60) })]);
  });

  it('waits for who reads the WAL, then says that traces are left; done once more, it leaves none', async () => {
    const vault = open();
    const sealed = await seal(vault, referral('learner-1'), place, plain);
    await vault.durable();
    const reader = new DatabaseSync(file, { readOnly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM keys').get();
    await expect(vault.destroy('learner-1')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('destroy them once more'),
    });
    expect(await opened(vault, referral('learner-1'), place, sealed)).toBeUndefined();
    reader.close();
    await vault.destroy('learner-1');
    expect(readFileSync(`${file}-wal`).byteLength).toBe(0);
  });

  it('waits for the lock that another process holds, and destroys once it is given up', async () => {
    const vault = open();
    const sealed = await seal(vault, referral('learner-1'), place, plain);
    await vault.durable();
    const shell = new DatabaseSync(file);
    shell.exec('BEGIN IMMEDIATE');
    const destroyed = vault.destroy('learner-1');
    shell.close();
    await destroyed;
    expect(await opened(vault, referral('learner-1'), place, sealed)).toBeUndefined();
  });

  it('leaves no trace in any file, however the pages were laid out', async () => {
    const vault = open();
    const owners = Array.from({ length: 3000 }, (_, n) => `learner-${(n * 7919) % 3000}`);
    for (const [n, owner] of owners.entries()) {
      await seal(vault, referral(owner), place, plain);
      if (n % 100 === 0) await vault.durable();
    }
    await vault.durable();
    const db = new DatabaseSync(file, { readOnly: true });
    const wrapped = new Map(
      db
        .prepare('SELECT owner, wrapped FROM keys')
        .all()
        .map((row) => [String(row['owner']), row['wrapped'] as Uint8Array]),
    );
    db.close();
    const doomed = owners.filter((_, n) => n % 3 === 0);
    for (const owner of doomed) await vault.destroy(owner);
    const bytes = Buffer.concat(readdirSync(folder).map((entry) => readFileSync(join(folder, entry))));
    const found = owners.filter((owner) => bytes.includes(Buffer.from(wrapped.get(owner) ?? []).subarray(0, 20)));
    expect(found).toEqual(owners.filter((_, n) => n % 3 !== 0));
  }, 60_000);
});
