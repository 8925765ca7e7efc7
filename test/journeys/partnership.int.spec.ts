// A synthetic partnership sent and read as its agencies would, every receipt and every read compared with what must be.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrokerProcess, freePort, shared, tool } from '../broker-process.ts';

const LEARNERS = 40;
const present = existsSync(join(shared, 'tools/partnership.mjs'));
if (!present)
  process.stderr.write('\nNOT RUN: the partnership journey needs the public tools in ../shared/tools, which are not there.\n\n');

const whenPresent = present ? describe : describe.skip;

whenPresent('a partnership of fifteen agencies', () => {
  let folder: string;
  let broker: BrokerProcess;
  let summary: { readonly messages: number; readonly reads: number };
  const partnership = (): string => join(folder, 'partnership');

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'partnership-'));
    await tool('partnership.mjs', '--out', partnership(), '--seed', '7', '--learners', String(LEARNERS));
    summary = JSON.parse(readFileSync(join(partnership(), 'summary.json'), 'utf8')) as typeof summary;
    broker = new BrokerProcess(join(folder, 'data'), await freePort());
    await broker.command('partnership', 'load', partnership());
    await broker.start();
  }, 60_000);
  afterAll(async () => {
    await broker.stop();
    rmSync(folder, { recursive: true });
  });

  const check = (...more: readonly string[]): Promise<string> =>
    tool('check-partnership.mjs', '--url', broker.url, '--dir', partnership(), ...more);

  it('gets every receipt and every read right', async () => {
    expect(await check()).toContain(`receipts ${summary.messages}/${summary.messages} reads ${summary.reads}/${summary.reads}`);
  }, 120_000);

  it('reads the same right after a kill -9 and restart', async () => {
    await broker.kill();
    await broker.start();
    expect(await check('--reads-only')).toContain(`reads ${summary.reads}/${summary.reads}`);
  }, 120_000);

  it('rebuilds all views to identical content', async () => {
    await broker.stop();
    await expect(broker.command('rebuild', '--verify')).resolves.toMatch(/identical/i);
  }, 60_000);
});
