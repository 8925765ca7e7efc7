export { teachCodecs, unpacked } from './codecs.ts';
export { faultName, OFFSET_OUT_OF_RANGE } from './fault-codes.ts';
export { quietConnections } from './internals.ts';
export { KafkaNodes, KafkaTooOld } from './kafka-nodes.ts';
export { batchesIn, CommittedOnly, type RecordBatch, recordsOf, type WireRecord } from './record-batch.ts';
export type { Asked, Fetched, FetchTerms, PartitionFound, TopicFound } from './requests.ts';
export { Unreadable, UNREADABLE_CODES, type UnreadableCode } from './unreadable.ts';
