// Exactly once over Kafka, and feeds that equal reads: a partnership sent undisturbed, and again with everything delivered twice while
// the broker and Kafka are killed. What comes of both must be the same. Larger: test/kafka/partnership-over-kafka.ts.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrokerProcess, freePort, shared } from '../broker-process.ts';
import { describeWithOwnKafka } from '../kafka/kafka-for-tests.ts';
import { KafkaProcess } from '../kafka/kafka-process.ts';
import { makePartnership, type Partnership } from '../kafka/partnership-files.ts';
import { type RunOptions, type RunOutcome, runPartnership } from '../kafka/partnership-run.ts';

const LEARNERS = 24;
const SEED = process.env['CONCORDAT_SEED'] ?? '11';

const present = existsSync(join(shared, 'tools/partnership.mjs'));
if (!present)
  process.stderr.write('\nNOT RUN: a partnership over Kafka needs the public tools in ../shared/tools, which are not there.\n\n');
const whenPresent = present ? describeWithOwnKafka : describe.skip;

whenPresent(`a partnership of ${LEARNERS} learners over Kafka (seed ${SEED})`, () => {
  let folder: string;
  let kafka: KafkaProcess;
  let partnership: Partnership;
  let undisturbed: RunOutcome;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kafka-partnership-'));
    partnership = await makePartnership(join(folder, 'partnership'), SEED, LEARNERS);
    kafka = await KafkaProcess.prepare(join(folder, 'kafka'));
    await kafka.start();
  }, 180_000);
  afterAll(async () => {
    await kafka.kill9();
    rmSync(folder, { recursive: true });
  });

  const run = async (prefix: string, faults?: RunOptions['faults']): Promise<RunOutcome> => {
    const broker = new BrokerProcess(join(folder, prefix), await freePort(), {
      KAFKA_BROKERS: kafka.brokers.join(','),
      KAFKA_TOPIC_PREFIX: prefix,
      // So long the group waits for a broker that was killed.
      KAFKA_SESSION_TIMEOUT: '3000',
    });
    await broker.command('partnership', 'load', partnership.folder);
    await broker.start();
    try {
      return await runPartnership({
        partnership,
        broker,
        brokers: kafka.brokers,
        prefix,
        seed: Number(SEED),
        learnersAtOnce: LEARNERS,
        ...(faults ? { faults } : {}),
      });
    } finally {
      await broker.stop();
    }
  };

  it('gets each receipt once and right, and feeds that show what reads show', async () => {
    undisturbed = await run('undisturbed');
    expect(undisturbed.unreadable).toEqual([]);
    expect(undisturbed.wrongReceipts).toEqual([]);
    expect(undisturbed.wrongFeeds).toEqual([]);
    expect(undisturbed.sent).toBe(partnership.messages.length);
    expect(undisturbed.items).toBeGreaterThan(LEARNERS * 10);
  }, 300_000);

  it('ends the same when everything comes twice and the broker and Kafka are killed', async () => {
    const disturbed = await run('disturbed', { brokerKills: 3, kafkaKills: 1, doubled: true, kafka });
    expect(disturbed.suffered).toHaveLength(4);
    expect(disturbed.unreadable).toEqual([]);
    expect(disturbed.wrongReceipts).toEqual([]);
    expect(disturbed.wrongFeeds).toEqual([]);
    expect(disturbed.sent).toBeGreaterThanOrEqual(2 * partnership.messages.length);
    expect(disturbed.endState).toBe(undisturbed.endState);
  }, 300_000);
});
