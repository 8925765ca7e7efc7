// The requests of a transaction of Kafka's second version (KIP-890): a record or an offset that is written joins the transaction by itself,
// and each transaction has an epoch of its own.
import { WireReader, WireWriter } from './bytes.ts';
import type { Protocol } from './internals.ts';
import type { ProducerEpoch } from './written-batch.ts';

/** Of what belongs to no transaction, and of what joins one by itself. */
const PRODUCE = { apiKey: 0, plain: 9, transactional: 12 } as const;
export const API_VERSIONS = { apiKey: 18, version: 3 } as const;
const FIND_COORDINATOR = { apiKey: 10, version: 3 } as const;
const INIT_PRODUCER_ID = { apiKey: 22, version: 4 } as const;
const TXN_OFFSET_COMMIT = { apiKey: 28, version: 5 } as const;
const END_TXN = { apiKey: 26, version: 5 } as const;

/** What an answer says is amiss, by Kafka's number; 0: nothing. */
export interface Answered {
  readonly fault: number;
}

const protocol = <Answer>(
  apiName: string,
  { apiKey, version }: { readonly apiKey: number; readonly version: number },
  write: (writer: WireWriter) => WireWriter,
  read: (reader: WireReader) => Answer,
): Protocol<Answer> => ({
  request: { apiKey, apiName, apiVersion: version, encode: async () => write(new WireWriter().tags()).encoded },
  response: { decode: async (raw) => read(new WireReader(raw)), parse: async (answer) => answer },
});

/** What the whole cluster has agreed on, by name: the level of each feature. */
export const askFeatures = (): Protocol<ReadonlyMap<string, number>> =>
  protocol<ReadonlyMap<string, number>>(
    'ApiVersions',
    API_VERSIONS,
    (writer) => writer.text('concordat').text('1').tags(),
    (reader) => {
      const features = new Map<string, number>();
      reader.int16();
      reader.array(() => [reader.int16(), reader.int16(), reader.int16(), reader.tags()]);
      reader.int32();
      reader.tags({ 2: (field) => void field.array(() => feature(field, features)) });
      return features;
    },
  );

const feature = (reader: WireReader, features: Map<string, number>): void => {
  features.set(reader.text() ?? '', reader.int16());
  reader.int16();
  reader.tags();
};

export type CoordinatorKind = 'group' | 'transaction';

export interface CoordinatorFound extends Answered {
  readonly nodeId: number;
}

export const findCoordinator = (kind: CoordinatorKind, key: string): Protocol<CoordinatorFound> =>
  protocol(
    'FindCoordinator',
    FIND_COORDINATOR,
    (writer) =>
      writer
        .text(key)
        .int8(kind === 'group' ? 0 : 1)
        .tags(),
    (reader) => {
      reader.tags();
      reader.int32();
      const fault = reader.int16();
      reader.text();
      return { fault, nodeId: reader.int32() };
    },
  );

export interface EpochGiven extends Answered {
  readonly producer: ProducerEpoch;
}

const epochGiven = (reader: WireReader): EpochGiven => {
  reader.tags();
  reader.int32();
  return { fault: reader.int16(), producer: { id: reader.int64(), epoch: reader.int16() } };
};

/** Ends what others under this id have begun, and turns them away. */
export const initProducerId = (transactionalId: string, timeoutMs: number): Protocol<EpochGiven> =>
  protocol(
    'InitProducerId',
    INIT_PRODUCER_ID,
    (writer) => writer.text(transactionalId).int32(timeoutMs).int64(-1).int16(-1).tags(),
    epochGiven,
  );

/** The answer has the epoch of the next transaction. */
export const commitTransaction = (transactionalId: string, { id, epoch }: ProducerEpoch): Protocol<EpochGiven> =>
  protocol('EndTxn', END_TXN, (writer) => writer.text(transactionalId).int64(id).int16(epoch).int8(1).tags(), epochGiven);

export interface PartitionAnswered extends Answered {
  readonly topic: string;
  readonly partition: number;
}

export interface BatchToProduce {
  readonly topic: string;
  readonly partition: number;
  readonly batch: Buffer;
}

const ALL_IN_SYNC = -1;

/** Without a transactional id: of no transaction. */
export const produce = (
  transactionalId: string | undefined,
  batches: readonly BatchToProduce[],
  timeoutMs: number,
): Protocol<readonly PartitionAnswered[]> =>
  protocol(
    'Produce',
    { apiKey: PRODUCE.apiKey, version: transactionalId === undefined ? PRODUCE.plain : PRODUCE.transactional },
    (writer) =>
      writer
        .text(transactionalId)
        .int16(ALL_IN_SYNC)
        .int32(timeoutMs)
        .array(byTopic(batches), ([topic, some]) =>
          writer
            .text(topic)
            .array(some, ({ partition, batch }) => writer.int32(partition).bytes(batch).tags())
            .tags(),
        )
        .tags(),
    (reader) => {
      reader.tags();
      return answeredIn(reader, () => producedIn(reader));
    },
  );

const producedIn = (reader: WireReader): void => {
  for (const _ of ['base offset', 'append time', 'log start']) reader.int64();
  reader.array(() => [reader.int32(), reader.text(), reader.tags()]);
  reader.text();
};

export interface OffsetToNote {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly metadata: string;
}

export interface OffsetsToNote {
  readonly group: string;
  readonly offsets: readonly OffsetToNote[];
}

const UNKNOWN = -1;

export const noteOffsets = (
  transactionalId: string,
  { id, epoch }: ProducerEpoch,
  { group, offsets }: OffsetsToNote,
): Protocol<readonly PartitionAnswered[]> =>
  protocol(
    'TxnOffsetCommit',
    TXN_OFFSET_COMMIT,
    (writer) =>
      writer
        .text(transactionalId)
        .text(group)
        .int64(id)
        .int16(epoch)
        .int32(UNKNOWN)
        .text('')
        .text(undefined)
        .array(byTopic(offsets), ([topic, some]) =>
          writer
            .text(topic)
            .array(some, ({ partition, offset, metadata }) => writer.int32(partition).int64(offset).int32(UNKNOWN).text(metadata).tags())
            .tags(),
        )
        .tags(),
    (reader) => {
      reader.tags();
      reader.int32();
      return answeredIn(reader, () => undefined);
    },
  );

const byTopic = <One extends { readonly topic: string }>(all: readonly One[]): readonly (readonly [string, readonly One[]])[] => [
  ...Map.groupBy(all, ({ topic }) => topic),
];

const answeredIn = (reader: WireReader, rest: () => void): readonly PartitionAnswered[] =>
  reader
    .array(() => {
      const topic = reader.text() ?? '';
      const partitions = reader.array(() => {
        const answered = { topic, partition: reader.int32(), fault: reader.int16() };
        rest();
        reader.tags();
        return answered;
      });
      reader.tags();
      return partitions;
    })
    .flat();
