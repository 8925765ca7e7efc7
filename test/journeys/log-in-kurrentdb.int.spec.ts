// A partnership on a broker whose log is in KurrentDB: every receipt and every read as on the embedded log, through kill -9 and a lost
// replica. A server that is away: log-server-away.int.spec.ts.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrokerProcess, freePort, shared, tool } from '../broker-process.ts';
import { LogServer } from '../kurrentdb/log-server.ts';

const LEARNERS = 36;
const present = existsSync(join(shared, 'tools/partnership.mjs'));
if (!present)
  process.stderr.write('\nNOT RUN: the partnership on KurrentDB needs the public tools in ../shared/tools, which are not there.\n\n');

const whenPresent = present ? describe : describe.skip;

whenPresent('a partnership whose log is in KurrentDB', () => {
  let folder: string;
  let server: LogServer;
  let broker: BrokerProcess;
  let summary: { readonly messages: number; readonly reads: number };
  const partnership = (): string => join(folder, 'partnership');

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'log-in-kurrentdb-'));
    server = await LogServer.start(join(folder, 'server'));
    process.stdout.write(`JOURNEY: ${server.name}\n`);
    await tool('partnership.mjs', '--out', partnership(), '--seed', '7', '--learners', String(LEARNERS));
    summary = JSON.parse(readFileSync(join(partnership(), 'summary.json'), 'utf8')) as typeof summary;
    broker = new BrokerProcess(join(folder, 'data'), await freePort(), server.settings());
    await broker.command('partnership', 'load', partnership());
    await broker.start();
  }, 240_000);
  afterAll(async () => {
    await broker.stop();
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const check = (...more: readonly string[]): Promise<string> =>
    tool('check-partnership.mjs', '--url', broker.url, '--dir', partnership(), ...more);
  const readsAreRight = async (): Promise<void> => expect(await check('--reads-only')).toContain(`reads ${summary.reads}/${summary.reads}`);
  const removeLog = (...files: readonly string[]): void => {
    for (const file of files) for (const ending of ['', '-wal', '-shm']) rmSync(join(broker.data, file + ending), { force: true });
  };

  it('gets every receipt and every read right', async () => {
    expect(await check()).toContain(`receipts ${summary.messages}/${summary.messages} reads ${summary.reads}/${summary.reads}`);
  }, 400_000);

  it('reads the same right after a kill -9 and restart', async () => {
    await broker.kill();
    await broker.start();
    await readsAreRight();
  }, 240_000);

  it('reads the same right with a replica made anew from the stream', async () => {
    await broker.kill();
    removeLog('log.sqlite');
    await broker.start();
    await readsAreRight();
  }, 240_000);

  it('does not start on keys that are older than the stream counts on', async () => {
    await broker.stop();
    removeLog('log.sqlite', 'quarantine.sqlite');
    await expect(broker.start()).rejects.toThrow(/quarantine.sqlite is missing, and log.sqlite counts on it/);
    await broker.command('renew', 'quarantine.sqlite');
    await broker.start();
  }, 240_000);

  it('takes commands beside the broker that serves', async () => {
    expect(await broker.command('agency', 'list')).toContain('wulfrun-college');
    await broker.command('clock');
  }, 60_000);

  it('rebuilds all views to identical content', async () => {
    await broker.stop();
    await expect(broker.command('rebuild', '--verify')).resolves.toMatch(/identical/i);
  }, 60_000);
});
