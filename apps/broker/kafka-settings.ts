// From the parsed configuration to what a Kafka client needs; certificates are read here, so that a wrong file stops the start.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KafkaLogin, KafkaSettings, KafkaTls, TopicTerms } from '#kafka';
import { readTextFile, UnreadableText } from '#strict-text';
import { type BrokerConfig, ConfigError } from './config.ts';

/** Undefined where no Kafka is configured. Throws `ConfigError` where a file of certificates cannot be used. */
export const kafkaSettingsOf = (config: BrokerConfig): KafkaSettings | undefined => {
  if (config.kafkaBrokers === undefined) return undefined;
  const sasl = loginOf(config);
  return {
    brokers: config.kafkaBrokers.split(','),
    clientId: config.kafkaClientId,
    topicPrefix: config.kafkaTopicPrefix,
    ...(config.kafkaSsl === 'true' ? { ssl: tlsOf(config) } : {}),
    ...(sasl === undefined ? {} : { sasl }),
  };
};

/** Undefined where topics are not to be made. */
export const topicTermsOf = ({ kafkaCreateTopics, kafkaReplication, kafkaTopicPrefix }: BrokerConfig): TopicTerms | undefined =>
  kafkaCreateTopics === 'true' ? { topicPrefix: kafkaTopicPrefix, replication: kafkaReplication } : undefined;

const loginOf = ({ kafkaSaslMechanism, kafkaSaslUsername, kafkaSaslPassword }: BrokerConfig): KafkaLogin | undefined =>
  kafkaSaslMechanism === undefined || kafkaSaslUsername === undefined || kafkaSaslPassword === undefined
    ? undefined
    : { mechanism: kafkaSaslMechanism as KafkaLogin['mechanism'], username: kafkaSaslUsername, password: kafkaSaslPassword };

const tlsOf = ({ kafkaSslCa, kafkaSslCert, kafkaSslKey }: BrokerConfig): KafkaTls => ({
  ...(kafkaSslCa === undefined ? {} : { ca: certificate('KAFKA_SSL_CA', kafkaSslCa) }),
  ...(kafkaSslCert === undefined ? {} : { cert: certificate('KAFKA_SSL_CERT', kafkaSslCert) }),
  ...(kafkaSslKey === undefined ? {} : { key: privateKey('KAFKA_SSL_KEY', kafkaSslKey) }),
});

const certificate = (variable: string, file: string): string =>
  checked(variable, file, { is: 'a certificate in PEM form', parse: (pem) => new X509Certificate(pem) });
const privateKey = (variable: string, file: string): string =>
  checked(variable, file, { is: 'a private key in PEM form without a passphrase', parse: (pem) => createPrivateKey(pem) });

const checked = (
  variable: string,
  file: string,
  { is, parse }: { readonly is: string; readonly parse: (pem: string) => unknown },
): string => {
  const pem = read(variable, file);
  try {
    parse(pem);
    return pem;
  } catch {
    throw new ConfigError(`${variable} is wrong: ${file} does not hold ${is}.`);
  }
};

const read = (variable: string, file: string): string => {
  try {
    return readTextFile(file);
  } catch (cause) {
    if (cause instanceof UnreadableText) throw new ConfigError(`${variable} is wrong: ${cause.message}`, { cause });
    throw new ConfigError(`${variable} is wrong: ${file} cannot be read (${String((cause as NodeJS.ErrnoException).code)}).`, { cause });
  }
};
