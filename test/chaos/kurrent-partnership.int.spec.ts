// A partnership on a log in KurrentDB while the broker and the log's server are killed, and while one of two brokers stands still: every
// receipt and every read as on the embedded log without faults. Larger: test/kurrentdb/partnership-on-kurrentdb.ts.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrokerProcess, freePort, type Settings, shared } from '../broker-process.ts';
import { makePartnership, type Partnership } from '../kafka/partnership-files.ts';
import { LogServer } from '../kurrentdb/log-server.ts';
import { endStateAt, type Fault, sendPartnership } from '../kurrentdb/partnership-over-http.ts';

const LEARNERS = 24;
const AT_ONCE = 8;
/** Receipts of the other broker while one stands still. */
const MEANWHILE = 50;
const SEED = process.env['CONCORDAT_SEED'] ?? '11';

const present = existsSync(join(shared, 'tools/partnership.mjs'));
if (!present)
  process.stderr.write(
    '\nNOT RUN: a partnership on KurrentDB under faults needs the public tools in ../shared/tools, which are not there.\n\n',
  );
const whenPresent = present ? describe : describe.skip;

whenPresent(`a partnership of ${LEARNERS} learners on a log in KurrentDB (seed ${SEED})`, () => {
  let folder: string;
  let server: LogServer;
  let partnership: Partnership;
  let undisturbed: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kurrent-partnership-'));
    partnership = await makePartnership(join(folder, 'partnership'), SEED, LEARNERS);
    server = await LogServer.start(join(folder, 'server'));
    process.stdout.write(`PARTNERSHIP: ${server.name}\n`);
    const embedded = await brokerOf('embedded', {});
    await sendPartnership({ partnership, urls: [embedded.url], learnersAtOnce: AT_ONCE });
    undisturbed = await endStateAt(embedded.url, partnership);
    await embedded.stop();
  }, 600_000);
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const brokerOf = async (name: string, settings: Settings): Promise<BrokerProcess> => {
    const broker = new BrokerProcess(join(folder, name), await freePort(), { CONCORDAT_RATE_LIMIT: '1000000000', ...settings });
    await broker.command('partnership', 'load', partnership.folder);
    await broker.start();
    return broker;
  };

  it('ends as on the embedded log when broker and server are killed', async () => {
    const broker = await brokerOf('killed', server.settings());
    const kills: readonly Fault[] = [() => broker.restart(), () => server.restart(), () => broker.restart(), () => server.restart()];
    const sent = await sendPartnership({ partnership, urls: [broker.url], learnersAtOnce: AT_ONCE, faults: kills });
    expect(sent.wrongReceipts).toEqual([]);
    expect(sent.resent).toBeGreaterThan(0);
    expect(await endStateAt(broker.url, partnership)).toBe(undisturbed);
    await broker.stop();
    await expect(broker.command('rebuild', '--verify')).resolves.toMatch(/identical/i);
  }, 600_000);

  it('ends the same on two brokers of one data directory, of which one stands still in its work and goes on', async () => {
    const settings = server.settings();
    const broker = await brokerOf('two', settings);
    const other = new BrokerProcess(broker.data, await freePort(), {
      ...settings,
      CONCORDAT_RATE_LIMIT: '1000000000',
      CONCORDAT_ISSUER: broker.url,
    });
    await other.start();
    let goneOn = 0;
    const standStill: Fault = async ({ answered, unanswered }) => {
      process.kill(other.pid, 'SIGSTOP');
      // It may hold a file that both use: then the other says so after a while, and nothing is lost either.
      await Promise.race([answered(MEANWHILE).then(() => void goneOn++), unanswered()]);
      process.kill(other.pid, 'SIGCONT');
    };
    const urls = [broker.url, other.url];
    const sent = await sendPartnership({
      partnership,
      urls,
      learnersAtOnce: AT_ONCE,
      faults: [standStill, standStill, standStill, standStill],
    });
    expect(sent.wrongReceipts).toEqual([]);
    expect(goneOn).toBeGreaterThan(0);
    expect(await endStateAt(other.url, partnership)).toBe(undisturbed);
    await Promise.all([broker.stop(), other.stop()]);
    await expect(broker.command('rebuild', '--verify')).resolves.toMatch(/identical/i);
  }, 600_000);
});
