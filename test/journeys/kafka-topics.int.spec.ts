// Topics as their operator changes them: deleted and made anew, given partitions, ended by marks of transactions.
import type { Admin, Kafka } from 'kafkajs';
import { describeWithKafka, kafkaForTests, type KafkaForTests } from '../kafka/kafka-for-tests.ts';
import { KafkaTown } from '../kafka/kafka-town.ts';
import { until } from '../until.ts';
import { placeOf } from '../kafka/received-receipts.ts';
import { registration, ulnOf } from './town.ts';

const START_MS = 180_000;
const SPEC_MS = 90_000;
/** New partitions are read by then. */
const PARTITIONS_MS = 30_000;
const CAST = [
  { slug: 'careers', roles: ['connexions'], districts: ['WV1'] },
  { slug: 'forge', roles: ['provider'] },
] as const;

let learners = 0;

describeWithKafka('a topic', () => {
  let kafka: KafkaForTests;
  let client: Kafka;
  let admin: Admin;
  let town: KafkaTown;
  const said: string[] = [];
  beforeAll(async () => {
    kafka = await kafkaForTests();
    client = kafka.client();
    admin = client.admin();
    await admin.connect();
  }, START_MS);
  afterAll(async () => {
    await admin.disconnect();
    await kafka.close();
  });
  beforeEach(async () => {
    said.length = 0;
    town = await KafkaTown.open(kafka, { cast: CAST });
    await town.start(town.node, (line) => void said.push(line));
    await town.receive('careers', 'forge');
  }, START_MS);
  afterEach(() => town.close());

  const topic = (): string => `${town.prefix}.in.careers`;
  const register = (agency: string): Promise<string> => town.send(agency, registration(ulnOf(++learners), `${agency}-${learners}`));
  const receiptOf = async (place: string): Promise<string> => (await town.receiptsAt(place)).map(({ outcome }) => outcome).join();
  const makeAnew = async (): Promise<void> => {
    await admin.deleteTopics({ topics: [topic()] });
    await until(async () => (await town.topicId('careers')) === undefined);
    await admin.createTopics({ topics: [{ topic: topic(), numPartitions: 1, replicationFactor: 1 }], waitForLeaders: true });
  };
  const recorded = async (): Promise<number> =>
    (await town.node.store.readAll({ limit: 1_000_000 })).filter(({ type }) => type === 'uk.concordat.learner.registered.v1').length;

  it(
    'that is deleted and made anew while the broker is stopped is begun at its start, and that is said',
    async () => {
      for (let n = 0; n < 3; n++) expect(await receiptOf(await register('careers'))).toBe('accepted');
      await town.put('careers', 'k', 'poison');
      await until(async () => (await town.node.quarantine.count('waiting')) === 1);
      const before = await recorded();
      const places: string[] = [];
      const meanwhile = async (): Promise<void> => {
        await makeAnew();
        for (let n = 0; n < 4; n++) places.push(await register('careers'));
        await town.put('careers', 'k', 'poison');
        places.push(await register('careers'));
      };
      await town.restart(meanwhile, (line) => void said.push(line));
      expect(await receiptOf(places.at(-1) ?? '')).toBe('accepted');
      expect(await recorded()).toBe(before + 5);
      expect(said).toEqual([`Topic ${topic()} was deleted and made anew since it was last read: partition 0 is read from its start.`]);
      expect(await town.node.quarantine.count('waiting')).toBe(2);
      expect(await town.figures('concordat_kafka_in_topics_made_anew_total{')).toEqual([
        'concordat_kafka_in_topics_made_anew_total{agency="careers"} 1',
      ]);
    },
    SPEC_MS,
  );

  it(
    'that is deleted and made anew while the broker runs is begun at its start, and holds up nobody else',
    async () => {
      expect(await receiptOf(await register('careers'))).toBe('accepted');
      await makeAnew();
      const before = await recorded();
      await register('careers');
      await register('careers');
      expect(await receiptOf(await register('forge'))).toBe('accepted');
      await until(async () => (await recorded()) === before + 3, PARTITIONS_MS);
      expect(said).toHaveLength(1);
    },
    SPEC_MS,
  );

  it(
    'that gets partitions while the broker runs is read in all of them',
    async () => {
      expect(await receiptOf(await register('careers'))).toBe('accepted');
      await admin.createPartitions({ topicPartitions: [{ topic: topic(), count: 3 }] });
      const producer = client.producer();
      await producer.connect();
      const value = await town.town.jws('careers', town.town.event('careers', registration(ulnOf(++learners), `careers-${learners}`)));
      const before = await recorded();
      await producer.send({ topic: topic(), messages: [{ key: 'k', value, partition: 2 }] });
      await producer.disconnect();
      await until(async () => (await recorded()) === before + 1, PARTITIONS_MS);
      expect(await receiptOf(placeOf('careers', '2/0'))).toBe('accepted');
    },
    SPEC_MS,
  );

  it(
    'that ends in the mark of a transaction is taken in to its end: what was taken back is not, and nothing is behind',
    async () => {
      const producer = client.producer({ transactionalId: town.prefix, maxInFlightRequests: 1, idempotent: true });
      await producer.connect();
      const before = await recorded();
      for (const end of ['abort', 'commit', 'abort'] as const) {
        const transaction = await producer.transaction();
        const value = await town.town.jws('careers', town.town.event('careers', registration(ulnOf(++learners), `careers-${learners}`)));
        await transaction.send({ topic: topic(), messages: [{ key: 'k', value, partition: 0 }] });
        await transaction[end]();
      }
      await producer.disconnect();
      expect(await receiptOf(placeOf('careers', '0/2'))).toBe('accepted');
      const [ends] = await admin.fetchTopicOffsets(topic());
      expect(ends?.high).toBe('6');
      await until(async () =>
        (await town.figures('concordat_kafka_in_lag_messages{agency="careers"}')).every((line) => line.endsWith(' 0')),
      );
      expect(await recorded()).toBe(before + 1);
    },
    SPEC_MS,
  );
});
