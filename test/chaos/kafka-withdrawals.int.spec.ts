// Invariant 6 over Kafka: once a withdrawal's receipt is there, no record that shows what it forbids is appended to a feed; also while
// the broker is killed, and while Kafka stands still now and then, so that records are on their way for long. Kafka stamps each record
// when it appends it, on the clock of this machine.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { BrokerProcess, freePort } from '../broker-process.ts';
import { AgencyOutbox } from '../kafka/agency-outbox.ts';
import { castIn } from '../kafka/cast.ts';
import { FeedCopies } from '../kafka/feed-copy.ts';
import { describeWithOwnKafka } from '../kafka/kafka-for-tests.ts';
import { KafkaProcess } from '../kafka/kafka-process.ts';
import { brokerKeys, ReceivedReceipts } from '../kafka/received-receipts.ts';
import { prepareRace, race, type RaceParts, shownTooLate, timesShown } from '../kafka/withdrawal-race.ts';
import { chance } from './told-by-id.ts';

const LEARNERS = Number(process.env['CONCORDAT_RACE_LEARNERS'] ?? 20);
const ROUNDS = Number(process.env['CONCORDAT_RACE_ROUNDS'] ?? 4);
const KILLS = 2;
/** At most; requests to Kafka have longer. */
const STALL_MS = 500;
const SEED = Number(process.env['CONCORDAT_SEED'] ?? 11);
const PREFIX = 'race';

describeWithOwnKafka(`${LEARNERS * ROUNDS} withdrawals raced against feeds (seed ${SEED})`, () => {
  let folder: string;
  let kafka: KafkaProcess;
  let broker: BrokerProcess;
  let parts: RaceParts;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kafka-withdrawals-'));
    kafka = await KafkaProcess.prepare(join(folder, 'kafka'));
    await kafka.start();
    const cast = await castIn(join(folder, 'cast'));
    broker = new BrokerProcess(join(folder, 'data'), await freePort(), {
      KAFKA_BROKERS: kafka.brokers.join(','),
      KAFKA_TOPIC_PREFIX: PREFIX,
    });
    await broker.command('partnership', 'load', join(folder, 'cast'));
    await broker.start();
    const through = { brokers: kafka.brokers, prefix: PREFIX };
    parts = {
      url: broker.url,
      prefix: PREFIX,
      careers: cast[0],
      forge: cast[1],
      outbox: new AgencyOutbox(kafka.brokers),
      received: await ReceivedReceipts.of(
        through,
        cast.map(({ slug }) => slug),
        broker.url,
      ),
      feeds: await FeedCopies.of(through, cast, await brokerKeys(broker.url)),
      random: chance(SEED),
    };
    await prepareRace(parts, LEARNERS);
  }, 180_000);
  afterAll(async () => {
    await Promise.all([parts.outbox.close(), parts.received.close(), parts.feeds.close()]);
    await broker.stop();
    await kafka.kill9();
    rmSync(folder, { recursive: true });
  });

  let over = 0;

  /** Each after a further share of the rounds. */
  const killAlong = async (): Promise<void> => {
    for (let kill = 1; kill <= KILLS; kill++) {
      while (over < (LEARNERS * ROUNDS * kill) / (KILLS + 1)) await pause(5);
      await broker.kill();
      await broker.start();
    }
  };

  /** Until the race is over. */
  const stallAlong = async (over: Promise<unknown>): Promise<void> => {
    let racing = true;
    void over.finally(() => (racing = false));
    while (racing) {
      await kafka.stall(STALL_MS * parts.random());
      await pause(STALL_MS * parts.random());
    }
  };

  it('show nothing after the receipt', async () => {
    const racing = race(parts, LEARNERS, ROUNDS, () => over++);
    const [withdrawn] = await Promise.all([racing, killAlong(), stallAlong(racing)]);
    expect(parts.feeds.faults).toEqual([]);
    expect(withdrawn).toHaveLength(LEARNERS * ROUNDS);
    expect(timesShown(parts)).toBeGreaterThan(withdrawn.length / 4);
    expect(shownTooLate(parts, withdrawn)).toEqual([]);
  }, 300_000);
});
