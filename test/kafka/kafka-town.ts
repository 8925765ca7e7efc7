// A town whose agencies write over a real Kafka: brokers in this process, which can be ended in order or left where they stand.
import { Kafka, logLevel, type Producer } from 'kafkajs';
import type { EventToSend, Receipt } from '#client';
import { KafkaNodes } from '#kafka-wire';
import type { AgencySlug } from '#kernel';
import { type KafkaIn, startKafkaIn } from '../../apps/broker/kafka-in.ts';
import { kafkaSettingsOf } from '../../apps/broker/kafka-settings.ts';
import { type BrokerNode, openNode } from '../../apps/broker/node.ts';
import { Town, type TownOptions } from '../journeys/town.ts';
import type { KafkaForTests } from './kafka-for-tests.ts';
import { until } from '../until.ts';
import { placeOf, ReceivedReceipts } from './received-receipts.ts';

const SESSION_MS = '1500';

export class KafkaTown {
  readonly town: Town;
  readonly prefix: string;
  readonly brokers: readonly string[];
  readonly #producer: Producer;
  readonly #nodes: KafkaNodes;
  readonly #running: KafkaIn[] = [];
  readonly #restarted: BrokerNode[] = [];
  #received: ReceivedReceipts | undefined;

  private constructor(town: Town, { prefix, brokers }: { readonly prefix: string; readonly brokers: readonly string[] }) {
    this.town = town;
    this.prefix = prefix;
    this.brokers = brokers;
    const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
    this.#producer = kafka.producer();
    this.#nodes = new KafkaNodes(kafka);
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
    return this.#restarted.at(-1) ?? this.town.node;
  }

  /** Another broker on the town's data. */
  async another(): Promise<BrokerNode> {
    return openNode(this.node.config, { clock: this.node.clock });
  }

  /** What comes in over Kafka, on the town's broker or another one. Resolves once it consumes. */
  async start(node: BrokerNode = this.node, say?: (line: string) => void): Promise<KafkaIn> {
    const kafkaIn = this.begin(node, say);
    await until(() => kafkaIn.isReady);
    return kafkaIn;
  }

  /** The same, without waiting. */
  begin(node: BrokerNode = this.node, say?: (line: string) => void): KafkaIn {
    const settings = kafkaSettingsOf(node.config);
    if (!settings) throw new Error('The town has no Kafka.');
    const kafkaIn = startKafkaIn(node, settings, say);
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

  /** Of its in topic as it is now; undefined where there is none. */
  async topicId(agency: AgencySlug): Promise<string | undefined> {
    const name = `${this.prefix}.in.${agency}`;
    return (await this.#nodes.topics([name])).get(name)?.id;
  }

  /** What the broker tells of itself, as far as a line begins like this. */
  async figures(name: string): Promise<readonly string[]> {
    return (await this.node.metrics.registry.metrics()).split('\n').filter((line) => line.startsWith(name));
  }

  async receiptsAt(place: string): Promise<readonly Receipt[]> {
    if (!this.#received) throw new Error('Nobody receives.');
    await until(() => this.#received?.at(place).length !== 0);
    return this.#received.at(place).flatMap(({ receipts }) => receipts);
  }

  /** Its broker is stopped, something is done meanwhile, and another is started on the same data: from now on the town's. */
  async restart(meanwhile: () => Promise<void>, say?: (line: string) => void): Promise<void> {
    await this.#stop();
    await meanwhile();
    this.#restarted.push(await this.another());
    await this.start(this.node, say);
  }

  async #stop(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((one) => one.close()));
  }

  async close(): Promise<void> {
    await this.#stop();
    for (const node of this.#restarted) await node.close();
    await this.#received?.close();
    await Promise.all([this.#producer.disconnect(), this.#nodes.close()]);
    await this.town.close();
  }
}
