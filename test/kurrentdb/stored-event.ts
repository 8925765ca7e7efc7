// What the stand-in for KurrentDB holds: one log of events, each in a stream of its own numbering.

export interface ProposedEvent {
  /** UUID in lower case. */
  readonly id: string;
  readonly type: string;
  /** Whether the data is JSON; else it is octets. */
  readonly json: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface StoredEvent extends ProposedEvent {
  readonly stream: string;
  readonly revision: number;
  /** Where it stands in the whole log: commit and prepare position alike, as for appends without a transaction. */
  readonly position: number;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/** Stands for KurrentDB's greatest event number (2^63 − 1): the revision of a tombstone, and `$tb` of a stream softly deleted. */
export const DELETED = Number.MAX_SAFE_INTEGER;
/** Revision of the last event of a stream without any. */
export const NO_STREAM = -1;

export const metastreamOf = (stream: string): string => `$$${stream}`;
