// A synthetic partnership over HTTP on a broker whose log is in KurrentDB, killed on the way with the log's server, beside a run on the
// embedded log without faults: every receipt and every read right, and both end the same. Needs the built program and the public tools.
//   npm run partnership-on-kurrentdb -- [--learners 200] [--seed 1] [--at-once 16] [--broker-kills 3] [--server-kills 3]
// The server is the stand-in, in a process of its own; or that of KURRENTDB_URL, which is not killed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BrokerProcess, freePort, type Settings, tool } from '../broker-process.ts';
import { makePartnership } from '../kafka/partnership-files.ts';
import { LogServer } from './log-server.ts';
import { endStateAt, type Fault, type HttpOutcome, sendPartnership } from './partnership-over-http.ts';

const { values } = parseArgs({
  options: {
    learners: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    'at-once': { type: 'string', default: '16' },
    'broker-kills': { type: 'string', default: '3' },
    'server-kills': { type: 'string', default: '3' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'partnership-on-kurrentdb-'));
const say = (text: string): void => void process.stdout.write(`${text}\n`);

interface Ended extends HttpOutcome {
  readonly reads: string;
  readonly endState: string;
}

const partnership = await makePartnership(join(folder, 'partnership'), values.seed, Number(values.learners));

const run = async (name: string, settings: Settings, faultsOf: (broker: BrokerProcess) => readonly Fault[]): Promise<Ended> => {
  const broker = new BrokerProcess(join(folder, name), await freePort(), { CONCORDAT_RATE_LIMIT: '1000000000', ...settings });
  await broker.command('partnership', 'load', partnership.folder);
  await broker.start();
  try {
    const faults = faultsOf(broker);
    const sent = await sendPartnership({ partnership, urls: [broker.url], learnersAtOnce: Number(values['at-once']), faults });
    for (const line of sent.wrongReceipts.slice(0, 20)) say(line);
    const rate = (partnership.messages.length / sent.seconds).toFixed(0);
    say(
      `${name}: ${partnership.messages.length} messages in ${sent.seconds.toFixed(1)} s (${rate}/s), ${faults.length} kills, ${sent.resent} sent again`,
    );
    const printed = await tool('check-partnership.mjs', '--url', broker.url, '--dir', partnership.folder, '--reads-only');
    const reads = printed.trim().split('\n').at(-1) ?? '';
    const endState = await endStateAt(broker.url, partnership);
    say(`${name}: wrong receipts ${sent.wrongReceipts.length}, ${reads}, end state ${endState}`);
    return { ...sent, reads, endState };
  } finally {
    await broker.stop();
  }
};

/** Of two kinds of kill in turn, as long as there are any. */
const inTurn = (ones: readonly Fault[], others: readonly Fault[]): readonly Fault[] =>
  Array.from({ length: Math.max(ones.length, others.length) }, (_, n) => [ones[n], others[n]])
    .flat()
    .filter((fault) => fault !== undefined);

const isRight = ({ wrongReceipts, reads }: Ended): boolean => {
  const [, right, all] = /reads (\d+)\/(\d+)/.exec(reads) ?? [];
  return wrongReceipts.length === 0 && right !== undefined && right === all;
};

const server = await LogServer.start(join(folder, 'server'));
say(`the log's server: ${server.name}`);
try {
  const embedded = await run('sqlite', {}, () => []);
  const remote = await run('kurrentdb', server.settings(), (broker) =>
    inTurn(
      Array.from({ length: Number(values['broker-kills']) }, () => () => broker.restart()),
      Array.from({ length: server.canBeKilled ? Number(values['server-kills']) : 0 }, () => () => server.restart()),
    ),
  );
  const same = embedded.endState === remote.endState;
  say(same ? 'both end the same' : 'they end differently');
  process.exitCode = isRight(embedded) && isRight(remote) && same ? 0 : 1;
} finally {
  await server.stop();
  rmSync(folder, { recursive: true });
}
