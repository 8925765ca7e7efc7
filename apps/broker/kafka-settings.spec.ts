import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from './config.ts';
import { kafkaSettingsOf, topicTermsOf } from './kafka-settings.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tls-'));
  const made = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=kafka.example',
  ];
  execFileSync('openssl', [...made, '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')], { stdio: 'ignore' });
  writeFileSync(join(folder, 'other.txt'), 'Neither.');
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string): string => join(folder, name);
const settings = (environment: Readonly<Record<string, string>>) =>
  kafkaSettingsOf(parseConfig({ KAFKA_BROKERS: 'one:9092,two:9093', ...environment }));

describe('the settings of Kafka', () => {
  it('are none where no brokers are named', () => {
    expect(kafkaSettingsOf(parseConfig({}))).toBeUndefined();
  });

  it('have defaults', () => {
    expect(settings({})).toEqual({ brokers: ['one:9092', 'two:9093'], clientId: 'concordat', topicPrefix: 'concordat' });
    expect(topicTermsOf(parseConfig({}))).toEqual({ topicPrefix: 'concordat', replication: -1 });
    expect(topicTermsOf(parseConfig({ KAFKA_CREATE_TOPICS: 'false' }))).toBeUndefined();
  });

  it('hold certificates, key and login', () => {
    const all = settings({
      KAFKA_SSL: 'true',
      KAFKA_SSL_CA: file('cert.pem'),
      KAFKA_SSL_CERT: file('cert.pem'),
      KAFKA_SSL_KEY: file('key.pem'),
      KAFKA_SASL_MECHANISM: 'scram-sha-256',
      KAFKA_SASL_USERNAME: 'broker',
      KAFKA_SASL_PASSWORD: 'secret',
    });
    const [cert, key] = ['cert.pem', 'key.pem'].map((name) => readFileSync(file(name), 'utf8'));
    expect(all).toMatchObject({
      ssl: { ca: cert, cert, key },
      sasl: { mechanism: 'scram-sha-256', username: 'broker', password: 'secret' },
    });
    expect(settings({ KAFKA_SSL: 'true' })).toMatchObject({ ssl: {} });
  });

  it.each([
    [{ KAFKA_SSL_CA: 'missing.pem' }, /^KAFKA_SSL_CA is wrong: .*missing\.pem cannot be read \(ENOENT\)\.$/],
    [{ KAFKA_SSL_CA: 'other.txt' }, /^KAFKA_SSL_CA is wrong: .* does not hold a certificate in PEM form\.$/],
    [
      { KAFKA_SSL_CERT: 'cert.pem', KAFKA_SSL_KEY: 'cert.pem' },
      /^KAFKA_SSL_KEY is wrong: .* does not hold a private key in PEM form without a passphrase\.$/,
    ],
  ])('refuse %j', (files, says) => {
    const environment = Object.fromEntries(Object.entries(files).map(([variable, name]) => [variable, file(name)]));
    expect(() => settings({ KAFKA_SSL: 'true', ...environment })).toThrow(says);
  });

  it.each([
    [{ KAFKA_SSL_CA: 'a.pem' }, 'KAFKA_SSL_CA, KAFKA_SSL_CERT and KAFKA_SSL_KEY are set with KAFKA_SSL=true only.'],
    [{ KAFKA_SSL: 'true', KAFKA_SSL_CERT: 'a.pem' }, 'KAFKA_SSL_CERT and KAFKA_SSL_KEY are set together or not at all.'],
    [
      { KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_USERNAME: 'a' },
      'KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD are set together or not at all.',
    ],
    [{ KAFKA_SASL_PASSWORD: 'a' }, 'KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD are set together or not at all.'],
  ])('refuse %j by a sentence', (environment, says) => {
    expect(() => parseConfig(environment)).toThrow(says);
  });
});
