// Goal P5: from an agency's topic to its receipts and to two partners' feeds, beside kafkajs moving the same bytes without Concordat,
// and beside the broker's own intake without Kafka, in the same run.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Kafka, logLevel } from 'kafkajs';
import { pairwiseItemId } from '#privacy';
import type * as configs from '../../apps/broker/config.ts';
import type * as nodes from '../../apps/broker/node.ts';
import { BrokerProcess, freePort } from '../broker-process.ts';
import { KafkaProcess } from '../kafka/kafka-process.ts';
import { type CastMember, castIn } from '../kafka/cast.ts';
import { populate, reviewsBy, type SignedMessage } from './kafka-cast.ts';
import { type Flow, type Measured, plainFlow, Returns } from './kafka-load.ts';
import { cpuOf } from './process-cpu.ts';
import { median, type Row } from './row.ts';

const LEARNERS = 1500;
const ROUNDS = 3;
const IN_FLIGHT = 128;
const PREFIX = 'bench';

/** Messages of a round; and the rate that the goal names. */
const SINGLES = { count: 6000, events: 1, wanted: 4000, name: 'singles' };
const BATCHES = { count: 200, events: 100, wanted: 12_000, name: 'batches of 100' };
/** Messages a second that never meet, and how many of them. */
const LONE = { perSecond: 4, count: 40 };
/** Microseconds of all threads of the broker for an event, at full load and at half. */
const CPU_GOAL = { full: 300, half: 450 };
type Shape = typeof SINGLES;

interface Stage {
  readonly kafka: KafkaProcess;
  /** Of the broker, milliseconds. */
  readonly cpu: () => number;
  readonly returns: Returns;
  readonly forge: CastMember;
  /** Without Kafka: events a second. */
  readonly inProcess: (messages: readonly SignedMessage[]) => Promise<number>;
}

let topics = 0;

const newTopic = async (brokers: readonly string[]): Promise<string> => {
  const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).admin();
  const topic = `plain-${++topics}`;
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 1, replicationFactor: 1 }], waitForLeaders: true });
  await admin.disconnect();
  return topic;
};

interface Round {
  readonly plain: Measured;
  readonly inProcess: number;
  readonly ours: Flow;
  /** Of the broker, microseconds an event. */
  readonly cpu: number;
}

/** A flow, with the CPU time that the broker spent on an event of it. */
const spent = async (
  { cpu, returns }: Stage,
  messages: readonly SignedMessage[],
  perSecond?: number,
): Promise<Pick<Round, 'ours' | 'cpu'>> => {
  const before = cpu();
  const ours = await returns.flow(messages, perSecond);
  const events = messages.reduce((sum, message) => sum + message.events, 0);
  return { ours, cpu: ((cpu() - before) * 1000) / events };
};

const cpuRow = (name: string, limit: number, ours: number): Row => ({
  goal: 'P5',
  name: `${name}, CPU of the broker for an event (limit ${limit} µs; ratio limit/ours)`,
  limit,
  ours,
  ratio: limit / ours,
  target: 1,
  unit: 'µs',
});

const roundOf = async (stage: Stage, { count, events }: Shape): Promise<Round> => {
  const { kafka, forge, inProcess } = stage;
  const messages = await reviewsBy(forge, { learners: LEARNERS, count, events });
  const others = await reviewsBy(forge, { learners: LEARNERS, count, events });
  return {
    plain: await plainFlow(kafka.brokers, await newTopic(kafka.brokers), messages),
    inProcess: await inProcess(others),
    ...(await spent(stage, messages)),
  };
};

const ratesOf = async (stage: Stage, shape: Shape): Promise<readonly Row[]> => {
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await roundOf(stage, shape));
  const of = (figure: (round: Round) => number): number => median(rounds.map(figure));
  const [plain, inProcess, receipts, feeds] = [
    of((r) => r.plain.rate),
    of((r) => r.inProcess),
    of((r) => r.ours.receipts.rate),
    of((r) => r.ours.feeds.rate),
  ];
  const row = (name: string, limit: number, ours: number, target: number): Row => ({
    goal: 'P5',
    name: `${shape.name}, ${name}`,
    limit,
    ours,
    ratio: ours / limit,
    target,
    unit: 'events/s',
  });
  return [
    row(`to receipts and both feeds, of ${shape.wanted}/s`, shape.wanted, feeds, 1),
    row('to receipts, of the broker without Kafka and feeds', inProcess, receipts, 0.7),
    row('to receipts and both feeds, of the broker without Kafka and feeds', inProcess, feeds, 0.7),
    row('to receipts and both feeds, of kafkajs moving the same bytes once', plain, feeds, 0),
    cpuRow(
      shape.name,
      CPU_GOAL.full,
      of((r) => r.cpu),
    ),
    ...(await latenciesOf(stage, shape, feeds / 2)),
  ];
};

const latenciesOf = async (stage: Stage, { name, events }: Shape, rate: number): Promise<readonly Row[]> => {
  const { kafka, forge } = stage;
  const perSecond = rate / events;
  const messages = await reviewsBy(forge, { learners: LEARNERS, count: Math.ceil(perSecond * 5), events });
  const plain = await plainFlow(kafka.brokers, await newTopic(kafka.brokers), messages, perSecond);
  const { ours: flow, cpu } = await spent(stage, messages, perSecond);
  const { receipts, feeds } = flow;
  const row = (what: string, limit: number, ours: number, target: number): Row => ({
    goal: 'P5',
    name: `${name} at half load, ${what}`,
    limit,
    ours,
    ratio: limit / ours,
    target,
    unit: 'ms',
  });
  return [
    cpuRow(`${name} at half load, ${Math.round(rate)}/s`, CPU_GOAL.half, cpu),
    row('to the receipt, p99 (limit 100 ms; ratio limit/ours)', 100, receipts.p99, 1),
    row('to both feeds, p99 (limit 500 ms; ratio limit/ours)', 500, feeds.p99, 1),
    row('to the receipt, p50, beside kafkajs alone', plain.p50, receipts.p50, 0),
    row('to both feeds, p50, beside kafkajs alone', plain.p50, feeds.p50, 0),
  ];
};

/** What a message takes that has the broker to itself. */
const loneRows = async ({ returns, forge }: Stage): Promise<readonly Row[]> => {
  const messages = await reviewsBy(forge, { learners: LEARNERS, count: LONE.count, events: 1 });
  const { receipts, feeds } = await returns.flow(messages, LONE.perSecond);
  const row = (what: string, ours: number): Row => ({
    goal: 'P5',
    name: `a message alone, ${what}, p50`,
    limit: ours,
    ours,
    ratio: 1,
    target: 0,
    unit: 'ms',
  });
  return [row('to its receipt', receipts.p50), row('to both feeds', feeds.p50)];
};

const built = (file: string): string => new URL(`../../dist/apps/broker/${file}.js`, import.meta.url).href;

/** The same broker on a data directory of its own, fed by calls. */
const nodeIn = async (data: string, rootKey: string): Promise<nodes.BrokerNode> => {
  const { openNode } = (await import(built('node'))) as typeof nodes;
  const { parseConfig } = (await import(built('config'))) as typeof configs;
  return openNode(parseConfig({ CONCORDAT_DATA: data, CONCORDAT_ROOT_KEY: rootKey, PORT: '0' }));
};

const receivedBy = async ({ intake }: nodes.BrokerNode, messages: readonly SignedMessage[]): Promise<number> => {
  const queue = [...messages].reverse();
  const began = performance.now();
  const work = async (): Promise<void> => {
    for (let message = queue.pop(); message; message = queue.pop()) {
      const wrong = (await intake.receive(Buffer.from(message.jws), 'http')).find(({ outcome }) => outcome !== 'accepted');
      if (wrong) throw new Error(JSON.stringify(wrong));
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  return (messages.reduce((sum, { events }) => sum + events, 0) / (performance.now() - began)) * 1000;
};

export const kafkaBench = async (): Promise<readonly Row[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-kafka-'));
  const kafka = await KafkaProcess.prepare(join(folder, 'kafka'), { full: true });
  await kafka.start();
  const cast = await castIn(join(folder, 'cast'), ['WV1']);
  /** The same for both, so that the one here can tell what the other names on feeds. */
  const rootKey = randomBytes(32).toString('base64url');
  const started = async (name: string, settings: Readonly<Record<string, string>>): Promise<BrokerProcess> => {
    const broker = new BrokerProcess(join(folder, name), await freePort(), { ...settings, CONCORDAT_ROOT_KEY: rootKey });
    await broker.command('partnership', 'load', join(folder, 'cast'));
    await broker.start();
    await populate(broker.url, cast, LEARNERS);
    return broker;
  };
  await (await started('alone', {})).stop();
  const alone = await nodeIn(join(folder, 'alone'), rootKey);
  const broker = await started('broker', { KAFKA_BROKERS: kafka.brokers.join(','), KAFKA_TOPIC_PREFIX: PREFIX });
  const returns = await Returns.of({
    brokers: kafka.brokers,
    prefix: PREFIX,
    sender: 'forge',
    partners: cast.map(({ slug }) => slug),
    itemId: (partner, position) => pairwiseItemId(alone.vault, partner, position),
  });
  const stage: Stage = {
    kafka,
    cpu: () => cpuOf(broker.pid),
    returns,
    forge: cast[1],
    inProcess: (messages) => receivedBy(alone, messages),
  };
  await returns.quiet();
  try {
    return [...(await loneRows(stage)), ...(await ratesOf(stage, SINGLES)), ...(await ratesOf(stage, BATCHES))];
  } finally {
    await returns.close();
    await broker.stop();
    await alone.close();
    await kafka.kill9();
    rmSync(folder, { recursive: true });
  }
};
