// Mixed faults for as long as asked: partnerships over Kafka one after another, each on a new broker, each with every kind of fault at
// moments drawn from the seed. The checker finds what was lost, doubled, inverted within a learner, or shown that must not be. Needs the
// built program and the public tools.   npm run soak -- [--minutes 30] [--seed 1] [--learners 60] Ends with 0 only when nothing was found.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from '../bench/row.ts';
import { BrokerProcess, freePort } from '../broker-process.ts';
import { FAULT_KINDS, type Faults, type Suffered } from './faults.ts';
import { KafkaProcess } from './kafka-process.ts';
import { makePartnership } from './partnership-files.ts';
import { type RunOutcome, runPartnership } from './partnership-run.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    learners: { type: 'string', default: '60' },
  },
});
const FAULTS: Faults = { brokerKills: 3, brokerStops: 2, kafkaKills: 1, kafkaStalls: 2, logLocks: 2, keyLocks: 1, doubled: true };
const folder = mkdtempSync(join(tmpdir(), 'soak-'));
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const round = async (seed: number, kafka: KafkaProcess): Promise<RunOutcome> => {
  const prefix = `soak-${seed}`;
  const partnership = await makePartnership(join(folder, `partnership-${seed}`), String(seed), Number(values.learners));
  const settings = { KAFKA_BROKERS: kafka.brokers.join(','), KAFKA_TOPIC_PREFIX: prefix, KAFKA_SESSION_TIMEOUT: '3000' };
  const broker = new BrokerProcess(join(folder, prefix), await freePort(), settings);
  await broker.command('partnership', 'load', partnership.folder);
  await broker.start();
  try {
    return await runPartnership({
      partnership,
      broker,
      brokers: kafka.brokers,
      prefix,
      seed,
      learnersAtOnce: 64,
      faults: { ...FAULTS, kafka },
    });
  } finally {
    await broker.stop();
    rmSync(broker.data, { recursive: true });
  }
};

const recovery = (suffered: readonly Suffered[]): readonly string[] =>
  FAULT_KINDS.flatMap((kind) => {
    const times = suffered.filter((one) => one.kind === kind).map(({ recoveredMs }) => recoveredMs);
    return times.length === 0
      ? []
      : [`${kind}: ${times.length}, next receipt after ${median(times)} ms (median), ${Math.max(...times)} ms (longest)`];
  });

const kafka = await KafkaProcess.prepare(join(folder, 'kafka'));
await kafka.start();
const end = Date.now() + Number(values.minutes) * 60_000;
const suffered: Suffered[] = [];
let [wrong, sent, items, rounds] = [0, 0, 0, 0];
try {
  for (let seed = Number(values.seed); Date.now() < end; seed++) {
    const outcome = await round(seed, kafka);
    const found = [...outcome.wrongReceipts, ...outcome.wrongFeeds, ...outcome.unreadable];
    for (const line of found.slice(0, 20)) say(line);
    suffered.push(...outcome.suffered);
    [wrong, sent, items, rounds] = [wrong + found.length, sent + outcome.sent, items + outcome.items, rounds + 1];
    say(
      `seed ${seed}: ${outcome.sent} messages, ${outcome.items} items on the feeds, ${outcome.suffered.length} faults, ${found.length} wrong`,
    );
  }
  for (const line of recovery(suffered)) say(line);
  say(`${rounds} rounds, ${sent} messages, ${items} items, ${suffered.length} faults: ${wrong} wrong`);
  process.exitCode = wrong === 0 ? 0 : 1;
} finally {
  await kafka.kill9();
  rmSync(folder, { recursive: true });
}
