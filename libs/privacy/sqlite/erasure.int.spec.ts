// Invariant 8: a destroyed key is gone from every file, for every process, and for ever.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fixedClock } from '#kernel';
import { type Place, rootKeyOf } from '#privacy';
import { openSealed } from '../opening/index.ts';
import { SqliteVault } from './index.ts';

const rootKey = rootKeyOf(Buffer.alloc(32, 7));
const place: Place = { stream: 'learner-1', revision: 0, type: 'uk.concordat.referral.made.v1' };
const plain = Buffer.from('{"a":1}');
const clock = fixedClock(Date.UTC(2026, 0, 5));

let folder: string;
let file: string;
let opened: SqliteVault[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vault-'));
  file = join(folder, 'keys.sqlite');
  opened = [];
});
afterEach(() => {
  opened.forEach((vault) => vault.close());
  rmSync(folder, { recursive: true });
});

const open = (): SqliteVault => {
  const vault = new SqliteVault({ file, rootKey, clock });
  opened.push(vault);
  return vault;
};
const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();
const referral = (owner: string) => ({ owner, category: 'referral' });
const offence = (owner: string) => ({ owner, category: 'offence' });

describe('destroying keys', () => {
  it('erases what they sealed, and nothing else', async () => {
    const vault = open();
    const [referred, offended] = [vault.seal(referral('learner-1'), place, plain), vault.seal(offence('learner-1'), place, plain)];
    const other = vault.seal(referral('learner-2'), place, plain);
    await vault.destroy('learner-1', 'referral');
    expect(openSealed(vault, referral('learner-1'), place, referred)).toBeUndefined();
    expect(text(openSealed(vault, offence('learner-1'), place, offended))).toBe('{"a":1}');
    await vault.destroy('learner-1');
    expect(openSealed(vault, offence('learner-1'), place, offended)).toBeUndefined();
    expect(text(openSealed(vault, referral('learner-2'), place, other))).toBe('{"a":1}');
    vault.close();
    expect(openSealed(open(), referral('learner-1'), place, referred)).toBeUndefined();
  });

  it('leaves later data readable, and erased data erased', async () => {
    const vault = open();
    const before = vault.seal(referral('learner-1'), place, plain);
    await vault.destroy('learner-1');
    const after = vault.seal(referral('learner-1'), place, plain);
    await vault.durable();
    for (const one of [vault, open()]) {
      expect(openSealed(one, referral('learner-1'), place, before)).toBeUndefined();
      expect(text(openSealed(one, referral('learner-1'), place, after))).toBe('{"a":1}');
    }
    await vault.destroy('learner-1');
    expect(openSealed(vault, referral('learner-1'), place, after)).toBeUndefined();
  });

  it('can be done twice, and to an owner without keys', async () => {
    const vault = open();
    const sealed = vault.seal(referral('learner-1'), place, plain);
    await vault.destroy('learner-1');
    await vault.destroy('learner-1');
    await vault.destroy('learner-9', 'offence');
    expect(openSealed(vault, referral('learner-1'), place, sealed)).toBeUndefined();
  });

  it('leaves a tombstone that says when', async () => {
    const vault = open();
    vault.seal(referral('learner-1'), place, plain);
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
    const sealed = vault.seal(referral('learner-1'), place, plain);
    await vault.durable();
    const reader = new DatabaseSync(file, { readOnly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM keys').get();
    await expect(vault.destroy('learner-1')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('destroy them once more'),
    });
    expect(openSealed(vault, referral('learner-1'), place, sealed)).toBeUndefined();
    reader.close();
    await vault.destroy('learner-1');
    expect(readFileSync(`${file}-wal`).byteLength).toBe(0);
  });

  it('waits for the lock that another process holds, and destroys once it is given up', async () => {
    const vault = open();
    const sealed = vault.seal(referral('learner-1'), place, plain);
    await vault.durable();
    const shell = new DatabaseSync(file);
    shell.exec('BEGIN IMMEDIATE');
    const destroyed = vault.destroy('learner-1');
    shell.close();
    await destroyed;
    expect(openSealed(vault, referral('learner-1'), place, sealed)).toBeUndefined();
  });

  it('takes effect in every process that shares the file', async () => {
    const [here, there] = [open(), open()];
    const sealed = here.seal(referral('learner-1'), place, plain);
    await here.durable();
    expect(text(openSealed(there, referral('learner-1'), place, sealed))).toBe('{"a":1}');
    await here.destroy('learner-1');
    expect(openSealed(there, referral('learner-1'), place, sealed)).toBeUndefined();
    const anew = there.seal(referral('learner-1'), place, plain);
    await there.durable();
    await here.destroy('learner-2'); // whatever it destroys, it has looked at the file again by then
    expect(text(openSealed(here, referral('learner-1'), place, anew))).toBe('{"a":1}');
  });

  it('finds both keys where two processes made the first one of a name at the same time', async () => {
    const [here, there] = [open(), open()];
    const sealed = [here.seal(referral('learner-1'), place, plain), there.seal(referral('learner-1'), place, plain)];
    await Promise.all([here.durable(), there.durable()]);
    const third = open();
    for (const bytes of sealed) expect(text(openSealed(third, referral('learner-1'), place, bytes))).toBe('{"a":1}');
    await third.destroy('learner-1');
    for (const vault of [here, there, third]) {
      for (const bytes of sealed) expect(openSealed(vault, referral('learner-1'), place, bytes)).toBeUndefined();
    }
  });

  it('leaves no trace in any file, however the pages were laid out', async () => {
    const vault = open();
    const owners = Array.from({ length: 3000 }, (_, n) => `learner-${(n * 7919) % 3000}`);
    for (const [n, owner] of owners.entries()) {
      vault.seal(referral(owner), place, plain);
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
