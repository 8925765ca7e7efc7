// A synthetic partnership over real Kafka, every receipt and every feed compared with what must be; with faults, beside a run without.
// Needs the built program and the public tools.
//   npm run partnership-over-kafka -- [--learners 200] [--seed 1] [--at-once 256] [--broker-kills 20] [--kafka-kills 5] [--doubled]
// Ends with 0 only when all receipts and feeds are right and, with faults, the end state is that of the run without.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BrokerProcess, freePort } from '../broker-process.ts';
import type { Faults } from './faults.ts';
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
    doubled: { type: 'boolean', default: false },
  },
});
const faults: Faults = { brokerKills: Number(values['broker-kills']), kafkaKills: Number(values['kafka-kills']), doubled: values.doubled };
const withFaults = faults.doubled || faults.brokerKills + faults.kafkaKills > 0;
const folder = mkdtempSync(join(tmpdir(), 'partnership-over-kafka-'));
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const run = async (name: string, partnership: Partnership, kafka: KafkaProcess, suffered?: Faults): Promise<RunOutcome> => {
  const prefix = name.replaceAll(' ', '-');
  const broker = new BrokerProcess(join(folder, prefix), await freePort(), {
    KAFKA_BROKERS: kafka.brokers.join(','),
    KAFKA_TOPIC_PREFIX: prefix,
    // So long the group waits for a broker that was killed.
    KAFKA_SESSION_TIMEOUT: '3000',
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
      ...(suffered === undefined ? {} : { faults: { ...suffered, kafka } }),
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
  const plain = await run('without faults', partnership, kafka);
  const faulty = withFaults ? await run('with faults', partnership, kafka, faults) : plain;
  const same = plain.endState === faulty.endState;
  if (withFaults) say(same ? 'both end the same' : 'they end differently');
  process.exitCode = isRight(plain) && isRight(faulty) && same ? 0 : 1;
} finally {
  await kafka.kill9();
  rmSync(folder, { recursive: true });
}
