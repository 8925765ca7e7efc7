// A town whose agencies write over a real Kafka: brokers in this process, which can be ended in order or left where they stand.
import { setTimeout as pause } from 'node:timers/promises';
import { Kafka, logLevel, type Producer } from 'kafkajs';
import type { EventToSend, Receipt } from '#client';
import type { AgencySlug } from '#kernel';
import { type KafkaIn, startKafkaIn } from '../../apps/broker/kafka-in.ts';
import { kafkaSettingsOf } from '../../apps/broker/kafka-settings.ts';
import { type BrokerNode, openNode } from '../../apps/broker/node.ts';
import { Town, type TownOptions } from '../journeys/town.ts';
import type { KafkaForTests } from './kafka-for-tests.ts';
import { placeOf, ReceivedReceipts } from './received-receipts.ts';

const SESSION_MS = '1500';

const PATIENCE_MS = 15_000;

/** Rejects where that takes too long. */
export const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  const last = performance.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (performance.now() > last) throw new Error(`It did not come to be so: ${condition.toString()}`);
    await pause(20);
  }
};

export class KafkaTown {
  readonly town: Town;
  readonly prefix: string;
  readonly brokers: readonly string[];
  readonly #producer: Producer;
  readonly #running: KafkaIn[] = [];
  #received: ReceivedReceipts | undefined;

  private constructor(town: Town, { prefix, brokers }: { readonly prefix: string; readonly brokers: readonly string[] }) {
    this.town = town;
    this.prefix = prefix;
    this.brokers = brokers;
    this.#producer = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).producer();
  }

  static async open(kafka: Pick<KafkaForTests, 'brokers' | 'prefix'>, options: TownOptions = {}): Promise<KafkaTown> {
    const prefix = kafka.prefix();
    const environment = {
      KAFKA_BROKERS: kafka.brokers.join(','),
      KAFKA_TOPIC_PREFIX: prefix,
      KAFKA_SESSION_TIMEOUT: SESSION_MS,
      CONCORDAT_VERIFY_WORKERS: '0',
      ...options.environment,
    };
    return new KafkaTown(await Town.open({ ...options, environment }), { prefix, brokers: kafka.brokers });
  }

  get node(): BrokerNode {
    return this.town.node;
  }

  /** Another broker on the town's data. */
  async another(): Promise<BrokerNode> {
    return openNode(this.node.config, { clock: this.node.clock });
  }

  /** What comes in over Kafka, on the town's broker or another one. Resolves once it consumes. */
  async start(node: BrokerNode = this.node): Promise<KafkaIn> {
    const kafkaIn = this.begin(node);
    await until(() => kafkaIn.isReady);
    return kafkaIn;
  }

  /** The same, without waiting. */
  begin(node: BrokerNode = this.node): KafkaIn {
    const settings = kafkaSettingsOf(node.config);
    if (!settings) throw new Error('The town has no Kafka.');
    const kafkaIn = startKafkaIn(node, settings);
    this.#running.push(kafkaIn);
    return kafkaIn;
  }

  /** Follows the receipts of these agencies from the beginning; their topics must be there. */
  async receive(...slugs: readonly AgencySlug[]): Promise<ReceivedReceipts> {
    this.#received = await ReceivedReceipts.of(this, slugs, this.town.server.url);
    return this.#received;
  }

  /** Signed events as one message; gives its place. */
  async send(agency: AgencySlug, ...events: readonly EventToSend[]): Promise<string> {
    const complete = events.map((event) => this.town.event(agency, event));
    const jws = await this.town.jws(agency, complete.length === 1 && complete[0] ? complete[0] : complete);
    return this.put(agency, complete[0]?.subject ?? complete[0]?.id ?? '', jws);
  }

  /** Anything at all; gives its place. */
  async put(agency: AgencySlug, key: string | null, value: string | Buffer | null): Promise<string> {
    await this.#producer.connect();
    const [sent] = await this.#producer.send({ topic: `${this.prefix}.in.${agency}`, messages: [{ key, value, partition: 0 }] });
    return placeOf(agency, `0/${sent?.baseOffset}`);
  }

  async receiptsAt(place: string): Promise<readonly Receipt[]> {
    if (!this.#received) throw new Error('Nobody receives.');
    await until(() => this.#received?.at(place).length !== 0);
    return this.#received.at(place).flatMap(({ receipts }) => receipts);
  }

  async close(): Promise<void> {
    await Promise.all(this.#running.map((one) => one.close()));
    await this.#received?.close();
    await this.#producer.disconnect();
    await this.town.close();
  }
}
