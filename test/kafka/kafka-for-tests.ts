// Real Kafka for specs: the cluster that KAFKA_BROKERS names, else one node of its own that all specs of a run share.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { whyNoKafka } from './kafka-jars.ts';
import { KafkaProcess } from './kafka-process.ts';
import { keptKafka } from './kept-kafka.ts';

export interface KafkaForTests {
  readonly brokers: readonly string[];
  /** Another each time: what names of topics and groups begin with, so that specs do not meet. */
  prefix(): string;
  /** A client of its own that keeps silent; whoever connects it, disconnects it. */
  client(): Kafka;
  close(): Promise<void>;
}

const given = (): readonly string[] => (process.env['KAFKA_BROKERS'] ?? '').split(',').filter(Boolean);

const clientOf = (brokers: readonly string[]): Kafka => new Kafka({ brokers: [...brokers], clientId: 'test', logLevel: logLevel.NOTHING });

const withPrefixes = (brokers: readonly string[], end: (prefixes: readonly string[]) => Promise<void>): KafkaForTests => {
  const prefixes: string[] = [];
  return {
    brokers,
    prefix: () => {
      const prefix = `t${randomBytes(5).toString('hex')}`;
      prefixes.push(prefix);
      return prefix;
    },
    client: () => clientOf(brokers),
    close: () => end(prefixes),
  };
};

/** A cluster that lives on is left as it was found. */
const onCluster = (brokers: readonly string[]): KafkaForTests =>
  withPrefixes(brokers, async (prefixes) => {
    const admin = clientOf(brokers).admin();
    await admin.connect();
    const topics = (await admin.listTopics()).filter((topic) => prefixes.some((prefix) => topic.startsWith(`${prefix}.`)));
    if (topics.length > 0) await admin.deleteTopics({ topics });
    await admin.disconnect();
  });

const onOwnNode = async (): Promise<KafkaForTests> => {
  const folder = mkdtempSync(join(tmpdir(), 'kafka-'));
  const kafka = await KafkaProcess.prepare(folder);
  await kafka.start();
  return withPrefixes(kafka.brokers, async () => {
    await kafka.kill9();
    rmSync(folder, { recursive: true });
  });
};

/** Throws `NoKafka` where none can be had. */
export const kafkaForTests = async (): Promise<KafkaForTests> => {
  const run = process.env['CONCORDAT_TEST_RUN'];
  if (given().length > 0) return onCluster(given());
  if (run === undefined) return onOwnNode();
  const { brokers } = await keptKafka(run, Number(process.env['CONCORDAT_TEST_RUN_PID']));
  return withPrefixes(brokers, () => Promise.resolve());
};

const present = (why: string | undefined, what: string): jest.Describe => {
  if (why === undefined || process.env['CI'] === 'true') return describe;
  process.stderr.write(`\nNOT RUN: ${what} needs Kafka, but ${why}. See CONTRIBUTING.md.\n\n`);
  return describe.skip;
};

/** `describe` for specs that need Kafka. Where none can be had they are loudly absent; in CI they fail. */
export const describeWithKafka = (what: string, specs: () => void): void => {
  present(given().length > 0 ? undefined : whyNoKafka(), what)(what, specs);
};

/** The same for specs that kill Kafka: a cluster that somebody else runs is spared. */
export const describeWithOwnKafka = (what: string, specs: () => void): void => {
  present(whyNoKafka(), what)(what, specs);
};
