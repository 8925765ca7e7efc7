// What the broker and the command line write is their owner's alone, whatever the shell that started them allows.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteUsedAssertions } from '#access/sqlite';
import { SqliteCopy } from '#client/sqlite';
import { SqliteFeedLedger } from '#egress/sqlite';
import { SqliteEventStore } from '#event-store/sqlite';
import { systemClock } from '#kernel';
import { loadRootKey, rootKeyOf } from '#privacy';
import { SqliteVault } from '#privacy/sqlite';
import { SqliteViewStore } from '#read-models/sqlite';
import { SqliteQuarantine } from '#quarantine/sqlite';
import { loadBrokerIdentity } from '../../apps/broker/broker-identity.ts';
import { freePort, root } from '../broker-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'modes-'));
const data = join(folder, 'made', 'data');
const CLI = join(root, 'dist/apps/cli/main.js');
const environment = { ...process.env, NODE_OPTIONS: '', KAFKA_BROKERS: '', CONCORDAT_DATA: data, PORT: String(await freePort()) };
const openly = (...words: readonly string[]) =>
  spawn('sh', ['-c', 'umask 0; exec "$0" "$@"', process.execPath, CLI, ...words], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
const command = async (...words: readonly string[]): Promise<unknown> => {
  const child = openly(...words);
  child.stdout.resume();
  child.stderr.resume();
  return (await once(child, 'exit'))[0];
};

/** Of all that lies below, its path and mode, where others may do anything with it. */
const openToOthers = (directory: string): readonly string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => [name, statSync(join(directory, name)).mode & 0o777] as const)
    .filter(([, mode]) => (mode & 0o077) !== 0)
    .map(([name, mode]) => `${name} ${mode.toString(8)}`);

afterAll(() => rmSync(folder, { recursive: true }));

describe('files made under a umask of 0', () => {
  it('by commands and a broker that serves are open to nobody else', async () => {
    const keys = join(folder, 'keys', 'forge');
    expect(await command('keygen', '--out', keys)).toBe(0);
    expect(
      await command(
        'agency',
        'add',
        '--slug',
        'forge',
        '--role',
        'provider',
        '--name',
        'Forge',
        '--signing-key',
        join(keys, 'signing-public.json'),
      ),
    ).toBe(0);
    const broker = openly('serve');
    await once(broker.stdout, 'data');
    expect((await fetch(`http://127.0.0.1:${environment.PORT}/health/ready`)).status).toBe(200);
    await fetch(`http://127.0.0.1:${environment.PORT}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/jose' },
      body: 'rubbish',
    });
    const written = readdirSync(data);
    expect(written).toEqual(
      expect.arrayContaining([
        'log.sqlite',
        'log.sqlite-wal',
        'keys.sqlite',
        'quarantine.sqlite',
        'quarantine.sqlite-wal',
        'access.sqlite',
        'views.sqlite',
        'root.key',
        'broker-key.json',
      ]),
    );
    expect(openToOthers(folder)).toEqual([]);
    broker.kill('SIGTERM');
    await once(broker, 'exit');
    expect(openToOthers(folder)).toEqual([]);
  }, 120_000);
});

describe('each kind of file under a umask of 0', () => {
  const key = rootKeyOf(Buffer.alloc(32, 3));
  const at = (name: string): string => join(folder, name);
  const vault = (): SqliteVault => new SqliteVault({ file: at('vault.sqlite'), rootKey: key });

  it.each<readonly [string, () => unknown]>([
    ['log.sqlite', async () => SqliteEventStore.open({ file: at('log.sqlite'), clock: systemClock }).close()],
    ['deeper/log.sqlite', async () => SqliteEventStore.open({ file: at('deeper/log.sqlite'), clock: systemClock }).close()],
    ['vault.sqlite', async () => vault().close()],
    ['views.sqlite', async () => new SqliteViewStore({ file: at('views.sqlite') }).close()],
    ['quarantine.sqlite', async () => new SqliteQuarantine(at('quarantine.sqlite'), vault()).close()],
    ['access.sqlite', async () => new SqliteUsedAssertions(at('access.sqlite'), systemClock).close()],
    ['feeds.sqlite', async () => SqliteFeedLedger.open(at('feeds.sqlite')).close()],
    ['copy.sqlite', async () => new SqliteCopy(at('copy.sqlite')).close()],
    ['root.key', () => loadRootKey({ file: at('root.key'), create: true })],
    ['broker-key.json', async () => loadBrokerIdentity(at('broker-key.json'), 'http://127.0.0.1')],
  ])('%s is 600, its folder 700', async (name, make) => {
    const before = process.umask(0);
    try {
      await make();
    } finally {
      process.umask(before);
    }
    expect(existsSync(at(name))).toBe(true);
    expect(openToOthers(folder)).toEqual([]);
  });

  it('a quarantine that others could read is closed to them', async () => {
    writeFileSync(at('old.sqlite'), '', { mode: 0o644 });
    await new SqliteQuarantine(at('old.sqlite'), vault()).close();
    expect(statSync(at('old.sqlite')).mode & 0o777).toBe(0o600);
  });
});
