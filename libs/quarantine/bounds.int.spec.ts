// What the quarantine keeps, and what it lets go: each share for itself, counted, and in a file that does not grow without end.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock } from '#kernel';
import { rootKeyOf } from '#privacy';
import { SqliteVault } from '#privacy/sqlite';
import { type Quarantined, type Shares, sweep } from '#quarantine';
import { SqliteQuarantine } from '#quarantine/sqlite';

const KIBIBYTE = 1024;
const NOON = Date.parse('2026-03-02T12:00:00Z');
const DAY = 86_400_000;
const ALLOWED = { bytes: 1024 * KIBIBYTE, heads: 1024 };
/** Room for eight entries of 7 KiB in each share, and for sixteen in all. */
const shares: Shares = { whole: 128 * KIBIBYTE, each: 64 * KIBIBYTE, sender: ALLOWED, senders: ALLOWED };
const clock = fixedClock(NOON);

let folder: string;
let vault: SqliteVault;
let quarantine: SqliteQuarantine;
const open = (limits: Shares = shares): void => {
  quarantine = new SqliteQuarantine(join(folder, 'quarantine.sqlite'), vault, { shares: limits, clock });
};
const reopen = (limits?: Shares): void => {
  quarantine.close();
  open(limits);
};

beforeEach(() => {
  clock.set(NOON);
  folder = mkdtempSync(join(tmpdir(), 'quarantine-'));
  vault = new SqliteVault({ file: join(folder, 'keys.sqlite'), rootKey: rootKeyOf(Buffer.alloc(32, 3)) });
  open();
});
afterEach(async () => {
  quarantine.close();
  await vault.close();
  rmSync(folder, { recursive: true });
});

const message = (bytes: number, more: Partial<Quarantined> = {}): Quarantined => ({
  kind: 'message',
  channel: 'http',
  code: 'unknown-key',
  says: 'No key.',
  sender: '192.0.2.7',
  receivedAt: clock.now(),
  content: Buffer.alloc(bytes, 'x'),
  ...more,
});
const event = (agency: string, bytes = 7 * KIBIBYTE, more: Partial<Quarantined> = {}): Quarantined =>
  message(bytes, { kind: 'event', code: 'schema', agency, ...more });
const addAll = async (items: readonly Quarantined[]): Promise<void> => {
  await Promise.all(items.map((item) => quarantine.add(item)));
};
const many = (count: number, item: () => Quarantined): readonly Quarantined[] => Array.from({ length: count }, item);
const entriesOf = (agency: string): readonly number[] => quarantine.list({ agency, limit: 1000 }).map(({ id }) => id);
const sizeOnDisk = (): number =>
  readdirSync(folder)
    .filter((name) => name.startsWith('quarantine'))
    .reduce((total, name) => total + statSync(join(folder, name)).size, 0);

describe('what nobody can be held to', () => {
  const tight: Shares = { ...shares, sender: { bytes: 16 * KIBIBYTE, heads: 3 } };

  it("is kept whole while its sender's allowance lasts, then its digest and beginning, then counted", async () => {
    reopen(tight);
    const texts = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((letter) => Buffer.alloc(7 * KIBIBYTE, letter));
    await addAll(texts.map((content) => message(0, { content })));
    expect(quarantine.list({ limit: 10 }).map(({ cut, bytes }) => [cut ?? false, bytes])).toEqual(
      [false, false, true, true, true].map((cut) => [cut, 7 * KIBIBYTE]),
    );
    expect(quarantine.letGo()).toEqual([{ why: 'allowance', entries: 2, bytes: 14 * KIBIBYTE, since: NOON, latest: NOON }]);
    const head = quarantine.head(3);
    expect(head).toMatchObject({
      digest: createHash('sha256')
        .update(texts[2] ?? '')
        .digest('hex'),
    });
    expect(Buffer.from(head?.bytes ?? []).toString()).toBe('c'.repeat(KIBIBYTE));
    expect([quarantine.content(3), quarantine.head(1)]).toEqual([undefined, undefined]);
  });

  it('is whole where all of it is no longer than its beginning', async () => {
    reopen({ ...shares, sender: { bytes: 0, heads: 1 } });
    await quarantine.add(message(KIBIBYTE));
    expect(quarantine.content(1)).toHaveLength(KIBIBYTE);
  });

  it('has no beginning in clear on disk, nor the address that it came from', async () => {
    reopen(tight);
    await addAll(many(3, () => message(0, { sender: '203.0.113.99', content: Buffer.from('canary-of-a-person '.repeat(400)) })));
    expect(quarantine.list({ limit: 10 }).at(-1)?.cut).toBe(true);
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    expect(files.some((bytes) => bytes.includes('canary-of-a-person') || bytes.includes('203.0.113.99'))).toBe(false);
  });

  it('makes room within its own share, the oldest first, and takes none from agencies', async () => {
    await addAll([event('forge'), ...many(20, () => message(7 * KIBIBYTE))]);
    expect(quarantine.list({ unattributed: true, limit: 100 }).map(({ id }) => id)).toEqual([14, 15, 16, 17, 18, 19, 20, 21]);
    expect(entriesOf('forge')).toEqual([1]);
    expect(quarantine.letGo()).toMatchObject([{ why: 'share', entries: 12, bytes: 12 * 7 * KIBIBYTE }]);
  });
});

describe('what an agency signed', () => {
  it('makes room within the share of that agency, what is settled first', async () => {
    await addAll([event('anvil'), ...many(8, () => event('forge'))]);
    await quarantine.settle(5, 'resolved', 'accepted');
    await addAll(many(2, () => event('forge')));
    expect([entriesOf('anvil'), entriesOf('forge')]).toEqual([[1], [3, 4, 6, 7, 8, 9, 10, 11]]);
    expect(quarantine.letGo()).toMatchObject([{ agency: 'forge', why: 'share', entries: 2 }]);
  });

  it('makes room for all together: what nobody can be held to goes first, then of whoever has most', async () => {
    await addAll([...many(6, () => message(7 * KIBIBYTE)), ...many(3, () => event('anvil')), ...many(8, () => event('forge'))]);
    expect(quarantine.count('waiting')).toBe(16);
    expect(quarantine.amountOf({ unattributed: true })).toMatchObject({ entries: 5 });
    await addAll(many(8, () => event('north')));
    expect(['anvil', 'forge', 'north'].map((agency) => entriesOf(agency).length).sort()).toEqual([3, 6, 7]);
    expect(quarantine.amountOf({ unattributed: true }).entries).toBe(0);
  });

  it('counts once what came from one origin twice', async () => {
    await addAll(many(20, () => event('forge', 7 * KIBIBYTE, { origin: 'kafka:a/0/1/0' })));
    expect([entriesOf('forge'), quarantine.letGo()]).toEqual([[1], []]);
  });
});

describe('the file', () => {
  it('stays within its bound however much comes, and through a restart', async () => {
    const junk = many(100, () => event('forge', 60 * KIBIBYTE));
    reopen({ ...shares, whole: 2048 * KIBIBYTE, each: 1024 * KIBIBYTE });
    await addAll(junk);
    reopen({ ...shares, whole: 2048 * KIBIBYTE, each: 1024 * KIBIBYTE });
    await addAll(junk);
    expect(quarantine.size()).toBeLessThan(1300 * KIBIBYTE);
    expect(quarantine.letGo()).toMatchObject([{ why: 'share', entries: 200 - entriesOf('forge').length }]);
    reopen();
    expect(sizeOnDisk()).toBeLessThan((1300 + 4096) * KIBIBYTE);
  });

  it('gives room back when what it held is removed, and gives way to others meanwhile', async () => {
    reopen({ ...shares, whole: 64 * KIBIBYTE * KIBIBYTE, each: 64 * KIBIBYTE * KIBIBYTE });
    await Promise.all(many(400, () => event('forge', 20 * KIBIBYTE)).map((item) => quarantine.add(item)));
    const before = quarantine.size();
    let turns = 0;
    const turn = (): void => void (turns++, (waiting = setImmediate(turn)));
    let waiting = setImmediate(turn);
    expect(await quarantine.remove({ agency: 'forge' }, 'discarded')).toEqual({ entries: 400, bytes: 400 * 20 * KIBIBYTE });
    clearImmediate(waiting);
    expect(turns).toBeGreaterThanOrEqual(400 / 64);
    expect(quarantine.size()).toBeLessThan(before / 10);
    expect(quarantine.letGo()).toEqual([
      { agency: 'forge', why: 'discarded', entries: 400, bytes: 400 * 20 * KIBIBYTE, since: NOON, latest: NOON },
    ]);
  });

  it('is bounded when it was made by a release that kept no shares', async () => {
    await addAll(many(8, () => event('forge')));
    quarantine.close();
    const { DatabaseSync } = await import('node:sqlite');
    const old = new DatabaseSync(join(folder, 'quarantine.sqlite'));
    old.exec('DROP TRIGGER share_grows; DROP TRIGGER share_shrinks; DROP TABLE shares; ALTER TABLE quarantined DROP COLUMN kept');
    old.close();
    open();
    await addAll(many(3, () => event('forge')));
    expect(entriesOf('forge')).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
  });
});

describe('after its time', () => {
  it('what was refused is let go, and counted', async () => {
    await addAll([event('forge'), message(10)]);
    clock.set(NOON + 2 * DAY);
    await quarantine.add(event('forge'));
    clock.set(NOON + 30 * DAY);
    expect(await sweep({ quarantine, clock, days: 30 })).toMatchObject({ entries: 0 });
    clock.set(NOON + 31 * DAY);
    expect(await sweep({ quarantine, clock, days: 30 })).toMatchObject({ entries: 2 });
    expect(entriesOf('forge')).toEqual([3]);
    expect(quarantine.letGo().map(({ agency, why, entries }) => [agency, why, entries])).toEqual([
      [undefined, 'age', 1],
      ['forge', 'age', 1],
    ]);
  });
});
