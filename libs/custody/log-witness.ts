// What the files of a data directory can know of the log that they belong to (ADR 0019).
import type { Position } from '#kernel';

/** How far a log goes: its identity, the position of its last event, and that event's leaf hash. */
export interface LogMark {
  /** Random, made with the log. */
  readonly log: string;
  readonly position: Position;
  /** base64url; empty at position 0. */
  readonly leaf: string;
}

/** The log as the files beside it know it. Files are named as in the data directory. */
export interface LogWitness {
  /** As far as this process has taken it in. */
  mark(): LogMark;
  /** The leaf hash of an event (base64url); empty for position 0, undefined where the log does not reach that far. */
  leafAt(position: Position): string | undefined;
  /** How many changes of a file the log counts on; 0: it never heard of it. */
  countedOn(file: string): number;
  /** From now on each commit of the log notes how many changes the file has. */
  accompany(file: string, changes: () => number): void;
}
