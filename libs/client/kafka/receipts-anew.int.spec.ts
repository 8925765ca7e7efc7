// Receipts of a topic that is deleted and made anew while they are followed: none is passed over, whatever its offset.
import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { describeWithKafka, type KafkaForTests, kafkaForTests } from '../../../test/kafka/kafka-for-tests.ts';
import { deleteTopic, whenLed } from '../../../test/kafka/topic-life.ts';
import { localBrokerKeys } from '../broker-keys.ts';
import { makeTopics } from '../fixtures/index.ts';
import { generateSigningKey, signingKeyOf } from '../keys.ts';
import { KafkaAgency, ORIGIN_HEADER } from './index.ts';

const START_MS = 180_000;

describeWithKafka('receipts that are followed', () => {
  let shared: KafkaForTests;
  beforeAll(async () => {
    shared = await kafkaForTests();
  }, START_MS);
  afterAll(() => shared.close());

  it(
    'come all, also where their topic is made anew',
    async () => {
      const kafka = shared.client();
      const admin = kafka.admin();
      await admin.connect();
      const { prefix, receipts: topic } = await makeTopics(kafka, { prefix: shared.prefix(), agency: 'eastgate', partitions: 1 });
      const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
      const brokerKeys = localBrokerKeys({ keys: [{ ...(await exportJWK(publicKey)), kid: 'broker', alg: 'EdDSA' }] });
      const answer = async (...ids: readonly string[]): Promise<void> => {
        const producer = kafka.producer();
        await producer.connect();
        for (const id of ids) {
          const body = Buffer.from(
            JSON.stringify({ receipts: [{ id, source: 'urn:concordat:agency:eastgate', outcome: 'accepted', position: '7' }] }),
          );
          const value = await new CompactSign(body)
            .setProtectedHeader({ alg: 'EdDSA', kid: 'broker', typ: 'concordat-receipts+jws' })
            .sign(privateKey);
          await producer.send({ topic, messages: [{ key: 'k', value, headers: { [ORIGIN_HEADER]: `0/${id}` } }] });
        }
        await producer.disconnect();
      };
      const key = await signingKeyOf((await generateSigningKey()).privateJwk);
      const agency = new KafkaAgency({ agency: 'eastgate', key, kafka: { brokers: [...shared.brokers] }, brokerKeys, topicPrefix: prefix });
      await answer('1', '2');
      const ids: (string | null | undefined)[] = [];
      for await (const message of agency.receipts({ from: 'earliest' })) {
        ids.push(message.receipts[0]?.id);
        if (ids.length === 2) {
          await deleteTopic(admin, topic);
          await admin.createTopics({ topics: [{ topic, numPartitions: 1, replicationFactor: 1 }], waitForLeaders: false });
          await whenLed(admin, [topic]);
          await answer('3', '4', '5');
        }
        if (ids.at(-1) === '5') break;
      }
      expect(ids).toEqual(['1', '2', '3', '4', '5']);
      await Promise.all([agency.close(), admin.disconnect()]);
    },
    START_MS,
  );
});
