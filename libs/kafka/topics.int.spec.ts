import { type Admin, ConfigResourceTypes } from 'kafkajs';
import { ensureTopics } from '#kafka';
import { describeWithKafka, kafkaForTests, type KafkaForTests } from '../../test/kafka/kafka-for-tests.ts';

const START_MS = 180_000;
const AGENCIES = ['city-yot', 'forge'];

describeWithKafka('the topics of agencies', () => {
  let kafka: KafkaForTests;
  let admin: Admin;
  let terms: { readonly topicPrefix: string; readonly replication: number };
  beforeAll(async () => {
    kafka = await kafkaForTests();
    admin = kafka.client().admin();
    await admin.connect();
  }, START_MS);
  afterAll(async () => {
    await admin.disconnect();
    await kafka.close();
  });
  beforeEach(() => {
    terms = { topicPrefix: kafka.prefix(), replication: -1 };
  });

  const named = (...kinds: readonly string[]): readonly string[] =>
    AGENCIES.flatMap((slug) => kinds.map((kind) => `${terms.topicPrefix}.${kind}.${slug}`)).sort();
  const existing = async (): Promise<readonly string[]> =>
    (await admin.listTopics()).filter((topic) => topic.startsWith(terms.topicPrefix)).sort();
  const settingOf = async (topic: string, name: string): Promise<string | undefined> => {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configNames: [name] }],
    });
    return resources[0]?.configEntries[0]?.configValue;
  };

  it('are made where they are missing, each as it is used', async () => {
    expect([...(await ensureTopics(admin, AGENCIES, terms))].sort()).toEqual(named('in', 'receipts', 'out'));
    expect(await existing()).toEqual(named('in', 'receipts', 'out'));
    const prefix = terms.topicPrefix;
    expect(Number(await settingOf(`${prefix}.in.forge`, 'max.message.bytes'))).toBeGreaterThan(1_048_576);
    expect(await settingOf(`${prefix}.out.forge`, 'cleanup.policy')).toBe('compact');
    expect(await settingOf(`${prefix}.out.forge`, 'message.timestamp.type')).toBe('LogAppendTime');
    expect(await settingOf(`${prefix}.receipts.forge`, 'cleanup.policy')).toBe('delete');
  });

  it('that exist are left alone', async () => {
    const topic = `${terms.topicPrefix}.out.forge`;
    await admin.createTopics({ topics: [{ topic, numPartitions: 3, replicationFactor: 1 }] });
    expect(await ensureTopics(admin, AGENCIES, terms)).toHaveLength(5);
    expect(await ensureTopics(admin, AGENCIES, terms)).toEqual([]);
    expect(await settingOf(topic, 'cleanup.policy')).toBe('delete');
    expect((await admin.fetchTopicMetadata({ topics: [topic] })).topics[0]?.partitions).toHaveLength(3);
  });

  it('may be made by several at once', async () => {
    await Promise.all(Array.from({ length: 3 }, () => ensureTopics(admin, AGENCIES, terms)));
    expect(await existing()).toEqual(named('in', 'receipts', 'out'));
  });
});
