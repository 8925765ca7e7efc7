// What of kafkajs's inside is used, beside what it publishes: its connections, with TLS and logging in. Pinned to release 2.2 (ADR 0021).
import { createRequire } from 'node:module';
import type { Kafka } from 'kafkajs';

/** As kafkajs's own encoder shows what it holds. */
export interface Encoded {
  readonly buf: Buffer;
  readonly buffer: Buffer;
}

/** A request and how its answer is read. */
export interface Protocol<Answer> {
  readonly request: {
    readonly apiKey: number;
    readonly apiName: string;
    readonly apiVersion: number;
    readonly encode: () => Promise<Encoded>;
  };
  readonly response: { readonly decode: (raw: Buffer) => Promise<Answer>; readonly parse: (answer: Answer) => Promise<Answer> };
}

export interface OffsetsAsked {
  readonly topics: readonly {
    readonly topic: string;
    readonly partitions: readonly { readonly partition: number; readonly timestamp: number }[];
  }[];
}

export interface OffsetsFound {
  readonly responses: readonly { readonly partitions: readonly { readonly offset?: string; readonly offsets?: readonly string[] }[] }[];
}

/** One node of the cluster. */
export interface InnerBroker {
  readonly versions: Readonly<Record<number, { readonly maxVersion: number }>> | null;
  readonly connectionPool: { send<Answer>(protocol: Protocol<Answer>): Promise<Answer> };
  isConnected(): boolean;
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  listOffsets(asked: OffsetsAsked): Promise<OffsetsFound>;
}

export interface InnerCluster {
  readonly rootLogger: unknown;
  readonly connectionPoolBuilder: { build(node?: { readonly host: string; readonly port: number }): Promise<unknown> };
  readonly brokerPool: {
    createBroker(options: { readonly logger: unknown; readonly connectionPool: unknown; readonly nodeId?: number }): InnerBroker;
  };
}

const CREATE_CLUSTER = 'private:Kafka:createCluster';

/** Nothing is connected yet. */
export const innerClusterOf = (kafka: Kafka): InnerCluster => {
  const symbol = Object.getOwnPropertySymbols(kafka).find(({ description }) => description === CREATE_CLUSTER);
  const create = symbol && (kafka as unknown as Record<symbol, ((options: object) => InnerCluster) | undefined>)[symbol];
  if (!create) throw new Error('This release of kafkajs is not known: install 2.2.4.');
  return create({ metadataMaxAge: 0, allowAutoTopicCreation: false });
};

interface RequestQueue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests: (this: RequestQueue) => void;
}

const QUIET = Symbol.for('concordat.kafkajs-quiet');

/**
 * kafkajs 2.2.4 looks for pending requests every millisecond on each connection, for ever, though none wait: a tenth of a processor for
 * nothing. From now on it looks while some do. May be called again.
 */
export const quietConnections = (): void => {
  const { prototype } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue/index.js') as {
    readonly prototype: RequestQueue & { [QUIET]?: true };
  };
  if (prototype[QUIET]) return;
  prototype[QUIET] = true;
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function scheduleWhileSomeWait(): void {
    if (this.pending.length > 0) schedule.call(this);
  };
};
