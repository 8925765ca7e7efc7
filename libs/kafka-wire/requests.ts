// Two requests that kafkajs does not know in these versions: topics with their ids, and reading by id (KIP-516; Kafka 3.1 and later).
import { WireReader, WireWriter } from './bytes.ts';
import type { Protocol } from './internals.ts';
import type { AbortedTransaction } from './record-batch.ts';

export interface PartitionFound {
  readonly partition: number;
  /** Of the node that leads it; −1 where none does. */
  readonly leader: number;
}

export interface TopicFound {
  readonly name: string;
  /** Another one where a topic of this name is made anew. */
  readonly id: string | undefined;
  readonly partitions: readonly PartitionFound[];
}

export interface NodeFound {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
}

export interface Described {
  readonly nodes: readonly NodeFound[];
  /** Those that are there and may be seen. */
  readonly topics: readonly TopicFound[];
}

export const METADATA = { apiKey: 3, least: 10, most: 12 } as const;
export const FETCH = { apiKey: 1, version: 13 } as const;

const NO_ERROR = 0;
/** Of a topic of which some partition has no leader now. */
const LEADER_NOT_AVAILABLE = 5;

/** All topics where none are named. */
export const describeTopics = (version: number, names: readonly string[] | undefined): Protocol<Described> => ({
  request: {
    apiKey: METADATA.apiKey,
    apiName: 'Metadata',
    apiVersion: version,
    encode: async () => metadataRequest(version, names).encoded,
  },
  response: { decode: async (raw) => metadataIn(raw), parse: async (described) => described },
});

const metadataRequest = (version: number, names: readonly string[] | undefined): WireWriter => {
  const writer = new WireWriter().tags();
  writer.array(names, (name) => writer.id(undefined).text(name).tags()).int8(0);
  if (version === METADATA.least) writer.int8(0);
  return writer.int8(0).tags();
};

const metadataIn = (raw: Buffer): Described => {
  const reader = new WireReader(raw);
  reader.tags();
  reader.int32();
  const nodes = reader.array(() => nodeIn(reader));
  reader.text();
  reader.int32();
  const topics = reader.array(() => topicIn(reader)).filter(({ fault }) => fault === NO_ERROR || fault === LEADER_NOT_AVAILABLE);
  return { nodes, topics };
};

const nodeIn = (reader: WireReader): NodeFound => {
  const node = { nodeId: reader.int32(), host: reader.text() ?? '', port: reader.int32() };
  reader.text();
  reader.tags();
  return node;
};

const topicIn = (reader: WireReader): TopicFound & { readonly fault: number } => {
  const topic = { fault: reader.int16(), name: reader.text() ?? '', id: reader.id() };
  reader.int8();
  const partitions = reader.array(() => partitionIn(reader));
  reader.int32();
  reader.tags();
  return { ...topic, partitions };
};

const partitionIn = (reader: WireReader): PartitionFound => {
  reader.int16();
  const found = { partition: reader.int32(), leader: reader.int32() };
  reader.int32();
  for (const _ of ['replicas', 'in sync', 'offline']) reader.array(() => reader.int32());
  reader.tags();
  return found;
};

export interface Asked {
  readonly topicId: string;
  readonly partition: number;
  readonly offset: number;
}

export interface FetchTerms {
  readonly maxWaitMs: number;
  readonly maxBytes: number;
  readonly maxBytesPerPartition: number;
}

export interface Fetched {
  readonly topicId: string | undefined;
  readonly partition: number;
  /** Kafka's number; 0: none. */
  readonly fault: number;
  /** Offset after the last record. */
  readonly end: number;
  readonly aborted: readonly AbortedTransaction[];
  readonly records: Buffer;
}

const CONSUMER = -1;
const READ_COMMITTED = 1;
const UNKNOWN = -1;
const NO_BYTES = Buffer.alloc(0);

/** Partitions in the order in which they are to be served: what one answer holds is limited. */
export const fetchRecords = (asked: readonly Asked[], terms: FetchTerms): Protocol<readonly Fetched[]> => ({
  request: { apiKey: FETCH.apiKey, apiName: 'Fetch', apiVersion: FETCH.version, encode: async () => fetchRequest(asked, terms).encoded },
  response: { decode: async (raw) => fetchedIn(raw), parse: async (fetched) => fetched },
});

const fetchRequest = (asked: readonly Asked[], { maxWaitMs, maxBytes, maxBytesPerPartition }: FetchTerms): WireWriter => {
  const writer = new WireWriter().tags();
  writer.int32(CONSUMER).int32(maxWaitMs).int32(1).int32(maxBytes).int8(READ_COMMITTED).int32(0).int32(UNKNOWN);
  const topics = [...Map.groupBy(asked, ({ topicId }) => topicId)];
  writer.array(topics, ([topicId, partitions]) => {
    writer.id(topicId).array(partitions, ({ partition, offset }) => {
      writer.int32(partition).int32(UNKNOWN).int64(offset).int32(UNKNOWN).int64(UNKNOWN).int32(maxBytesPerPartition).tags();
    });
    writer.tags();
  });
  return writer
    .array([], () => undefined)
    .text('')
    .tags();
};

const fetchedIn = (raw: Buffer): readonly Fetched[] => {
  const reader = new WireReader(raw);
  reader.tags();
  reader.int32();
  reader.int16();
  reader.int32();
  return reader.array(() => fetchedOfTopic(reader)).flat();
};

const fetchedOfTopic = (reader: WireReader): readonly Fetched[] => {
  const topicId = reader.id();
  const partitions = reader.array(() => fetchedOf(reader, topicId));
  reader.tags();
  return partitions;
};

const fetchedOf = (reader: WireReader, topicId: string | undefined): Fetched => {
  const [partition, fault, end] = [reader.int32(), reader.int16(), Number(reader.int64())];
  reader.int64();
  reader.int64();
  const aborted = reader.array(() => abortedIn(reader));
  reader.int32();
  const records = reader.bytes() ?? NO_BYTES;
  reader.tags();
  return { topicId, partition, fault, end, aborted, records };
};

const abortedIn = (reader: WireReader): AbortedTransaction => {
  const aborted = { producer: reader.int64(), first: Number(reader.int64()) };
  reader.tags();
  return aborted;
};
