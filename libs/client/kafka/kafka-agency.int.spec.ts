// The client against a real Kafka; the broker's side is played with its own signer's and sealer's forms.
import { CompactSign, compactVerify, exportJWK, generateKeyPair, importJWK, type JSONWebKeySet, type JWK } from 'jose';
import type { Kafka, Producer } from 'kafkajs';
import { describeWithKafka, type KafkaForTests, kafkaForTests } from '../../../test/kafka/kafka-for-tests.ts';
import { type AgencyEvent, toEvent } from '../agency-event.ts';
import { localBrokerKeys } from '../broker-keys.ts';
import { arrivedIn, makeTopics } from '../fixtures/index.ts';
import { generateSigningKey, type SigningKey, signingKeyOf } from '../keys.ts';
import type { Receipt } from '../receipt.ts';
import { topicsOf } from '../topics.ts';
import { KafkaAgency, ORIGIN_HEADER } from './index.ts';

const START_MS = 180_000;

let shared: KafkaForTests;
let kafka: Kafka;
let producer: Producer;
let key: SigningKey;
let broker: { readonly privateKey: CryptoKey; readonly jwks: JSONWebKeySet };

type CryptoKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

const newBroker = async (): Promise<typeof broker> => {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  return { privateKey: pair.privateKey, jwks: { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'broker', alg: 'EdDSA' }] } };
};

const topics = (partitions = 1) => makeTopics(kafka, { prefix: shared.prefix(), agency: 'eastgate', partitions });

const agencyAt = (topicPrefix: string): KafkaAgency =>
  new KafkaAgency({
    agency: 'eastgate',
    key,
    kafka: { brokers: [...shared.brokers] },
    brokerKeys: localBrokerKeys(broker.jwks),
    topicPrefix,
  });

const event = (id: string, subject = 'uln:9276308686'): AgencyEvent =>
  toEvent('eastgate', { type: 'circumstance.noted', subject, id, time: '2026-03-02T09:00:00Z', data: { kind: 'housing', note: 'x' } });

const receiptsOf = (...ids: readonly string[]): readonly Receipt[] =>
  ids.map((id) => ({ id, source: 'urn:concordat:agency:eastgate', outcome: 'accepted', position: '7' }));

const answer = async (
  topic: string,
  receipts: readonly Receipt[],
  origin: string,
  signedWith: CryptoKey = broker.privateKey,
): Promise<void> => {
  const value = await new CompactSign(Buffer.from(JSON.stringify({ receipts })))
    .setProtectedHeader({ alg: 'EdDSA', kid: 'broker', typ: 'concordat-receipts+jws' })
    .sign(signedWith);
  await producer.send({ topic, messages: [{ key: 'k', value, headers: { [ORIGIN_HEADER]: origin } }] });
};

describeWithKafka('an agency over Kafka', () => {
  beforeAll(async () => {
    shared = await kafkaForTests();
    kafka = shared.client();
    producer = kafka.producer();
    await producer.connect();
    key = await signingKeyOf((await generateSigningKey()).privateJwk);
    broker = await newBroker();
  }, START_MS);

  afterAll(async () => {
    await producer.disconnect();
    await shared.close();
  });

  describe('sends', () => {
    it('events as one signed message, its key the subject, and in the order of the calls', async () => {
      const { prefix, in: topic } = await topics();
      const agency = agencyAt(prefix);
      await Promise.all([agency.send([event('1'), event('2')]), agency.send([event('3')])]);
      const planning = toEvent('eastgate', {
        type: 'quota.agreed',
        id: '4',
        data: { provider: 'eastgate', programmeKind: 'e2e', places: 10, year: '2026' },
      });
      expect(await agency.send([planning])).toMatchObject([{ partition: 0, offset: '2' }]);
      await agency.close();
      expect(await arrivedIn(kafka, topic, 4)).toEqual([
        { key: 'uln:9276308686', partition: 0, ids: ['1', '2'] },
        { key: 'uln:9276308686', partition: 0, ids: ['3'] },
        { key: '4', partition: 0, ids: ['4'] },
      ]);
    });

    it('to a topic of several partitions what is about one subject into one of them, in order', async () => {
      const { prefix, in: topic } = await topics(3);
      const agency = agencyAt(prefix);
      const subjects = Array.from({ length: 12 }, (_, n) => `local:L-${n}`);
      await agency.send(subjects.flatMap((subject) => [event(`${subject}/1`, subject), event(`${subject}/2`, subject)]));
      await agency.send(subjects.map((subject) => event(`${subject}/3`, subject)));
      await agency.close();
      const found = await arrivedIn(kafka, topic, 36);
      for (const subject of subjects) {
        const about = found.filter(({ ids }) => ids.some((id) => id.startsWith(`${subject}/`)));
        expect(new Set(about.map(({ partition }) => partition)).size).toBe(1);
        expect(about.flatMap(({ ids }) => ids.filter((id) => id.startsWith(`${subject}/`)))).toEqual(
          [1, 2, 3].map((n) => `${subject}/${n}`),
        );
      }
      expect(new Set(found.map(({ partition }) => partition)).size).toBeGreaterThan(1);
    });

    it('more than fits one message or one request', async () => {
      const { prefix, in: topic } = await topics();
      const agency = agencyAt(prefix);
      const large = Array.from({ length: 8 }, (_, n) => ({ ...event(String(n)), note: 'x'.repeat(200 * 1024) }));
      expect((await agency.send(large)).map(({ offset }) => offset)).toEqual(['0', '1', '2']);
      await agency.close();
      expect((await arrivedIn(kafka, topic, 8)).flatMap(({ ids }) => ids)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
    });

    it('nothing to a topic that is not there, or a Kafka that is not', async () => {
      const nowhere = agencyAt(shared.prefix());
      await expect(nowhere.send([event('1')])).rejects.toMatchObject({ name: 'ClientError', code: 'no-topic' });
      await nowhere.close();
      const kafkaAway = { brokers: ['127.0.0.1:1'], retry: { retries: 0 } };
      const away = new KafkaAgency({ agency: 'eastgate', key, kafka: kafkaAway, brokerKeys: localBrokerKeys(broker.jwks) });
      await expect(away.send([event('1')])).rejects.toMatchObject({ code: 'unreachable' });
      await away.close();
    });
  });

  describe('gets receipts', () => {
    it('for what it sends, whatever else is told there', async () => {
      const { prefix, receipts } = await topics();
      await answer(receipts, receiptsOf('a', 'b'), '0/0');
      const agency = agencyAt(prefix);
      const sent = agency.sendAndAwait([event('a'), event('b')]);
      for await (const { records } of watched(prefix)) if (records > 0) break;
      await answer(receipts, receiptsOf('x'), '0/9');
      await answer(receipts, receiptsOf('other', 'ids'), '0/0');
      await answer(receipts, [{ id: 'a', source: 's', outcome: 'duplicate', position: '3' }, ...receiptsOf('b')], '0/0');
      expect((await sent).map(({ id, outcome }) => [id, outcome])).toEqual([
        ['a', 'duplicate'],
        ['b', 'accepted'],
      ]);
      const more = [agency.sendAndAwait([event('c')]), agency.sendAndAwait([event('d')])];
      await answer(receipts, receiptsOf('d'), '0/2');
      await answer(receipts, receiptsOf('c'), '0/1');
      expect((await Promise.all(more)).flat().map(({ id }) => id)).toEqual(['c', 'd']);
      await agency.close();
    });

    it('in vain for a while, and says so', async () => {
      const { prefix } = await topics();
      const agency = agencyAt(prefix);
      await expect(agency.sendAndAwait([event('a')], { timeoutMs: 1500 })).rejects.toMatchObject({ code: 'no-receipt' });
      await agency.close();
    });

    it('no more once it is closed', async () => {
      const { prefix } = await topics();
      const agency = agencyAt(prefix);
      const sent = agency.sendAndAwait([event('a')]);
      const refused = expect(sent).rejects.toMatchObject({ code: 'no-receipt' });
      for await (const { records } of watched(prefix)) if (records > 0) break;
      await agency.close();
      await refused;
    });

    it('from the beginning, from a place, or as far as its group has not read them', async () => {
      const { prefix, receipts } = await topics();
      for (const id of ['1', '2', '3']) await answer(receipts, receiptsOf(id), `0/${id}`);
      const agency = agencyAt(prefix);
      const read = async (reading: Parameters<KafkaAgency['receipts']>[0], count = 9): Promise<readonly (string | null | undefined)[]> => {
        const ids = [];
        for await (const message of agency.receipts({ once: true, ...reading })) {
          ids.push(message.receipts[0]?.id);
          await expect(compactVerify(message.jws, await importKey())).resolves.toBeDefined();
          if (ids.length === count) break;
        }
        return ids;
      };
      expect(await read({ from: 'earliest' })).toEqual(['1', '2', '3']);
      expect(await read({ from: new Map([[0, '1']]) })).toEqual(['2', '3']);
      expect(await read({ from: 'latest' })).toEqual([]);
      const groupId = `${prefix}-mis`;
      expect(await read({ from: 'earliest', groupId })).toEqual(['1', '2', '3']);
      await answer(receipts, receiptsOf('4'), '0/4');
      expect(await read({ from: 'earliest', groupId })).toEqual(['4']);
      await agency.close();
    });

    it('only from the broker', async () => {
      const { prefix, receipts } = await topics();
      await answer(receipts, receiptsOf('1'), '0/0', (await newBroker()).privateKey);
      const agency = agencyAt(prefix);
      await expect(agency.receipts({ from: 'earliest', once: true }).next()).rejects.toMatchObject({ code: 'forged' });
      await agency.close();
    });

    it('of committed transactions alone', async () => {
      const { prefix, receipts } = await topics();
      const transactional = kafka.producer({ transactionalId: prefix, maxInFlightRequests: 1, idempotent: true });
      await transactional.connect();
      for (const [id, ends] of [
        ['1', 'abort'],
        ['2', 'commit'],
      ] as const) {
        const transaction = await transactional.transaction();
        const value = await new CompactSign(Buffer.from(JSON.stringify({ receipts: receiptsOf(id) })))
          .setProtectedHeader({ alg: 'EdDSA', kid: 'broker', typ: 'concordat-receipts+jws' })
          .sign(broker.privateKey);
        await transaction.send({ topic: receipts, messages: [{ key: 'k', value }] });
        await transaction[ends]();
      }
      await transactional.disconnect();
      const agency = agencyAt(prefix);
      const ids = [];
      for await (const message of agency.receipts({ from: 'earliest', once: true })) ids.push(message.receipts[0]?.id);
      expect(ids).toEqual(['2']);
      await agency.close();
    });
  });
});

const importKey = () => importJWK(broker.jwks.keys[0] as JWK, 'EdDSA');

/** How many records lie in the agency's topic, again and again. */
async function* watched(prefix: string): AsyncGenerator<{ readonly records: number }> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    for (;;) {
      const [place] = await admin.fetchTopicOffsets(topicsOf('eastgate', prefix).in);
      yield { records: Number(place?.high) };
    }
  } finally {
    await admin.disconnect();
  }
}
