// Names of the faults that Kafka tells by number (https://kafka.apache.org/protocol#protocol_error_codes).
export const OFFSET_OUT_OF_RANGE = 1;
export const UNKNOWN_TOPIC_OR_PARTITION = 3;
export const LEADER_NOT_AVAILABLE = 5;

/** Partitions are elsewhere, or nowhere now. */
export const TOPIC_MOVED: ReadonlySet<number> = new Set([UNKNOWN_TOPIC_OR_PARTITION, LEADER_NOT_AVAILABLE, 6, 13, 74]);
/** Another node coordinates the group or the transactions. */
export const COORDINATOR_MOVED: ReadonlySet<number> = new Set([15, 16]);
/** Of a transaction's requests: nothing was done, or Kafka notices what is done twice. So the same is asked again. */
export const PASSING: ReadonlySet<number> = new Set([...TOPIC_MOVED, ...COORDINATOR_MOVED, 7, 14, 19, 20, 51, 56]);

const NAMES: ReadonlyMap<number, string> = new Map([
  [OFFSET_OUT_OF_RANGE, 'OFFSET_OUT_OF_RANGE'],
  [2, 'CORRUPT_MESSAGE'],
  [UNKNOWN_TOPIC_OR_PARTITION, 'UNKNOWN_TOPIC_OR_PARTITION'],
  [LEADER_NOT_AVAILABLE, 'LEADER_NOT_AVAILABLE'],
  [6, 'NOT_LEADER_OR_FOLLOWER'],
  [7, 'REQUEST_TIMED_OUT'],
  [9, 'REPLICA_NOT_AVAILABLE'],
  [10, 'MESSAGE_TOO_LARGE'],
  [13, 'NETWORK_EXCEPTION'],
  [14, 'COORDINATOR_LOAD_IN_PROGRESS'],
  [15, 'COORDINATOR_NOT_AVAILABLE'],
  [16, 'NOT_COORDINATOR'],
  [19, 'NOT_ENOUGH_REPLICAS'],
  [20, 'NOT_ENOUGH_REPLICAS_AFTER_APPEND'],
  [17, 'INVALID_TOPIC_EXCEPTION'],
  [18, 'RECORD_LIST_TOO_LARGE'],
  [29, 'TOPIC_AUTHORIZATION_FAILED'],
  [30, 'GROUP_AUTHORIZATION_FAILED'],
  [31, 'CLUSTER_AUTHORIZATION_FAILED'],
  [45, 'OUT_OF_ORDER_SEQUENCE_NUMBER'],
  [47, 'INVALID_PRODUCER_EPOCH'],
  [48, 'INVALID_TXN_STATE'],
  [49, 'INVALID_PRODUCER_ID_MAPPING'],
  [50, 'INVALID_TRANSACTION_TIMEOUT'],
  [51, 'CONCURRENT_TRANSACTIONS'],
  [52, 'TRANSACTION_COORDINATOR_FENCED'],
  [53, 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED'],
  [56, 'KAFKA_STORAGE_ERROR'],
  [59, 'UNKNOWN_PRODUCER_ID'],
  [74, 'FENCED_LEADER_EPOCH'],
  [75, 'UNKNOWN_LEADER_EPOCH'],
  [78, 'OFFSET_NOT_AVAILABLE'],
  [87, 'INVALID_RECORD'],
  [90, 'PRODUCER_FENCED'],
  [100, 'UNKNOWN_TOPIC_ID'],
  [103, 'INCONSISTENT_TOPIC_ID'],
  [120, 'TRANSACTION_ABORTABLE'],
]);

export const faultName = (fault: number): string => NAMES.get(fault) ?? `KAFKA_ERROR_${fault}`;

/** What Kafka answered in place of doing what it was asked. */
export class KafkaRefusal extends Error {
  override readonly name = 'KafkaRefusal';
  readonly fault: number;
  /** Kafka's name for it. */
  readonly code: string;

  constructor(fault: number) {
    super(`Kafka refuses: ${faultName(fault)}.`);
    this.fault = fault;
    this.code = faultName(fault);
  }
}
