// A feed followed over a real Kafka; its records are made by the broker's own sealer.
import { exportJWK } from 'jose';
import kafkajs, { type Admin, type Kafka, type Message, type Producer } from 'kafkajs';
import { ITEM, type Partner, Partners } from '#egress/fixtures';
import { describeWithKafka, type KafkaForTests, kafkaForTests } from '../../../test/kafka/kafka-for-tests.ts';
import { deleteTopic, whenLed } from '../../../test/kafka/topic-life.ts';
import { type BrokerKeys, localBrokerKeys } from '../broker-keys.ts';
import { type FeedChange, type LocalCopy, MemoryCopy } from '../feed/index.ts';
import { makeTopics, type MadeTopics } from '../fixtures/index.ts';
import { KafkaFeed } from './index.ts';

const START_MS = 180_000;
const DAY = 86_400_000;

let shared: KafkaForTests;
let kafka: Kafka;
let producer: Producer;
let partners: Partners;
let eastgate: Partner;
let brokerKeys: BrokerKeys;

const topics = (partitions = 1): Promise<MadeTopics> => makeTopics(kafka, { prefix: shared.prefix(), agency: 'eastgate', partitions });

const put = async (topic: string, ...messages: readonly Message[]): Promise<void> =>
  void (await producer.send({ topic, messages: [...messages] }));

const administrated = async (work: (admin: Admin) => Promise<unknown>): Promise<void> => {
  const admin = kafka.admin();
  await admin.connect();
  await work(admin).finally(() => admin.disconnect());
};

/** Deleted and made again under the same name. */
const anew = (topic: string): Promise<void> =>
  administrated(async (admin) => {
    await deleteTopic(admin, topic);
    await admin.createTopics({ topics: [{ topic, numPartitions: 1, replicationFactor: 1 }], waitForLeaders: false });
    await whenLed(admin, [topic]);
  });

const pack = (topic: string, codec: string): Promise<void> =>
  administrated((admin) =>
    admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configEntries: [{ name: 'compression.type', value: codec }] }],
    }),
  );

const epoch = (): string => partners.inUse('eastgate').epoch;
const announced = (): Promise<Message> => partners.sealer.announcement('eastgate', epoch());
const sealed = (id: string): Message => partners.sealer.item('eastgate', epoch(), { ...ITEM, item: { ...ITEM.item, id } });
const keyOf = (id: string): string => `${ITEM.learner}/${id}`;
const gone = (id: string): Message => ({ key: keyOf(id), value: null });

interface Terms {
  readonly copy?: LocalCopy;
  readonly now?: () => number;
}

const feedAt = (topicPrefix: string, { copy = new MemoryCopy(), now = Date.now }: Terms = {}): KafkaFeed => {
  const keys = [...eastgate.privateKeys].map(([kid, key]) => ({ kid, key }));
  return new KafkaFeed({ agency: 'eastgate', keys, brokerKeys, copy, now, kafka: { brokers: [...shared.brokers] }, topicPrefix });
};

const shortly = (change: FeedChange): string =>
  change.kind === 'item' || change.kind === 'removed' ? `${change.kind} ${change.key.split('/')[1]}` : change.kind;

const present = async (feed: KafkaFeed): Promise<readonly string[]> => {
  const told = [];
  for await (const change of feed.follow({ once: true })) told.push(shortly(change));
  return told;
};

const ids = async (copy: LocalCopy): Promise<readonly (string | undefined)[]> => (await copy.items()).map(({ id }) => id);

describeWithKafka('a feed over Kafka', () => {
  beforeAll(async () => {
    shared = await kafkaForTests();
    kafka = shared.client();
    producer = kafka.producer();
    await producer.connect();
  }, START_MS);

  afterAll(async () => {
    await producer.disconnect();
    await shared.close();
  });

  beforeEach(async () => {
    partners = await Partners.of();
    eastgate = await partners.add('eastgate');
    brokerKeys = localBrokerKeys({ keys: [{ ...(await exportJWK(partners.broker.publicKey)), alg: 'EdDSA', kid: partners.broker.kid }] });
  });

  it('is read to its present end, and from there on the next time', async () => {
    const { prefix, out } = await topics();
    const copy = new MemoryCopy();
    expect(await present(feedAt(prefix, { copy }))).toEqual([]);
    await put(out, await announced(), sealed('1'), sealed('2'));
    expect(await present(feedAt(prefix, { copy }))).toEqual(['key', 'item 1', 'item 2']);
    await put(out, gone('1'), sealed('3'));
    expect(await present(feedAt(prefix, { copy }))).toEqual(['key', 'removed 1', 'item 3']);
    expect(await ids(copy)).toEqual(['2', '3']);
  });

  it('is followed as it grows, until it is to end', async () => {
    const { prefix, out } = await topics();
    await put(out, await announced(), sealed('1'));
    const told: string[] = [];
    const stop = new AbortController();
    for await (const change of feedAt(prefix).follow({ signal: stop.signal })) {
      told.push(shortly(change));
      if (told.length === 2) await put(out, gone('1'));
      if (change.kind === 'removed') stop.abort();
    }
    expect(told).toEqual(['key', 'item 1', 'removed 1']);
  });

  it('of several partitions may bring items before their keys', async () => {
    const { prefix, out } = await topics(3);
    await put(out, ...['1', '2', '3', '4'].map((id) => ({ ...sealed(id), partition: Number(id) % 2 })), {
      ...(await announced()),
      partition: 2,
    });
    const copy = new MemoryCopy();
    await present(feedAt(prefix, { copy }));
    expect(await ids(copy)).toEqual(['1', '2', '3', '4']);
  });

  it('is read anew by a copy that stood still for longer than tombstones are kept: it may have missed some', async () => {
    const { prefix, out } = await topics();
    const copy = new MemoryCopy();
    await put(out, await announced(), sealed('1'));
    await present(feedAt(prefix, { copy }));
    // As a copy that took in what Kafka has compacted away since, tombstone and all.
    await copy.apply([{ key: keyOf('9'), item: { ...((await copy.items())[0] as object), id: keyOf('9') } as never }], {
      place: new Map(),
      at: Date.now(),
    });
    expect(await present(feedAt(prefix, { copy }))).toEqual(['key']);
    expect(await present(feedAt(prefix, { copy, now: () => Date.now() + DAY }))).toEqual(['key', 'key', 'item 1', 'removed 9']);
  });

  it('is read anew where its topic was made anew', async () => {
    const [first, second] = [await topics(), await topics()];
    const copy = new MemoryCopy();
    await put(first.out, await announced(), sealed('1'), sealed('2'));
    await present(feedAt(first.prefix, { copy }));
    await put(second.out, await announced(), sealed('2'));
    expect((await present(feedAt(second.prefix, { copy }))).slice(1)).toEqual(['key', 'item 2', 'removed 1']);
    expect(await ids(copy)).toEqual(['2']);
  });

  it('is read anew where its topic was deleted and made anew, and has grown longer than it was', async () => {
    const { prefix, out } = await topics();
    const copy = new MemoryCopy();
    await put(out, await announced(), sealed('1'));
    await present(feedAt(prefix, { copy }));
    await anew(out);
    await put(out, await announced(), sealed('2'), sealed('3'), sealed('4'));
    expect((await present(feedAt(prefix, { copy }))).slice(1)).toEqual(['key', 'item 2', 'item 3', 'item 4', 'removed 1']);
    await put(out, sealed('5'));
    expect(await present(feedAt(prefix, { copy }))).toEqual(['key', 'item 5']);
  });

  it('is read anew where that happens while it is followed', async () => {
    const { prefix, out } = await topics();
    await put(out, await announced(), sealed('1'));
    const copy = new MemoryCopy();
    const stop = new AbortController();
    for await (const change of feedAt(prefix, { copy }).follow({ signal: stop.signal })) {
      if (shortly(change) === 'item 1') {
        await anew(out);
        await put(out, await announced(), sealed('2'), sealed('3'), sealed('4'));
      }
      if (shortly(change) === 'removed 1') stop.abort();
    }
    expect(await ids(copy)).toEqual(['2', '3', '4']);
  }, 60_000);

  it('is read however its topic packs it', async () => {
    const { prefix, out } = await topics();
    const copy = new MemoryCopy();
    for (const [id, codec] of [
      ['1', 'zstd'],
      ['2', 'lz4'],
      ['3', 'snappy'],
    ] as const) {
      await pack(out, codec);
      await put(out, ...(id === '1' ? [await announced()] : []), sealed(id));
    }
    await present(feedAt(prefix, { copy }));
    expect(await ids(copy)).toEqual(['1', '2', '3']);
  });

  it('is not there for an agency that is not registered', async () => {
    await expect(feedAt(shared.prefix()).follow({ once: true }).next()).rejects.toMatchObject({ code: 'no-topic' });
  });
});
