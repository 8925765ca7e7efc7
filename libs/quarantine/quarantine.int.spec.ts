import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { rootKeyOf } from '#privacy';
import { SqliteVault } from '#privacy/sqlite';
import type { Quarantined } from '#quarantine';
import { SqliteQuarantine } from '#quarantine/sqlite';

let folder: string;
let vault: SqliteVault;
let quarantine: SqliteQuarantine;

const open = (): void => {
  vault = new SqliteVault({ file: join(folder, 'keys.sqlite'), rootKey: rootKeyOf(Buffer.alloc(32, 3)) });
  quarantine = new SqliteQuarantine(join(folder, 'quarantine.sqlite'), vault);
};
const close = async (): Promise<void> => {
  quarantine.close();
  await vault.close();
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quarantine-'));
  open();
});
afterEach(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

const item = (content: string, more: Partial<Quarantined> = {}): Quarantined => ({
  kind: 'event',
  channel: 'http',
  code: 'schema',
  says: '/heldOn: Give a date.',
  agency: 'city-yot',
  subject: 'blind-1',
  receivedAt: 1_000,
  content: Buffer.from(content),
  ...more,
});
const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();

describe('the quarantine', () => {
  it('keeps what came, in order, through a restart', async () => {
    await Promise.all([quarantine.add(item('one')), quarantine.add(item('two', { kind: 'message', code: 'signature' }))]);
    await close();
    open();
    const entries = quarantine.list({ limit: 10 });
    expect(entries.map(({ kind, code, state, bytes }) => ({ kind, code, state, bytes }))).toEqual([
      { kind: 'event', code: 'schema', state: 'waiting', bytes: 3 },
      { kind: 'message', code: 'signature', state: 'waiting', bytes: 3 },
    ]);
    expect(entries.map(({ id }) => text(quarantine.content(id)))).toEqual(['one', 'two']);
  });

  it('lists by state and agency, page by page', async () => {
    for (const agency of ['city-yot', 'forge-apprenticeships', 'city-yot']) await quarantine.add(item('x', { agency }));
    const [first] = quarantine.list({ agency: 'city-yot', limit: 1 });
    expect(quarantine.list({ agency: 'city-yot', after: first?.id ?? 0, limit: 5 })).toHaveLength(1);
    await quarantine.settle(first?.id ?? 0, 'resolved', 'accepted');
    expect(quarantine.find(first?.id ?? 0)).toMatchObject({ state: 'resolved', outcome: 'accepted' });
    expect(quarantine.count('waiting')).toBe(2);
  });

  it('keeps what came from one origin once, and what has none each time', async () => {
    const origin = 'kafka:concordat.in.city-yot/0/7';
    await Promise.all([quarantine.add(item('first', { origin })), quarantine.add(item('again', { origin }))]);
    await close();
    open();
    await quarantine.add(item('later', { origin }));
    await quarantine.add(item('a part of it', { origin: `${origin}/0` }));
    for (const content of ['x', 'x']) await quarantine.add(item(content));
    const entries = quarantine.list({ limit: 10 });
    expect(entries.map(({ id }) => text(quarantine.content(id)))).toEqual(['first', 'a part of it', 'x', 'x']);
    expect(entries.map(({ origin: from }) => from)).toEqual([origin, `${origin}/0`, undefined, undefined]);
  });

  it('takes in a file that a release without origins made', async () => {
    await close();
    const old = new DatabaseSync(join(folder, 'quarantine.sqlite'));
    old.exec('DROP INDEX quarantined_origin; ALTER TABLE quarantined DROP COLUMN origin');
    old.close();
    open();
    await quarantine.add(item('x', { origin: 'kafka:a/0/1' }));
    expect(quarantine.list({ limit: 10 })).toMatchObject([{ origin: 'kafka:a/0/1' }]);
  });

  it('has no content in clear on disk', async () => {
    await quarantine.add(item('canary-of-a-person'));
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    expect(files.some((bytes) => bytes.includes('canary-of-a-person'))).toBe(false);
  });

  it("loses a subject's content with the subject's key, and nobody else's", async () => {
    await quarantine.add(item('of one', { subject: 'blind-1' }));
    await quarantine.add(item('of another', { subject: 'blind-2' }));
    await vault.destroy('quarantine-blind-1');
    expect(quarantine.list({ limit: 10 }).map(({ id }) => text(quarantine.content(id)))).toEqual([undefined, 'of another']);
  });
});
