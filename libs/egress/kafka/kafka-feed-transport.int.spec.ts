// Against a real Kafka: what is on a topic after sending, who is told what when it cannot be sent, and what still stands on it.
import { createServer, type Server, type Socket } from 'node:net';
import { Kafka, logLevel } from 'kafkajs';
import { ensureTopics, type KafkaSettings, outTopic } from '#kafka';
import { describeWithKafka, type KafkaForTests, kafkaForTests } from '../../../test/kafka/kafka-for-tests.ts';
import { deleteTopic, whenLed } from '../../../test/kafka/topic-life.ts';
import { type FeedRecord, tombstone } from '../feed/index.ts';
import { KafkaFeedTransport } from './index.ts';

const START_MS = 180_000;
const record = (key: string, value = 'sealed'): FeedRecord => ({ key, value: Buffer.from(value) });

const settingsOf = (brokers: readonly string[], topicPrefix: string): KafkaSettings => ({ brokers, clientId: 'concordat', topicPrefix });
const make = async ({ brokers, topicPrefix }: KafkaSettings, agencies: readonly string[], partitions = 1): Promise<void> => {
  const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  await whenLed(admin, await ensureTopics(admin, agencies, { topicPrefix, replication: 1, partitions }));
  await admin.disconnect();
};

/** Key and value of all that is on the recipient's topic, in order. */
const readOut = async (
  settings: KafkaSettings,
  recipient: string,
  count: number,
): Promise<readonly (readonly [string, string | null])[]> => {
  const consumer = new Kafka({ brokers: [...settings.brokers], logLevel: logLevel.NOTHING }).consumer({
    groupId: `${settings.topicPrefix}-reader-${recipient}`,
  });
  const seen: [string, string | null][] = [];
  const all = Promise.withResolvers<void>();
  await consumer.connect();
  await consumer.subscribe({ topics: [outTopic(settings, recipient)], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message: { key, value } }) => {
      seen.push([String(key), value === null ? null : value.toString()]);
      if (seen.length === count) all.resolve();
      return Promise.resolve();
    },
  });
  await all.promise;
  await consumer.disconnect();
  return seen;
};

describeWithKafka('feeds over Kafka', () => {
  let kafka: KafkaForTests;
  let settings: KafkaSettings;
  let transport: KafkaFeedTransport;

  beforeAll(async () => {
    kafka = await kafkaForTests();
  }, START_MS);
  beforeEach(async () => {
    settings = settingsOf(kafka.brokers, kafka.prefix());
    transport = new KafkaFeedTransport(settings);
    await make(settings, ['a', 'b']);
  });
  afterEach(() => transport.close());
  afterAll(() => kafka.close());

  it('reach each recipient’s topic, in order, tombstones too', async () => {
    await transport.send([
      { recipient: 'a', records: [record('1'), record('2', 'other'), tombstone('1')] },
      { recipient: 'b', records: [record('3')] },
    ]);
    await transport.send([{ recipient: 'a', records: [record('1', 'again')] }]);
    expect(await readOut(settings, 'a', 4)).toEqual([
      ['1', 'sealed'],
      ['2', 'other'],
      ['1', null],
      ['1', 'again'],
    ]);
    expect(await readOut(settings, 'b', 1)).toEqual([['3', 'sealed']]);
  });

  it('take more than one request holds', async () => {
    const records = Array.from({ length: 12 }, (_, n) => record(String(n), String(n).repeat(200_000)));
    await transport.send([{ recipient: 'a', records }]);
    expect((await readOut(settings, 'a', 12)).map(([key]) => key)).toEqual(records.map(({ key }) => key));
  });

  it('tell which keys still stand', async () => {
    expect(await transport.keys('a')).toEqual([]);
    const many = Array.from({ length: 2500 }, (_, n) => record(`item ${n}`));
    await transport.send([{ recipient: 'a', records: [...many, ...many.filter((_, n) => n % 2 === 0).map(({ key }) => tombstone(key))] }]);
    expect([...(await transport.keys('a'))].sort()).toEqual(
      many
        .filter((_, n) => n % 2 === 1)
        .map(({ key }) => key)
        .sort(),
    );
    expect(await transport.keys('b')).toEqual([]);
  });

  it('tell them of several partitions as well', async () => {
    await make(settings, ['wide'], 3);
    const many = Array.from({ length: 30 }, (_, n) => record(`item ${n}`));
    await transport.send([{ recipient: 'wide', records: many }]);
    await transport.send([{ recipient: 'wide', records: [tombstone('item 7')] }]);
    expect((await transport.keys('wide')).length).toBe(29);
  });

  it('say whose topic is missing, and take up again without that one', async () => {
    const records = [record('1')];
    const batch = [
      { recipient: 'a', records },
      { recipient: 'nobody', records },
    ];
    await expect(transport.send(batch)).rejects.toMatchObject({ code: 'unknown-feed', recipients: ['nobody'] });
    await expect(transport.keys('nobody')).rejects.toMatchObject({ code: 'unknown-feed', recipients: ['nobody'] });
    await transport.send([{ recipient: 'a', records }]);
    expect(await transport.keys('a')).toEqual(['1']);
  });

  it('refuse what Kafka will never take', async () => {
    const batch = [
      { recipient: 'a', records: [record('1', 'x'.repeat(2_000_000))] },
      { recipient: 'b', records: [record('3')] },
    ];
    await expect(transport.send(batch)).rejects.toMatchObject({ code: 'refused', recipients: ['a'] });
    await transport.send([{ recipient: 'a', records: [record('2')] }]);
    expect(await transport.keys('a')).toEqual(['2']);
  });

  it('are sent on when a topic was deleted and made anew', async () => {
    await transport.send([{ recipient: 'a', records: [record('1'), record('2')] }]);
    const admin = kafka.client().admin();
    await admin.connect();
    await deleteTopic(admin, outTopic(settings, 'a'));
    await admin.disconnect();
    await expect(transport.send([{ recipient: 'a', records: [record('3')] }])).rejects.toMatchObject({
      code: 'unknown-feed',
      recipients: ['a'],
    });
    await make(settings, ['a', 'b'], 3);
    await transport.send([{ recipient: 'a', records: [record('3'), record('4')] }]);
    expect([...(await transport.keys('a'))].sort()).toEqual(['3', '4']);
  });

  it('have a key’s records where kafkajs would have put them, in their order', async () => {
    await make(settings, ['wide'], 3);
    const keys = Array.from({ length: 30 }, (_, n) => `item ${n}`);
    const producer = kafka.client().producer({ idempotent: true, maxInFlightRequests: 1 }); // tries again, and writes once
    await producer.connect();
    await producer.send({ topic: outTopic(settings, 'wide'), messages: keys.map((key) => ({ key, value: 'by kafkajs' })) });
    await producer.disconnect();
    await transport.send([{ recipient: 'wide', records: keys.map((key) => tombstone(key)) }]);
    expect(await transport.keys('wide')).toEqual([]);
    const seen = await readOut(settings, 'wide', 60);
    for (const key of keys) expect(seen.filter(([one]) => one === key).map(([, value]) => value)).toEqual(['by kafkajs', null]);
  });

  it('are told from others of the same name', async () => {
    const before = await transport.ids(['a', 'b', 'nobody']);
    expect([...before.keys()]).toEqual(['a', 'b']);
    const admin = kafka.client().admin();
    await admin.connect();
    await deleteTopic(admin, outTopic(settings, 'a'));
    await admin.disconnect();
    await make(settings, ['a', 'b']);
    const after = await transport.ids(['a', 'b']);
    expect(after.get('a')).not.toBe(before.get('a'));
    expect(after.get('b')).toBe(before.get('b'));
  });

  it('are closed for good', async () => {
    await transport.send([{ recipient: 'a', records: [record('1')] }]);
    await transport.close();
    await expect(transport.send([{ recipient: 'a', records: [record('2')] }])).rejects.toMatchObject({ code: 'closed' });
    await expect(transport.keys('a')).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('a Kafka that takes connections and never answers', () => {
  it('is given up within seconds, and its connections are reset', async () => {
    const sockets: Socket[] = [];
    const ends: string[] = [];
    const mute: Server = createServer((socket) => {
      sockets.push(socket.on('error', ({ message }) => void ends.push(message)).resume());
    });
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const { port } = mute.address() as { readonly port: number };
    const transport = new KafkaFeedTransport(settingsOf([`127.0.0.1:${port}`], 'concordat'));
    const began = performance.now();
    await expect(transport.send([{ recipient: 'a', records: [record('1')] }])).rejects.toMatchObject({ code: 'unreachable' });
    expect(performance.now() - began).toBeLessThan(6000);
    await new Promise((resolve) => mute.close(resolve));
    expect(ends).toEqual(sockets.map(() => 'read ECONNRESET'));
    expect(sockets.length).toBeGreaterThan(0);
    await transport.close();
  });
});
