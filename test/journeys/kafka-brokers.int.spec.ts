// Brokers over Kafka as they come and go: whoever has a partition, each message is recorded once and answered once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AgencySlug } from '#kernel';
import { describeWithKafka, describeWithOwnKafka, kafkaForTests, type KafkaForTests } from '../kafka/kafka-for-tests.ts';
import { KafkaProcess } from '../kafka/kafka-process.ts';
import { KafkaTown } from '../kafka/kafka-town.ts';
import { until } from '../until.ts';
import { registration, ulnOf } from './town.ts';

const START_MS = 180_000;
const SPEC_MS = 60_000;
/** All goes on so soon after Kafka is back. */
const BACK_MS = 10_000;
const CAST = [
  { slug: 'careers', roles: ['connexions'], districts: ['WV1'] },
  { slug: 'careers-south', roles: ['connexions'], districts: ['B1'] },
  { slug: 'forge', roles: ['provider'] },
] as const;

let learners = 0;

/** So many registrations by each; gives the places of the messages. */
const register = async (town: KafkaTown, agencies: readonly AgencySlug[], count: number): Promise<readonly string[]> => {
  const places: string[] = [];
  for (let n = 0; n < count; n++)
    for (const slug of agencies) places.push(await town.send(slug, registration(ulnOf(++learners), `${slug}-${learners}`)));
  return places;
};

const registered = async (town: KafkaTown): Promise<number> =>
  (await town.node.store.readAll({ limit: 1_000_000 })).filter(({ type }) => type === 'uk.concordat.learner.registered.v1').length;

describeWithKafka('brokers over one Kafka', () => {
  let kafka: KafkaForTests;
  let town: KafkaTown;
  beforeAll(async () => {
    kafka = await kafkaForTests();
  }, START_MS);
  afterAll(() => kafka.close());
  beforeEach(async () => {
    town = await KafkaTown.open(kafka, { cast: CAST });
  }, START_MS);
  afterEach(() => town.close());

  it(
    'share the partitions of one log, and take them over from each other',
    async () => {
      const agencies = ['careers', 'careers-south'];
      const first = await town.start();
      const received = await town.receive(...agencies);
      const places = [...(await register(town, agencies, 5))];
      const other = await town.another();
      const second = await town.start(other);
      places.push(...(await register(town, agencies, 20)));
      await until(() => places.every((place) => received.at(place).length > 0));
      await first.close();
      places.push(...(await register(town, agencies, 10)));
      await until(() => places.every((place) => received.at(place).length > 0));
      await second.close();
      await other.close();
      expect(places.map((place) => received.at(place).flatMap(({ receipts }) => receipts.map(({ outcome }) => outcome)))).toEqual(
        places.map(() => ['accepted']),
      );
      expect(await registered(town)).toBe(places.length);
    },
    SPEC_MS,
  );

  it(
    'that stop answer what they have recorded, and leave the rest to the next',
    async () => {
      const first = await town.start();
      const received = await town.receive('careers');
      const sent = register(town, ['careers'], 150);
      await until(async () => (await registered(town)) > 20);
      const began = performance.now();
      await first.close();
      expect(performance.now() - began).toBeLessThan(10_000);
      const recorded = await registered(town);
      const places = await sent;
      await until(() => received.count === recorded);
      const other = await town.another();
      const next = await town.start(other);
      await until(() => received.count === places.length);
      expect(places.map((place) => received.at(place).length)).toEqual(places.map(() => 1));
      expect(await registered(town)).toBe(places.length);
      await next.close();
      await other.close();
    },
    SPEC_MS,
  );

  it(
    'whose disk takes no events wait, say so, and go on by themselves',
    async () => {
      await town.start();
      const received = await town.receive('careers');
      await register(town, ['careers'], 1);
      const disk = new DatabaseSync(join(town.town.data, 'log.sqlite'));
      disk.exec("CREATE TRIGGER full BEFORE INSERT ON blocks BEGIN SELECT RAISE(ABORT, 'full'); END");
      const places = await register(town, ['careers'], 3);
      await until(async () => (await town.node.metrics.registry.metrics()).includes('concordat_kafka_in_faults_total{code="unavailable"}'));
      expect(places.flatMap((place) => received.at(place))).toEqual([]);
      disk.exec('DROP TRIGGER full');
      disk.close();
      for (const place of places) expect(await town.receiptsAt(place)).toMatchObject([{ outcome: 'accepted' }]);
    },
    SPEC_MS,
  );
});

describeWithOwnKafka('a broker whose Kafka', () => {
  it(
    'is not there at first, or goes away, is not ready, and goes on when it is back',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'kafka-'));
      const kafka = await KafkaProcess.prepare(folder);
      const town = await KafkaTown.open({ brokers: kafka.brokers, prefix: () => 'away' }, { cast: CAST });
      const broker = town.begin();
      const reasons = async (): Promise<readonly string[]> => (await town.node.readiness.readiness()).reasons.map(({ check }) => check);
      await until(async () => (await reasons()).includes('kafka'));
      await kafka.start();
      await until(() => broker.isReady);
      const received = await town.receive('careers');
      const before = await register(town, ['careers'], 3);
      await until(() => before.every((place) => received.at(place).length > 0));
      await kafka.kill9();
      await until(async () => (await reasons()).includes('kafka'));
      const meanwhile = await town.town.tell('careers', registration(ulnOf(++learners), `careers-${learners}`));
      expect(meanwhile).toMatchObject([{ outcome: 'accepted' }]);
      await kafka.start();
      await until(() => broker.isReady, BACK_MS);
      const after = await register(town, ['careers'], 3);
      await until(() => after.every((place) => received.at(place).length > 0));
      expect([...before, ...after].map((place) => received.at(place).length)).toEqual(Array.from({ length: 6 }, () => 1));
      await town.close();
      await kafka.kill9();
      rmSync(folder, { recursive: true });
    },
    START_MS,
  );
});
