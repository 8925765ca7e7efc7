// A synthetic partnership over real Kafka, every receipt and every feed compared with what must be; with faults, or with the log in
// KurrentDB, beside a run without faults on the embedded log. Needs the built program and the public tools.
//   npm run partnership-over-kafka -- [--learners 200] [--seed 1] [--at-once 256] [--broker-kills 20] [--kafka-kills 5] [--doubled]
//     [--store kurrentdb] [--server-kills 5]   (the stand-in as a process, or the server of KURRENTDB_URL, which is not killed)
// Ends with 0 only when all receipts and feeds are right and both runs come to the same end state.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BrokerProcess, freePort } from '../broker-process.ts';
import { LogServer } from '../kurrentdb/log-server.ts';
import { FAULT_KINDS, type Faults } from './faults.ts';
import { KafkaProcess } from './kafka-process.ts';
import { makePartnership, type Partnership } from './partnership-files.ts';
import { type RunOutcome, runPartnership } from './partnership-run.ts';

const { values } = parseArgs({
  options: {
    learners: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    'at-once': { type: 'string', default: '256' },
    'broker-kills': { type: 'string', default: '0' },
    'kafka-kills': { type: 'string', default: '0' },
    'server-kills': { type: 'string', default: '0' },
    doubled: { type: 'boolean', default: false },
    store: { type: 'string', default: 'sqlite' },
  },
});
const inKurrentDb = values.store === 'kurrentdb';
const folder = mkdtempSync(join(tmpdir(), 'partnership-over-kafka-'));
const server = inKurrentDb ? await LogServer.start(join(folder, 'server')) : undefined;
const faults: Faults = {
  brokerKills: Number(values['broker-kills']),
  kafkaKills: Number(values['kafka-kills']),
  serverKills: server?.canBeKilled === true ? Number(values['server-kills']) : 0,
  doubled: values.doubled,
};
const withFaults = faults.doubled || FAULT_KINDS.some((kind) => (faults[kind] ?? 0) > 0);
const say = (text: string): void => void process.stdout.write(`${text}\n`);

interface Running {
  readonly partnership: Partnership;
  readonly kafka: KafkaProcess;
  readonly server?: LogServer | undefined;
  readonly suffered?: Faults | undefined;
}

const run = async (name: string, { partnership, kafka, server: keepsLog, suffered }: Running): Promise<RunOutcome> => {
  const prefix = name.replaceAll(' ', '-');
  const broker = new BrokerProcess(join(folder, prefix), await freePort(), {
    KAFKA_BROKERS: kafka.brokers.join(','),
    KAFKA_TOPIC_PREFIX: prefix,
    // So long the group waits for a broker that was killed.
    KAFKA_SESSION_TIMEOUT: '3000',
    ...keepsLog?.settings(),
  });
  await broker.command('partnership', 'load', partnership.folder);
  await broker.start();
  try {
    const outcome = await runPartnership({
      partnership,
      broker,
      brokers: kafka.brokers,
      prefix,
      seed: Number(values.seed),
      learnersAtOnce: Number(values['at-once']),
      ...(suffered === undefined ? {} : { faults: { ...suffered, kafka, ...(keepsLog && { server: keepsLog }) } }),
    });
    report(name, outcome);
    return outcome;
  } finally {
    await broker.stop();
  }
};

const report = (
  name: string,
  { wrongReceipts, wrongFeeds, unreadable, endState, sent, items, sendSeconds, feedSeconds, suffered }: RunOutcome,
): void => {
  for (const line of [...wrongReceipts.slice(0, 20), ...wrongFeeds.slice(0, 20), ...wrongFeeds.slice(-6), ...unreadable.slice(0, 20)])
    say(line);
  const rate = (sent / sendSeconds).toFixed(0);
  say(
    `${name}: ${sent} messages answered in ${sendSeconds.toFixed(1)} s (${rate}/s), ${items} items on the feeds, right ${feedSeconds.toFixed(1)} s after the reads, ${suffered.length} kills`,
  );
  say(`wrong receipts ${wrongReceipts.length}, wrong items ${wrongFeeds.length}, unreadable ${unreadable.length}, end state ${endState}`);
};

const isRight = ({ wrongReceipts, wrongFeeds, unreadable }: RunOutcome): boolean =>
  wrongReceipts.length + wrongFeeds.length + unreadable.length === 0;

const kafka = await KafkaProcess.prepare(join(folder, 'kafka'));
await kafka.start();
try {
  const partnership = await makePartnership(join(folder, 'partnership'), values.seed, Number(values.learners));
  const plain = await run('without faults', { partnership, kafka });
  const name = [...(server ? ['in KurrentDB'] : []), ...(withFaults ? ['with faults'] : [])].join(' ');
  if (server) say(`the log's server: ${server.name}`);
  const other = name === '' ? plain : await run(name, { partnership, kafka, server, suffered: withFaults ? faults : undefined });
  const same = plain.endState === other.endState;
  if (other !== plain) say(same ? 'both end the same' : 'they end differently');
  process.exitCode = isRight(plain) && isRight(other) && same ? 0 : 1;
} finally {
  await kafka.kill9();
  await server?.stop();
  rmSync(folder, { recursive: true });
}
