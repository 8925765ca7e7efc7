// Ids of topics and records as a real Kafka has them.
import kafkajs, { type Admin, type Kafka, type Producer } from 'kafkajs';
import { describeWithKafka, kafkaForTests, type KafkaForTests } from '../../test/kafka/kafka-for-tests.ts';
import { deleteTopic, whenLed } from '../../test/kafka/topic-life.ts';
import { batchesIn, CommittedOnly, type Fetched, KafkaNodes, recordsOf, teachCodecs, type TopicFound } from './index.ts';

const START_MS = 180_000;
const TERMS = { maxWaitMs: 200, maxBytes: 4_000_000, maxBytesPerPartition: 2_000_000 };

describeWithKafka('the nodes of Kafka', () => {
  let shared: KafkaForTests;
  let kafka: Kafka;
  let admin: Admin;
  let nodes: KafkaNodes;
  let producer: Producer;
  beforeAll(async () => {
    teachCodecs();
    shared = await kafkaForTests();
    kafka = shared.client();
    admin = kafka.admin();
    producer = kafka.producer();
    nodes = new KafkaNodes(kafka);
    await Promise.all([admin.connect(), producer.connect()]);
  }, START_MS);
  afterAll(async () => {
    await Promise.all([admin.disconnect(), producer.disconnect(), nodes.close()]);
    await shared.close();
  });

  const make = async (config: Readonly<Record<string, string>> = {}, topic = shared.prefix()): Promise<string> => {
    const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
    await admin.createTopics({ topics: [{ topic, numPartitions: 1, replicationFactor: 1, configEntries }], waitForLeaders: false });
    await whenLed(admin, [topic]);
    return topic;
  };
  const found = async (topic: string): Promise<TopicFound> => {
    const it = (await nodes.topics([topic])).get(topic);
    if (!it) throw new Error('It is not there.');
    return it;
  };
  const read = async (topic: string, offset = 0): Promise<Fetched> => {
    const { id, partitions } = await found(topic);
    const [fetched] = await nodes.fetch(partitions[0]?.leader ?? -1, [{ topicId: id ?? '', partition: 0, offset }], TERMS);
    if (!fetched) throw new Error('Nothing was said of it.');
    return fetched;
  };
  const textsIn = async ({ records, aborted }: Fetched): Promise<readonly string[]> => {
    const committed = new CommittedOnly(aborted);
    const all = await Promise.all([...batchesIn(records)].filter((batch) => committed.takes(batch)).map(recordsOf));
    return all.flat().map(({ offset, key, value }) => `${offset} ${String(key)} ${String(value)}`);
  };

  it('tell a topic from another of the same name', async () => {
    const topic = await make();
    const before = await found(topic);
    expect(before).toMatchObject({ name: topic, partitions: [{ partition: 0 }] });
    expect((await nodes.topics()).get(topic)).toEqual(before);
    await deleteTopic(admin, topic);
    await make({}, topic);
    expect((await found(topic)).id).not.toBe(before.id);
    const [fetched] = await nodes.fetch(before.partitions[0]?.leader ?? -1, [{ topicId: before.id ?? '', partition: 0, offset: 0 }], TERMS);
    expect(fetched?.fault).toBeGreaterThan(0);
    expect((await nodes.topics(['no-such-topic'])).size).toBe(0);
  });

  it.each(['uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'])('give records of a topic that is %s', async (type) => {
    const topic = await make({ 'compression.type': type });
    const long = 'long '.repeat(30_000);
    await producer.send({
      topic,
      messages: [
        { key: 'k', value: 'one' },
        { key: null, value: long },
        { key: 'k', value: null },
      ],
    });
    await producer.send({ topic, messages: [{ key: 'k', value: 'last', headers: { some: 'header' } }] });
    expect(await textsIn(await read(topic))).toEqual(['0 k one', `1 null ${long}`, '2 k null', '3 k last']);
    expect(await textsIn(await read(topic, 3))).toEqual(['3 k last']);
  });

  it.each([
    ['gzip', kafkajs.CompressionTypes.GZIP],
    ['snappy', kafkajs.CompressionTypes.Snappy],
    ['zstd', kafkajs.CompressionTypes.ZSTD],
  ])('give records that their producer packed with %s', async (_type, compression) => {
    const topic = await make();
    await producer.send({
      topic,
      compression,
      messages: [
        { key: 'k', value: 'packed' },
        { key: 'k', value: 'twice' },
      ],
    });
    expect(await textsIn(await read(topic))).toEqual(['0 k packed', '1 k twice']);
  });

  it('leave out what was taken back, and the marks of transactions', async () => {
    const topic = await make();
    const transactional = kafka.producer({ transactionalId: topic, maxInFlightRequests: 1, idempotent: true });
    await transactional.connect();
    for (const [value, end] of [
      ['a', 'abort'],
      ['b', 'commit'],
      ['c', 'abort'],
      ['d', 'commit'],
    ] as const) {
      const transaction = await transactional.transaction();
      await transaction.send({ topic, messages: [{ key: 'k', value }] });
      await transaction[end]();
    }
    await transactional.disconnect();
    const isWhole = ({ records, end }: Fetched): boolean => [...batchesIn(records)].at(-1)?.last === end - 1;
    let fetched = await read(topic);
    while (!isWhole(fetched)) fetched = await read(topic); // the marks of the last one may still be on their way
    expect(await textsIn(fetched)).toEqual(['2 k b', '6 k d']);
  });

  it('say where a topic begins that was cut', async () => {
    const topic = await make();
    await producer.send({ topic, messages: ['1', '2', '3'].map((value) => ({ value })) });
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '2' }] });
    expect((await read(topic)).fault).toBe(1);
    const { partitions } = await found(topic);
    expect(await nodes.earliest(partitions[0]?.leader ?? -1, topic, 0)).toBe(2);
  });
});
