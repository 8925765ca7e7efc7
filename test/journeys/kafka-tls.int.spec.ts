// A broker that reaches Kafka over TLS and logs in: all that it does there, receipts in transactions and feeds included.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { encryptionKeyOf, MemoryCopy, remoteBrokerKeys, toEvent } from '#client';
import { KafkaAgency, type KafkaConnection, KafkaFeed } from '#client/kafka';
import { BrokerProcess, freePort } from '../broker-process.ts';
import { describeWithOwnKafka } from '../kafka/kafka-for-tests.ts';
import { type CastMember, castIn, introduced } from '../kafka/cast.ts';
import { KafkaProcess } from '../kafka/kafka-process.ts';
import { until } from '../until.ts';

const run = promisify(execFile);
const STORE = ['-storetype', 'PKCS12', '-storepass', 'for-this-test', '-alias', 'kafka'];
const PASSWORD = 'let-me-in';
const LOGIN = { KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_USERNAME: 'concordat' };

/** A certificate of its own for 127.0.0.1, made by the JDK that Kafka runs on. */
const certify = async (store: string, certificate: string): Promise<void> => {
  await run('keytool', [
    '-genkeypair',
    ...STORE,
    '-keystore',
    store,
    '-keyalg',
    'EC',
    '-dname',
    'CN=kafka',
    '-ext',
    'san=ip:127.0.0.1',
    '-validity',
    '2',
  ]);
  await run('keytool', ['-exportcert', '-rfc', ...STORE, '-keystore', store, '-file', certificate]);
};

describeWithOwnKafka('a Kafka that wants TLS and a password', () => {
  let folder: string;
  let kafka: KafkaProcess;
  let secure: string;
  let certificate: string;
  let broker: BrokerProcess | undefined;
  let careers: CastMember;
  let forge: CastMember;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kafka-tls-'));
    const store = join(folder, 'kafka.p12');
    certificate = join(folder, 'ca.pem');
    await certify(store, certificate);
    const [plain, controller, safe] = [await freePort(), await freePort(), await freePort()];
    secure = `127.0.0.1:${safe}`;
    kafka = await KafkaProcess.prepare(join(folder, 'kafka'), {
      properties: {
        listeners: `PLAINTEXT://127.0.0.1:${plain},CONTROLLER://127.0.0.1:${controller},SECURE://${secure}`,
        'controller.quorum.voters': `1@127.0.0.1:${controller}`,
        'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:SASL_SSL',
        'ssl.keystore.location': store,
        'ssl.keystore.type': 'PKCS12',
        'ssl.keystore.password': 'for-this-test',
        'listener.name.secure.sasl.enabled.mechanisms': 'PLAIN',
        'listener.name.secure.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required user_concordat="${PASSWORD}";`,
      },
    });
    await kafka.start();
    [careers, forge] = await castIn(join(folder, 'cast'));
  }, 180_000);
  afterEach(async () => {
    await broker?.stop();
  });
  afterAll(async () => {
    await kafka.kill9();
    rmSync(folder, { recursive: true });
  });

  const started = async (name: string, password: string): Promise<BrokerProcess> => {
    const settings = {
      KAFKA_BROKERS: secure,
      KAFKA_TOPIC_PREFIX: name,
      KAFKA_SSL: 'true',
      KAFKA_SSL_CA: certificate,
      ...LOGIN,
      KAFKA_SASL_PASSWORD: password,
    };
    broker = new BrokerProcess(join(folder, name), await freePort(), settings);
    await broker.command('partnership', 'load', join(folder, 'cast'));
    await broker.start();
    return broker;
  };
  const connection = (): KafkaConnection => ({
    brokers: [secure],
    ssl: { ca: [readFileSync(certificate, 'utf8')] },
    sasl: { mechanism: 'plain', username: 'concordat', password: PASSWORD },
  });

  it('lets in who has both: events come in, receipts and feeds go out', async () => {
    const { url } = await started('let-in', PASSWORD);
    await until(async () => (await fetch(`${url}/health/ready`)).ok, 60_000);
    const brokerKeys = remoteBrokerKeys(url);
    const agency = new KafkaAgency({ agency: 'careers', key: careers.key, kafka: connection(), brokerKeys, topicPrefix: 'let-in' });
    const receipts = await agency.sendAndAwait(introduced(1).careers.map((event) => toEvent('careers', event)));
    await agency.close();
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted']);
    const keys = [await encryptionKeyOf(forge.private.encryption)];
    const feed = new KafkaFeed({ agency: 'forge', keys, brokerKeys, copy: new MemoryCopy(), kafka: connection(), topicPrefix: 'let-in' });
    const types: string[] = [];
    for await (const change of feed.follow()) {
      if (change.kind === 'item') types.push(change.item.type);
      if (types.length === 2) break;
    }
    expect(types.sort()).toEqual(['uk.concordat.learner.identity.v1', 'uk.concordat.referral.made.v1']);
  }, 90_000);

  it('does not let in who has another password: the broker says so when asked whether it is ready', async () => {
    const { url } = await started('kept-out', 'guessed');
    const answer = await fetch(`${url}/health/ready`);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('Kafka cannot be read');
  }, 90_000);
});
