// Files of a data directory that do not belong together are noticed when it is opened, whichever of them it is, and said with what to do.
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SqliteFeedLedger } from '#egress/sqlite';
import { fixedClock } from '#kernel';
import { RowChanges } from '#read-models';
import { parseConfig } from './config.ts';
import { type DataFiles, openDataFiles, openLog } from './data-files.ts';

const clock = fixedClock(Date.UTC(2026, 10, 2, 12));
const clocks = { clock, remembered: clock };
/** One root key for all directories: no file is told by that alone. */
const ROOT_KEY = Buffer.alloc(32, 7).toString('base64url');
const VIEW = { name: 'seen', version: 1, tables: [] };
const CATEGORY = 'referral';

const folder = mkdtempSync(join(tmpdir(), 'custody-'));
afterAll(() => rmSync(folder, { recursive: true }));

const opened = async <Result>(
  data: string,
  use: (files: DataFiles) => Promise<Result>,
  environment: Readonly<Record<string, string>> = {},
): Promise<Result> => {
  const config = parseConfig({ CONCORDAT_DATA: data, CONCORDAT_ROOT_KEY: ROOT_KEY, ...environment });
  const store = await openLog(config, clock);
  try {
    const files = await openDataFiles(config, store, clocks);
    return await use(files).finally(async () => {
      await files.vault.close();
      await files.quarantine.close();
      await files.used.close();
      await files.views.close();
    });
  } finally {
    await store.close();
  }
};

/** What a broker does with all of its files for one learner. */
const work = async (data: string): Promise<void> =>
  opened(data, async ({ store, vault, quarantine, used, views }) => {
    const ledger = SqliteFeedLedger.open(join(data, 'feeds.sqlite'), store);
    const learner = randomUUID();
    const type = 'uk.concordat.referral.made.v1';
    const meta = { actor: 'forge', correlation: learner, schema: 1, category: CATEGORY, owner: learner };
    const key = { owner: learner, category: CATEGORY };
    const payload = (await vault.load([key])).seal(key, { stream: learner, revision: 0, type }, Buffer.from('{}'));
    await vault.durable();
    await used.use('forge', learner, clock.now() / 1000 + 60);
    await quarantine.add({
      kind: 'message',
      channel: 'http',
      code: 'schema',
      says: 'No.',
      receivedAt: clock.now(),
      content: Buffer.from('x'),
    });
    await ledger.write({ feeds: [] });
    await store.append([{ stream: learner, expected: 'no-stream', events: [{ id: randomUUID(), type, meta, payload }] }]);
    const [place] = await views.open([VIEW]);
    await views.commit([
      { view: VIEW, generation: place?.generation ?? 0, from: place?.position ?? 0, to: await store.head(), changes: new RowChanges(VIEW) },
    ]);
    await ledger.close();
  });

const ENDINGS = ['', '-wal', '-shm'];
const remove = (data: string, file: string): void => ENDINGS.forEach((ending) => rmSync(join(data, file + ending), { force: true }));
const put = (from: string, data: string, file: string): void => {
  remove(data, file);
  cpSync(join(from, file), join(data, file));
};
const alter = (data: string, file: string, sql: string): void => {
  const db = new DatabaseSync(join(data, file));
  db.exec(sql);
  db.close();
};

/** Three learners; the same when it had one; and another broker's. */
const present = join(folder, 'present');
const older = join(folder, 'older');
const stranger = join(folder, 'stranger');
let made = 0;

beforeAll(async () => {
  await work(present);
  cpSync(present, older, { recursive: true });
  await work(present);
  await work(present);
  for (let n = 0; n < 4; n++) await work(stranger);
});

const saidOf = async (arrange: (data: string) => void | Promise<void>, environment?: Readonly<Record<string, string>>): Promise<string> => {
  const data = join(folder, `tried-${++made}`);
  cpSync(present, data, { recursive: true });
  await arrange(data);
  const before = existsSync(join(data, 'log.sqlite'));
  const said = await opened(data, async () => 'opened', environment).catch((cause: unknown) => (cause as Error).message);
  if (said !== 'opened') expect(existsSync(join(data, 'log.sqlite'))).toBe(before);
  return said;
};

const KEEP = ['keys.sqlite', 'quarantine.sqlite', 'access.sqlite'];
const MADE_ANEW = ['views.sqlite', 'feeds.sqlite'];
const RESTORE = 'stop the broker and restore the whole data directory from one backup';

describe('a data directory', () => {
  it('opens when its files belong together, as one that was copied whole does, and an older one that was', async () => {
    expect(await saidOf(() => undefined)).toBe('opened');
    expect(await saidOf((data) => (rmSync(data, { recursive: true }), cpSync(older, data, { recursive: true })))).toBe('opened');
    expect(await saidOf((data) => rmSync(data, { recursive: true }))).toBe('opened');
  });

  it.each([...KEEP, ...MADE_ANEW])('does not open with the %s of another', async (file) => {
    const said = await saidOf((data) => put(stranger, data, file));
    expect(said).toContain(`${file} belongs to another log than the log.sqlite beside it: ${RESTORE}`);
    expect(said.split('\n')).toHaveLength(2);
  });

  it.each([...KEEP, 'feeds.sqlite'])('does not open with an older copy of its %s', async (file) => {
    expect(await saidOf((data) => put(older, data, file))).toMatch(
      new RegExp(`${file} is an older copy: it has had \\d changes, and log.sqlite counts on \\d: ${RESTORE}`),
    );
  });

  it.each(KEEP)('does not open where its %s is gone', async (file) => {
    expect(await saidOf((data) => remove(data, file))).toContain(`${file} is missing, and log.sqlite counts on it: ${RESTORE}`);
    expect(await saidOf((data) => (remove(data, file), cpSync('/dev/null', join(data, file))))).toContain(`${file} is missing`);
  });

  it.each(MADE_ANEW)('opens where its %s is gone: it is made anew, and an older ledger still shows', async (file) => {
    expect(await saidOf((data) => remove(data, file))).toBe('opened');
    const mended = (data: string): Promise<void> => (remove(data, file), work(data));
    expect(await saidOf(mended)).toBe('opened');
    const again = file === 'feeds.sqlite' ? 'feeds.sqlite is an older copy' : 'opened';
    expect(await saidOf(async (data) => (await mended(data), put(older, data, file)))).toContain(again);
  });

  it('opens with older views, which catch up', async () => {
    expect(await saidOf((data) => put(older, data, 'views.sqlite'))).toBe('opened');
  });

  it('does not open without its log, and makes none', async () => {
    const said = await saidOf((data) => remove(data, 'log.sqlite'));
    expect(said).toMatch(
      /log\.sqlite is missing or empty in .*keys\.sqlite, quarantine\.sqlite, access\.sqlite, views\.sqlite, feeds\.sqlite rest on it: restore the whole/,
    );
    expect(await saidOf((data) => (remove(data, 'log.sqlite'), cpSync('/dev/null', join(data, 'log.sqlite'))))).toContain(
      'missing or empty',
    );
  });

  it('does not open with the log of another: every other file says so', async () => {
    const said = await saidOf((data) => put(stranger, data, 'log.sqlite'));
    expect(said.match(/belongs to another log/g)).toHaveLength(5);
  });

  it('does not open with an older copy of its log, whichever other file has seen more', async () => {
    expect(await saidOf((data) => put(older, data, 'log.sqlite'))).toContain(
      'log.sqlite is an older copy: it ends at position 1, and views.sqlite has seen position 3',
    );
    for (const file of KEEP) {
      const others = [...KEEP, ...MADE_ANEW].filter((one) => one !== file);
      const said = await saidOf((data) => ['log.sqlite', ...others].forEach((one) => put(older, data, one)));
      expect(said).toContain(`log.sqlite is an older copy: it ends at position 1, and ${file} has seen position 3`);
    }
  });

  it('does not open with an older copy of its log that went on by itself', async () => {
    const said = await saidOf(async (data) => {
      const apart = join(folder, `apart-${++made}`);
      cpSync(older, apart, { recursive: true });
      for (let n = 0; n < 3; n++) await work(apart);
      put(apart, data, 'log.sqlite');
    });
    expect(said).toContain('log.sqlite is not the log that keys.sqlite has seen: at position 3 it holds another event');
  });

  it('does not open with a log whose end was cut off, by rows or by bytes', async () => {
    expect(await saidOf((data) => alter(data, 'log.sqlite', 'DELETE FROM blocks WHERE first > 2'))).toContain(
      'log.sqlite is an older copy: it ends at position 2',
    );
    expect(await saidOf((data) => truncateSync(join(data, 'log.sqlite'), 16 * 1024))).toMatch(/damaged.*Restore it from a backup/);
  });

  it('does not open with files of a time when they did not say where they belong', async () => {
    expect(await saidOf((data) => alter(data, 'keys.sqlite', 'DROP TABLE custody'))).toContain(
      'keys.sqlite does not say which log it belongs to',
    );
    expect(await saidOf((data) => alter(data, 'log.sqlite', 'PRAGMA user_version = 1'))).toMatch(
      /is of format 1.*begin with an empty data directory/,
    );
  });

  it('does not open with another root key, and makes none where there are keys', async () => {
    const other = Buffer.alloc(32, 8).toString('base64url');
    expect(await saidOf(() => undefined, { CONCORDAT_ROOT_KEY: other })).toContain('were made under another root key');
    const data = join(folder, `tried-${made}`);
    expect(await saidOf(() => undefined, { CONCORDAT_ROOT_KEY: '' })).toContain('There is no root key');
    expect(existsSync(join(data, 'root.key'))).toBe(false);
  });

  it('does not open without the key that it signs with, nor with another', async () => {
    expect(await saidOf((data) => remove(data, 'broker-key.json'))).toMatch(
      /broker-key\.json is missing: restore it from a backup, or run `concordat renew broker-key\.json`/,
    );
    expect(await saidOf((data) => put(stranger, data, 'broker-key.json'))).toContain('is not the key that this broker signs with');
  });

  it('says of each file what to do instead, where anything else is safe', async () => {
    const said = await saidOf((data) => [...KEEP, ...MADE_ANEW].forEach((file) => put(stranger, data, file)));
    const lines = said.split('\n').slice(1);
    expect(lines.map((line) => /concordat renew (\S+)`/.exec(line)?.[1])).toEqual([
      undefined,
      'quarantine.sqlite',
      'access.sqlite',
      'views.sqlite',
      'feeds.sqlite',
    ]);
    for (const line of lines) expect(line).toMatch(/^ {2}\S+ belongs .*\.$/);
  });
});
