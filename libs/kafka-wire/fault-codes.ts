// Names of the faults that Kafka tells of a partition by number (https://kafka.apache.org/protocol#protocol_error_codes).
export const OFFSET_OUT_OF_RANGE = 1;

const NAMES: ReadonlyMap<number, string> = new Map([
  [OFFSET_OUT_OF_RANGE, 'OFFSET_OUT_OF_RANGE'],
  [2, 'CORRUPT_MESSAGE'],
  [3, 'UNKNOWN_TOPIC_OR_PARTITION'],
  [5, 'LEADER_NOT_AVAILABLE'],
  [6, 'NOT_LEADER_OR_FOLLOWER'],
  [9, 'REPLICA_NOT_AVAILABLE'],
  [29, 'TOPIC_AUTHORIZATION_FAILED'],
  [56, 'KAFKA_STORAGE_ERROR'],
  [74, 'FENCED_LEADER_EPOCH'],
  [75, 'UNKNOWN_LEADER_EPOCH'],
  [78, 'OFFSET_NOT_AVAILABLE'],
  [100, 'UNKNOWN_TOPIC_ID'],
  [103, 'INCONSISTENT_TOPIC_ID'],
]);

export const faultName = (fault: number): string => NAMES.get(fault) ?? `KAFKA_ERROR_${fault}`;
