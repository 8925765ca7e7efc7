// What the gate works with.
import type { EventStore } from '#event-store';
import type { Clock } from '#kernel';
import type { LearnerStreams } from '#learner-file';
import type { LogWriter } from '#unit-of-work';
import type { Pseudonyms, Vault } from '#privacy';
import type { Disclosure } from './answer.ts';
import type { Registers } from './in-force.ts';
import type { ItemReader } from './item-reader.ts';

export interface GateParts {
  readonly store: Pick<EventStore, 'readStream' | 'readAll'>;
  readonly streams: LearnerStreams;
  readonly writer: Pick<LogWriter, 'write'>;
  readonly registers: Registers;
  readonly reader: ItemReader;
  readonly vault: Vault;
  readonly pseudonyms: Pseudonyms;
  readonly clock: Clock;
  /** Told the outcome of each decision and what was asked for, for figures alone. */
  readonly observer?: { decided(outcome: Disclosure['outcome'], asked: string): void };
}
