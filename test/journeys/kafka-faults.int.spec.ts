// One sender's bytes never stop another: what cannot be read of a partition is that partition's affair, is kept, and is passed.
import kafkajs, { type Admin, type IHeaders, type Producer } from 'kafkajs';
import { teachCodecs } from '#kafka-wire';
import { describeWithKafka, kafkaForTests, type KafkaForTests } from '../kafka/kafka-for-tests.ts';
import { KafkaTown } from '../kafka/kafka-town.ts';
import { until } from '../until.ts';
import { placeOf } from '../kafka/received-receipts.ts';
import { registration, ulnOf } from './town.ts';

const START_MS = 180_000;
const SPEC_MS = 60_000;
const CAST = [
  { slug: 'careers', roles: ['connexions'], districts: ['WV1'] },
  { slug: 'forge', roles: ['provider'] },
] as const;

let learners = 0;
let kafka: KafkaForTests;
let admin: Admin;
let producer: Producer;
let town: KafkaTown;

const accepted = async (place: string): Promise<void> => expect(await town.receiptsAt(place)).toMatchObject([{ outcome: 'accepted' }]);
const register = (agency: string): Promise<string> => town.send(agency, registration(ulnOf(++learners), `${agency}-${learners}`));
const inTopic = (agency: string): string => `${town.prefix}.in.${agency}`;
const set = async (topic: string, name: string, value: string): Promise<void> =>
  void (await admin.alterConfigs({
    validateOnly: false,
    resources: [
      {
        type: kafkajs.ConfigResourceTypes.TOPIC,
        name: topic,
        configEntries: [
          { name: 'max.message.bytes', value: '1114112' },
          { name, value },
        ],
      },
    ],
  }));
const packed = async (agency: string, compression: number, values: readonly (string | Buffer)[], headers?: IHeaders): Promise<string> => {
  const [sent] = await producer.send({
    topic: inTopic(agency),
    compression,
    messages: values.map((value) => ({ key: 'k', value, partition: 0, ...(headers ? { headers } : {}) })),
  });
  return placeOf(agency, `0/${sent?.baseOffset}`);
};
const signedRegistration = (agency: string): Promise<string> =>
  town.town.jws(agency, town.town.event(agency, registration(ulnOf(++learners), `${agency}-${learners}`)));

describeWithKafka('bytes in a partition', () => {
  beforeAll(async () => {
    teachCodecs();
    kafka = await kafkaForTests();
    admin = kafka.client().admin();
    producer = kafka.client().producer();
    await Promise.all([admin.connect(), producer.connect()]);
  }, START_MS);
  afterAll(async () => {
    await Promise.all([admin.disconnect(), producer.disconnect()]);
    await kafka.close();
  });
  beforeEach(async () => {
    town = await KafkaTown.open(kafka, { cast: CAST });
    await town.start();
    await town.receive('careers', 'forge');
  }, START_MS);
  afterEach(() => town.close());

  it(
    'are taken however the topic packs them',
    async () => {
      for (const codec of ['gzip', 'snappy', 'lz4', 'zstd']) {
        await set(inTopic('careers'), 'compression.type', codec);
        await accepted(await register('careers'));
      }
      await accepted(await register('forge'));
    },
    SPEC_MS,
  );

  it(
    'are taken however their producer packs them',
    async () => {
      for (const codec of [kafkajs.CompressionTypes.GZIP, kafkajs.CompressionTypes.Snappy, kafkajs.CompressionTypes.ZSTD]) {
        await accepted(await packed('careers', codec, [await signedRegistration('careers')], { trace: 'x' }));
      }
      await accepted(await register('forge'));
    },
    SPEC_MS,
  );

  it(
    'that unpack to more than memory is given for are kept as they came, and passed',
    async () => {
      await packed('careers', kafkajs.CompressionTypes.ZSTD, [Buffer.alloc(17 * 1024 * 1024, 'a')]);
      const after = await register('careers');
      await accepted(await register('forge'));
      await accepted(after);
      const [kept] = await town.node.quarantine.list({ limit: 10 });
      expect(kept).toMatchObject({ code: 'too-large-unpacked', origin: expect.stringContaining(`${inTopic('careers')}/0/0@`) as string });
      expect(kept?.bytes).toBeLessThan(100_000);
      await until(async () => (await town.figures('concordat_kafka_in_lag_messages')).every((line) => line.endsWith(' 0')));
      expect(await town.figures('concordat_kafka_in_partitions_unreadable{')).toEqual([]);
      expect((await town.node.readiness.readiness()).reasons).toEqual([]);
    },
    SPEC_MS,
  );

  it(
    'that were deleted before they were read are noted, and what is there is taken',
    async () => {
      await accepted(await register('careers'));
      await admin.fetchTopicOffsets(inTopic('careers'));
      await town.restart(async () => {
        await register('careers');
        await register('careers');
        await admin.deleteTopicRecords({ topic: inTopic('careers'), partitions: [{ partition: 0, offset: '3' }] });
      });
      await accepted(await register('careers'));
      await accepted(await register('forge'));
      expect(await town.node.quarantine.list({ limit: 10 })).toMatchObject([
        { code: 'deleted-unread', bytes: 0, says: expect.stringContaining('Offsets 1 to 2') as string },
      ]);
    },
    SPEC_MS,
  );
});
