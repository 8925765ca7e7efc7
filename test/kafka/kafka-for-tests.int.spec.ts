// The Kafka that specs run against, and that it bears what chaos does to it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { describeWithKafka, describeWithOwnKafka, kafkaForTests } from './kafka-for-tests.ts';
import { KafkaProcess } from './kafka-process.ts';

const START_MS = 180_000;

const valuesIn = async (kafka: Kafka, topic: string, count: number): Promise<readonly string[]> => {
  const consumer = kafka.consumer({ groupId: `${topic}-readers` });
  const values: string[] = [];
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    const eachMessage = ({ message }: { readonly message: { readonly value: Buffer | null } }): Promise<void> => {
      values.push(String(message.value));
      if (values.length === count) resolve();
      return Promise.resolve();
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.disconnect();
  return values;
};

const produce = async (kafka: Kafka, topic: string, values: readonly string[]): Promise<void> => {
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic, messages: values.map((value) => ({ key: 'k', value })) });
  await producer.disconnect();
};

const create = async (kafka: Kafka, topic: string): Promise<void> => {
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 1, replicationFactor: 1 }], waitForLeaders: true });
  await admin.disconnect();
};

describeWithKafka('the Kafka that specs share', () => {
  it(
    'is one for all, with a prefix for each',
    async () => {
      const [one, other] = await Promise.all([kafkaForTests(), kafkaForTests()]);
      expect(one.brokers).toEqual(other.brokers);
      expect(one.prefix()).not.toBe(other.prefix());
      await Promise.all([one.close(), other.close()]);
    },
    START_MS,
  );

  it(
    'gives back what was produced, in order',
    async () => {
      const shared = await kafkaForTests();
      const topic = `${shared.prefix()}.in.forge`;
      await create(shared.client(), topic);
      await produce(shared.client(), topic, ['1', '2', '3']);
      await expect(valuesIn(shared.client(), topic, 3)).resolves.toEqual(['1', '2', '3']);
      await shared.close();
    },
    START_MS,
  );
});

describeWithOwnKafka('a Kafka of its own', () => {
  it(
    'has after kill -9 what it acknowledged before',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'kafka-killed-'));
      const kafka = await KafkaProcess.prepare(folder);
      const client = new Kafka({ brokers: [...kafka.brokers], logLevel: logLevel.NOTHING });
      await kafka.start();
      await create(client, 'in.forge');
      await produce(client, 'in.forge', ['1']);
      await kafka.kill9();
      await kafka.start();
      await produce(client, 'in.forge', ['2']);
      await expect(valuesIn(client, 'in.forge', 2)).resolves.toEqual(['1', '2']);
      await kafka.stop();
      rmSync(folder, { recursive: true });
    },
    START_MS,
  );
});
