// What of the quarantine is its file's alone: nothing stands in clear in it, it does not grow without end, and older ones are taken in.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fixedClock } from '#kernel';
import { rootKeyOf } from '#privacy';
import { MemoryVault } from '#privacy/memory';
import type { Quarantined, Shares } from '#quarantine';
import { SqliteQuarantine } from './index.ts';

const KIBIBYTE = 1024;
const NOON = Date.parse('2026-03-02T12:00:00Z');
const ALLOWED = { bytes: 1024 * KIBIBYTE, heads: 1024 };
/** Room for eight entries of 7 KiB in each share, and for sixteen in all. */
const shares: Shares = { whole: 128 * KIBIBYTE, each: 64 * KIBIBYTE, sender: ALLOWED, senders: ALLOWED };
const clock = fixedClock(NOON);
const vault = new MemoryVault({ rootKey: rootKeyOf(Buffer.alloc(32, 3)) });

let folder: string;
let quarantine: SqliteQuarantine;
const open = (limits: Shares = shares): void => {
  quarantine = new SqliteQuarantine(join(folder, 'quarantine.sqlite'), vault, { shares: limits, clock });
};
const reopen = async (limits?: Shares): Promise<void> => {
  await quarantine.close();
  open(limits);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quarantine-'));
  open();
});
afterEach(async () => {
  await quarantine.close();
  rmSync(folder, { recursive: true });
});

const message = (content: Uint8Array, more: Partial<Quarantined> = {}): Quarantined => ({
  kind: 'message',
  channel: 'http',
  code: 'unknown-key',
  says: 'No key.',
  receivedAt: clock.now(),
  content,
  ...more,
});
const event = (bytes: number, more: Partial<Quarantined> = {}): Quarantined =>
  message(Buffer.alloc(bytes, 'x'), { kind: 'event', code: 'schema', agency: 'forge', ...more });
const addAll = async (items: readonly Quarantined[]): Promise<void> => {
  await Promise.all(items.map((item) => quarantine.add(item)));
};
const many = (count: number, item: () => Quarantined): readonly Quarantined[] => Array.from({ length: count }, item);
const ids = async (): Promise<readonly number[]> => (await quarantine.list({ limit: 1000 })).map(({ id }) => id);
const sizeOnDisk = (): number => readdirSync(folder).reduce((total, name) => total + statSync(join(folder, name)).size, 0);
const changeFile = async (sql: string): Promise<void> => {
  await quarantine.close();
  const old = new DatabaseSync(join(folder, 'quarantine.sqlite'));
  old.exec(sql);
  old.close();
  open();
};

describe('the file of the quarantine', () => {
  it('has nothing in clear: no content, no beginning of one, nor the address that it came from', async () => {
    await reopen({ ...shares, sender: { bytes: 16 * KIBIBYTE, heads: 3 } });
    const content = Buffer.from('canary-of-a-person '.repeat(400));
    await addAll([event(0, { content }), ...many(3, () => message(content, { sender: '203.0.113.99' }))]);
    expect((await quarantine.list({ limit: 10 })).map(({ cut }) => cut ?? false)).toEqual([false, false, true, true]);
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    expect(files.some((bytes) => bytes.includes('canary-of-a-person') || bytes.includes('203.0.113.99'))).toBe(false);
  });

  it('stays within its bound however much comes, and through a restart', async () => {
    const junk = many(100, () => event(60 * KIBIBYTE));
    await reopen({ ...shares, whole: 2048 * KIBIBYTE, each: 1024 * KIBIBYTE });
    await addAll(junk);
    await reopen({ ...shares, whole: 2048 * KIBIBYTE, each: 1024 * KIBIBYTE });
    await addAll(junk);
    expect(await quarantine.size()).toBeLessThan(1300 * KIBIBYTE);
    expect(await quarantine.letGo()).toMatchObject([{ why: 'share', entries: 200 - (await ids()).length }]);
    await reopen();
    expect(sizeOnDisk()).toBeLessThan((1300 + 4096) * KIBIBYTE);
  });

  it('is bounded when it was made by a release that kept no shares', async () => {
    await addAll(many(8, () => event(7 * KIBIBYTE)));
    await changeFile('DROP TRIGGER share_grows; DROP TRIGGER share_shrinks; DROP TABLE shares; ALTER TABLE quarantined DROP COLUMN kept');
    await addAll(many(3, () => event(7 * KIBIBYTE)));
    expect(await ids()).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('is taken in where a release without origins made it', async () => {
    await changeFile('DROP INDEX quarantined_origin; ALTER TABLE quarantined DROP COLUMN origin');
    await quarantine.add(event(1, { origin: 'kafka:a/0/1' }));
    expect(await quarantine.list({ limit: 10 })).toMatchObject([{ origin: 'kafka:a/0/1' }]);
  });
});
