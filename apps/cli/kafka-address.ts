// Kafka as a command reaches it: at the addresses given, else as the KAFKA_ settings say; and the broker's keys to check what comes.
import type { JSONWebKeySet } from 'jose';
import type { Kafka } from 'kafkajs';
import { type BrokerKeys, localBrokerKeys, remoteBrokerKeys } from '#client';
import { readJsonFile } from '#strict-text';
import { localUrl } from './broker-address.ts';
import { Complaint, misuse } from './complaint.ts';
import type { Context } from './context.ts';

export interface KafkaOptions {
  /** `host:port,…`; true where the flag stands alone. */
  readonly kafka?: string | true;
  readonly url?: string;
  readonly brokerKeys?: string;
}

/** Both go to `KafkaAgency` and `KafkaFeed` as they are. */
export interface KafkaAddress {
  readonly kafka: Kafka;
  readonly topicPrefix: string;
  readonly brokerKeys: BrokerKeys;
}

const CLIENT_ID = 'concordat-cli';

/** Loaded when asked for: commands that talk to a broker over HTTP start without it. Throws `ConfigError`. */
export const kafkaAddressOf = async (
  context: Pick<Context, 'environment'>,
  { kafka, url, brokerKeys }: KafkaOptions,
): Promise<KafkaAddress> => {
  const { parseConfig } = await import('../broker/config.ts');
  const { kafkaSettingsOf } = await import('../broker/kafka-settings.ts');
  const { connectKafka } = await import('#kafka');
  const given = typeof kafka === 'string' ? { KAFKA_BROKERS: kafka } : {};
  const settings = kafkaSettingsOf(parseConfig({ KAFKA_CLIENT_ID: CLIENT_ID, ...context.environment, ...given }));
  if (!settings) throw misuse('Say where Kafka is: --kafka host:port, or set KAFKA_BROKERS.');
  return {
    kafka: connectKafka(settings),
    topicPrefix: settings.topicPrefix,
    brokerKeys: brokerKeysOf(brokerKeys, url ?? localUrl(context)),
  };
};

const brokerKeysOf = (file: string | undefined, url: string): BrokerKeys => {
  if (file === undefined) return remoteBrokerKeys(url);
  const keys = readJsonFile(file);
  if (typeof keys !== 'object' || keys === null || !('keys' in keys))
    throw new Complaint(`${file} holds no set of keys: give the broker's, as /.well-known/jwks.json gives it.`);
  return localBrokerKeys(keys as JSONWebKeySet);
};
