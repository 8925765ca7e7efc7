// The nodes of a Kafka cluster, asked for what kafkajs itself does not ask: ids of topics, and records as they lie there.
import type { Kafka } from 'kafkajs';
import { type InnerBroker, type InnerCluster, innerClusterOf, type Protocol } from './internals.ts';
import {
  type Asked,
  type Described,
  describeTopics,
  FETCH,
  type Fetched,
  fetchRecords,
  type FetchTerms,
  METADATA,
  type NodeFound,
  type TopicFound,
} from './requests.ts';
import { API_VERSIONS, askFeatures } from './transaction-requests.ts';

const EARLIEST = -2;

/** Kafka is older than 3.1. */
export class KafkaTooOld extends Error {
  override readonly name = 'KafkaTooOld';

  constructor() {
    super('Kafka does not tell topics by ids: release 3.1 or later is needed.');
  }
}

export class KafkaNodes {
  readonly #cluster: InnerCluster;
  readonly #nodes = new Map<number, InnerBroker>();
  #addresses: readonly NodeFound[] = [];
  #seed: InnerBroker | undefined;

  /** Connects when first asked, and again after a failure. */
  constructor(kafka: Kafka) {
    this.#cluster = innerClusterOf(kafka);
  }

  /** Those of these topics that are there and may be seen; without names: all of them. Rejects where no node answers. */
  async topics(names?: readonly string[]): Promise<ReadonlyMap<string, TopicFound>> {
    const { nodes, topics } = await this.#describe(names);
    this.#addresses = nodes;
    return new Map(topics.map((topic) => [topic.name, topic]));
  }

  /** From the node that leads these partitions. Rejects where it does not answer; then topics are to be looked up anew. */
  async fetch(nodeId: number, asked: readonly Asked[], terms: FetchTerms): Promise<readonly Fetched[]> {
    return this.#ask(nodeId, async (node) => {
      if (newest(node, FETCH.apiKey) < FETCH.version) throw new KafkaTooOld();
      return node.connectionPool.send(fetchRecords(asked, terms));
    });
  }

  /** Offset of the first record that is still there. */
  async earliest(nodeId: number, topic: string, partition: number): Promise<number> {
    return this.#ask(nodeId, async (node) => {
      const { responses } = await node.listOffsets({ topics: [{ topic, partitions: [{ partition, timestamp: EARLIEST }] }] });
      const found = responses[0]?.partitions[0];
      return Number(found?.offset ?? found?.offsets?.[0]);
    });
  }

  /** What the whole cluster has agreed on, by name: the level of each feature. */
  async features(): Promise<ReadonlyMap<string, number>> {
    return this.#askAny(async (node) =>
      newest(node, API_VERSIONS.apiKey) < API_VERSIONS.version ? new Map<string, number>() : node.connectionPool.send(askFeatures()),
    );
  }

  /** To one node; what is sent to it before is answered before. Rejects where it does not answer, or does not know the request. */
  async send<Answer>(nodeId: number, protocol: Protocol<Answer>): Promise<Answer> {
    return this.#ask(nodeId, async (node) => {
      if (newest(node, protocol.request.apiKey) < protocol.request.apiVersion) throw new KafkaTooOld();
      return node.connectionPool.send(protocol);
    });
  }

  /** To whichever node answers. */
  async sendToAny<Answer>(protocol: Protocol<Answer>): Promise<Answer> {
    return this.#askAny(async (node) => node.connectionPool.send(protocol));
  }

  /** May be used again. */
  async close(): Promise<void> {
    const open = [...this.#nodes.values(), ...(this.#seed ? [this.#seed] : [])];
    this.#nodes.clear();
    this.#seed = undefined;
    await Promise.allSettled(open.map((node) => node.disconnect()));
  }

  async #describe(names: readonly string[] | undefined): Promise<Described> {
    return this.#askAny(async (node) => {
      const version = Math.min(newest(node, METADATA.apiKey), METADATA.most);
      if (version < METADATA.least) throw new KafkaTooOld();
      return node.connectionPool.send(describeTopics(version, names));
    });
  }

  async #askAny<Answer>(question: (node: InnerBroker) => Promise<Answer>): Promise<Answer> {
    const node = this.#connected() ?? (await this.#sown());
    try {
      return await question(node);
    } catch (cause) {
      await this.close();
      throw cause;
    }
  }

  #connected(): InnerBroker | undefined {
    return [...this.#nodes.values()].find((node) => node.isConnected());
  }

  /** Through the addresses of the settings, another one each time. */
  async #sown(): Promise<InnerBroker> {
    if (this.#seed?.isConnected()) return this.#seed;
    await this.#seed?.disconnect().catch(() => undefined);
    this.#seed = await this.#made();
    await this.#seed.connect();
    return this.#seed;
  }

  async #ask<Answer>(nodeId: number, question: (node: InnerBroker) => Promise<Answer>): Promise<Answer> {
    const node = await this.#node(nodeId);
    try {
      await node.connect();
      return await question(node);
    } catch (cause) {
      if (this.#nodes.get(nodeId) === node) this.#nodes.delete(nodeId);
      await node.disconnect().catch(() => undefined);
      throw cause;
    }
  }

  async #node(nodeId: number): Promise<InnerBroker> {
    const known = this.#nodes.get(nodeId);
    if (known) return known;
    const address = this.#addresses.find((one) => one.nodeId === nodeId);
    if (!address) throw new Error('The node that leads a partition is not known.');
    const node = await this.#made(address);
    this.#nodes.set(nodeId, node);
    return node;
  }

  async #made(address?: NodeFound): Promise<InnerBroker> {
    const { rootLogger: logger, connectionPoolBuilder, brokerPool } = this.#cluster;
    const connectionPool = await connectionPoolBuilder.build(address && { host: address.host, port: address.port });
    return brokerPool.createBroker({ logger, connectionPool, ...(address === undefined ? {} : { nodeId: address.nodeId }) });
  }
}

const newest = ({ versions }: InnerBroker, apiKey: number): number => versions?.[apiKey]?.maxVersion ?? 0;
