// What follows the log: views, reactors, feeds, and what is held in memory (ADR 0024).
import type { Position } from '#kernel';
import type { RecordedEvent } from '../event-store.ts';

/** An event as the tail gives it out: one object for all consumers. */
export interface Delivered {
  readonly recorded: RecordedEvent;
}

/** The next part of the log for one consumer. */
export interface Delivery<Event extends Delivered> {
  /** The events with greater positions, up to and including `to`, … */
  readonly after: Position;
  /** … which the consumer's checkpoint is to move on to, … */
  readonly to: Position;
  /** … of these those that it wants, in their order; perhaps none. */
  readonly events: readonly Event[];
}

export interface Consumer<Event extends Delivered> {
  /** Names it in health and figures, once in a tail: kebab-case. */
  readonly name: string;
  /** Event types that it wants. */
  readonly types: ReadonlySet<string> | 'every';
  /** Whether it wants a stream's events; absent: those of every stream. */
  readonly streams?: (stream: string) => boolean;
  /** Of what it wants, which it opens: their keys are loaded before it is given them. Absent: none. */
  readonly opens?: (recorded: RecordedEvent) => boolean;
  /** Most events of the log that it passes at once; 256 where absent. */
  readonly batchSize?: number;
  /**
   * Position of the last event that it has taken in; 0: none. Asked when it begins and after every failure; the consumer keeps it in the
   * transaction of what it keeps.
   */
  checkpoint(): Position | Promise<Position>;
  /** Resolves when all is taken in, and is asked for the next part only then. Rejects: it is given again, from the checkpoint on. */
  handle(delivery: Delivery<Event>): Promise<void>;
}

/** Why something cannot go on now. It tries again by itself. */
export interface Trouble {
  /** Of the error, or the name of its class. */
  readonly code: string;
  /** A sentence for the operator, where the error says what to do; it holds nothing personal. */
  readonly says?: string;
}

export interface ConsumerHealth {
  readonly name: string;
  /** Of the last event that it has passed. */
  readonly position: Position;
  /** Events of the log that it has not passed yet. */
  readonly lag: number;
  readonly trouble?: Trouble;
}

export interface TailHealth {
  readonly head: Position;
  /** In the order in which they came. */
  readonly consumers: readonly ConsumerHealth[];
  /** Why the log itself cannot be read now. */
  readonly trouble?: Trouble;
}
