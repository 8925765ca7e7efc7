// `send --kafka` and `feed follow` against a real Kafka; the broker's side is played with forms as it makes them.
import { writeFileSync } from 'node:fs';
import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import type { Kafka, Message, Producer } from 'kafkajs';
import { generateEncryptionKey, generateSigningKey } from '#client';
import { makeTopics, type MadeTopics } from '#client/fixtures';
import { ITEM, type Partner, Partners } from '#egress/fixtures';
import { describeWithKafka, type KafkaForTests, kafkaForTests } from '../../../test/kafka/kafka-for-tests.ts';
import { type Captured, Workplace } from '../fixtures/captured-run.ts';

const START_MS = 180_000;
const KEY = `${ITEM.learner}/${ITEM.item.id}`;
const place = new Workplace();
let shared: KafkaForTests;
let kafka: Kafka;
let producer: Producer;
let topics: MadeTopics;

const file = (name: string, content: unknown): string => {
  writeFileSync(place.path(name), JSON.stringify(content));
  return place.path(name);
};

const run = (...words: readonly string[]): Promise<Captured> =>
  place.run(words, { environment: { KAFKA_TOPIC_PREFIX: topics.prefix, KAFKA_BROKERS: shared.brokers.join(',') } });

const put = async (topic: string, ...messages: readonly Message[]): Promise<void> =>
  void (await producer.send({ topic, messages: [...messages] }));

describeWithKafka('the command line over Kafka', () => {
  beforeAll(async () => {
    shared = await kafkaForTests();
    kafka = shared.client();
    producer = kafka.producer();
    await producer.connect();
  }, START_MS);

  beforeEach(async () => {
    topics = await makeTopics(kafka, { prefix: shared.prefix(), agency: 'eastgate' });
  });

  afterAll(async () => {
    await producer.disconnect();
    await shared.close();
    place.remove();
  });

  describe('concordat send --kafka', () => {
    /** Waits for the message, then answers for it. */
    const answered = async (receipts: readonly unknown[], privateKey: Parameters<CompactSign['sign']>[0]): Promise<void> => {
      const admin = kafka.admin();
      await admin.connect();
      while ((await admin.fetchTopicOffsets(topics.in))[0]?.high === '0');
      await admin.disconnect();
      const value = await new CompactSign(Buffer.from(JSON.stringify({ receipts })))
        .setProtectedHeader({ alg: 'EdDSA', kid: 'b', typ: 'concordat-receipts+jws' })
        .sign(privateKey);
      await put(topics.receipts, { key: 'k', value, headers: { 'concordat-origin': '0/0' } });
    };

    it('prints the receipts as over HTTP does', async () => {
      const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
      const brokerKeys = file('jwks.json', { keys: [{ ...(await exportJWK(publicKey)), kid: 'b', alg: 'EdDSA' }] });
      const key = file('signing.json', (await generateSigningKey()).privateJwk);
      const events = file(
        'events.json',
        [1, 2].map((n) => ({
          id: `e-${n}`,
          type: 'uk.concordat.circumstance.noted.v1',
          subject: 'uln:9276308686',
          data: { kind: 'housing', note: 'x' },
        })),
      );
      const sending = run('send', events, '--agency', 'eastgate', '--key', key, '--kafka', '--broker-keys', brokerKeys);
      const source = 'urn:concordat:agency:eastgate';
      await answered(
        [
          { id: 'e-1', source, outcome: 'accepted', position: '7' },
          { id: 'e-2', source, outcome: 'rejected', problem: { code: 'schema', detail: 'No.' } },
        ],
        privateKey,
      );
      const { code, out, err } = await sending;
      expect(out).toBe('EVENT  OUTCOME   POSITION  WHAT TO KNOW\ne-1    accepted  7\ne-2    rejected            schema: No.\n');
      expect([code, err]).toEqual([1, 'concordat: 1 of 2 events was not recorded.\n']);
    });

    it('says where Kafka is missing', async () => {
      const key = file('signing.json', (await generateSigningKey()).privateJwk);
      const nowhere = await place.run(['send', '-', '--agency', 'eastgate', '--key', key, '--kafka'], { input: '{"id":"e"}' });
      expect([nowhere.code, nowhere.err]).toEqual([2, 'concordat: Say where Kafka is: --kafka host:port, or set KAFKA_BROKERS.\n']);
      const away = await place.run(['send', '-', '--agency', 'eastgate', '--key', key, '--kafka', '127.0.0.1:1'], { input: '{"id":"e"}' });
      expect([away.code, away.err]).toEqual([1, 'concordat: Kafka does not answer at the addresses given.\n']);
    });
  });

  describe('concordat feed follow', () => {
    let partners: Partners;
    let eastgate: Partner;
    let words: readonly string[];

    beforeEach(async () => {
      partners = await Partners.of();
      eastgate = await partners.add('eastgate');
      const brokerKeys = file('jwks.json', {
        keys: [{ ...(await exportJWK(partners.broker.publicKey)), kid: partners.broker.kid, alg: 'EdDSA' }],
      });
      const [key] = eastgate.privateKeys.values();
      words = [
        'feed',
        'follow',
        '--agency',
        'eastgate',
        '--broker-keys',
        brokerKeys,
        '--once',
        '--key',
        file('enc.json', key && (await exportJWK(key))),
      ];
      const { epoch } = partners.inUse('eastgate');
      await put(topics.out, await partners.sealer.announcement('eastgate', epoch), partners.sealer.item('eastgate', epoch, ITEM));
    });

    it('prints items, and what is to be deleted', async () => {
      const first = await run(...words);
      expect(first).toEqual({
        code: 0,
        err: '',
        out: `item     ${KEY}  uk.concordat.review.held.v1  urn:concordat:agency:northside  e2e-passport@1#EP5  {"reviewId":"r-1","summary":"Zoë is well on her way"}\n`,
      });
      await put(topics.out, { key: KEY, value: null });
      expect((await run(...words)).out).toBe(`removed  ${KEY}\n`);
    });

    it('prints one JSON object a line, and goes on where its copy stands', async () => {
      const withCopy = [...words, '--json', '--copy', place.path('copy.sqlite')];
      const lines = (await run(...withCopy)).out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(lines).toMatchObject([{ kind: 'key' }, { kind: 'item', item: { id: ITEM.item.id, localid: 'BCT-1001' } }]);
      expect((await run(...withCopy)).out).not.toContain('"item"');
    });

    it('says what it cannot read, and why', async () => {
      const other = file('other.json', (await generateEncryptionKey()).privateJwk);
      const { code, out, err } = await run(...words.slice(0, -1), other);
      expect([code, out]).toEqual([0, '']);
      expect(err).toBe(
        '2 records of the feed could not be read with the private keys given. After a change of keys, give the old one too: --key new.json old.json.\n',
      );
      await put(topics.out, { key: `${ITEM.learner}/18`, value: 'nonsense' });
      const spoilt = await run(...words);
      expect([spoilt.code, spoilt.err]).toEqual([
        1,
        `${ITEM.learner}/18 cannot be read: It is no JWE that names its key.\nconcordat: 1 record was not of the broker, or damaged.\n`,
      ]);
    });

    it('refuses a key that cannot decrypt', async () => {
      const { code, err } = await run(...words.slice(0, -1), file('signing.json', (await generateSigningKey()).privateJwk));
      expect([code, err]).toEqual([1, 'concordat: This is no private encryption key: give a JWK with `d`, of curve X25519 or P-256.\n']);
    });
  });
});
