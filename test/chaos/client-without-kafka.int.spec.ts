// Kafka goes away and comes back: who follows goes on where it was, and what is sent arrives once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { Kafka, logLevel, type Message } from 'kafkajs';
import { type FeedChange, generateSigningKey, localBrokerKeys, MemoryCopy, signingKeyOf, toEvent } from '#client';
import { makeTopics, type MadeTopics } from '#client/fixtures';
import { KafkaAgency, KafkaFeed } from '#client/kafka';
import { ITEM, Partners } from '#egress/fixtures';
import { describeWithOwnKafka } from '../kafka/kafka-for-tests.ts';
import { KafkaProcess } from '../kafka/kafka-process.ts';

const START_MS = 180_000;
const event = (id: string) =>
  toEvent('eastgate', {
    type: 'circumstance.noted',
    subject: 'uln:9276308686',
    id,
    time: '2026-03-02T09:00:00Z',
    data: { kind: 'housing', note: 'x' },
  });

describeWithOwnKafka('while Kafka is killed and started again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kafka-away-'));
  let process: KafkaProcess;
  let kafka: Kafka;
  let topics: MadeTopics;

  beforeAll(async () => {
    process = await KafkaProcess.prepare(folder);
    await process.start();
    kafka = new Kafka({ brokers: [...process.brokers], logLevel: logLevel.NOTHING });
    topics = await makeTopics(kafka, { prefix: 'away', agency: 'eastgate' });
  }, START_MS);

  afterAll(async () => {
    await process.kill9();
    rmSync(folder, { recursive: true });
  });

  const put = async (...messages: readonly Message[]): Promise<void> => {
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic: topics.out, messages: [...messages] });
    await producer.disconnect();
  };

  it(
    'a feed that is followed goes on, with nothing twice and nothing left out',
    async () => {
      const partners = await Partners.of();
      const eastgate = await partners.add('eastgate');
      const { epoch } = partners.inUse('eastgate');
      const sealed = (id: string) => partners.sealer.item('eastgate', epoch, { ...ITEM, item: { ...ITEM.item, id } });
      const feed = new KafkaFeed({
        agency: 'eastgate',
        keys: [...eastgate.privateKeys].map(([kid, key]) => ({ kid, key })),
        brokerKeys: localBrokerKeys({
          keys: [{ ...(await exportJWK(partners.broker.publicKey)), alg: 'EdDSA', kid: partners.broker.kid }],
        }),
        copy: new MemoryCopy(),
        kafka: { brokers: [...process.brokers] },
        topicPrefix: 'away',
      });
      await put(await partners.sealer.announcement('eastgate', epoch), sealed('1'));
      const told: string[] = [];
      const idOf = (change: FeedChange): string => change.key.split('/')[1] ?? change.kind;
      for await (const change of feed.follow()) {
        told.push(idOf(change));
        if (told.length === 2) {
          await process.kill9();
          await process.start();
          await put(sealed('2'), sealed('3'));
        }
        if (told.at(-1) === '3') break;
      }
      expect(told).toEqual(['key', '1', '2', '3']);
    },
    START_MS,
  );

  it(
    'a sending that failed may be made again, by the same agency',
    async () => {
      const { privateKey: _unused, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
      const brokerKeys = localBrokerKeys({ keys: [await exportJWK(publicKey)] });
      const key = await signingKeyOf((await generateSigningKey()).privateJwk);
      const agency = new KafkaAgency({
        agency: 'eastgate',
        key,
        brokerKeys,
        topicPrefix: 'away',
        kafka: { brokers: [...process.brokers] },
      });
      expect(await agency.send([event('1')])).toMatchObject([{ offset: '0' }]);
      await process.kill9();
      await expect(agency.send([event('2')])).rejects.toMatchObject({ name: 'ClientError', code: 'unreachable' });
      await process.start();
      expect(await agency.send([event('2')])).toMatchObject([{ offset: '1' }]);
      await agency.close();
    },
    START_MS,
  );
});
