// Learners whose feeds are to be decided anew, or about whom something is on its way, and how those who wait for that are woken.
import { setTimeout as delay } from 'node:timers/promises';
import { backOff as pauseAfter, type LearnerId, type Pauses, type Position } from '#kernel';
import { AGENCIES_STREAM } from '#agencies';
import type { RecordedEvent } from '#event-store';
import { ERASED, learnerStream, type LearnerStreams } from '#learner-file';

// Waiting longer after each failure, so that what is out of reach is not beset.

const PAUSES: Pauses = { first: 50, longest: 5000 };

/** Resolves after the wait, or at once when the signal aborts. `attempt` counts from 0. */
export const backOff = async (attempt: number, signal: AbortSignal): Promise<void> =>
  delay(pauseAfter(attempt + 1, Math.random(), PAUSES), undefined, { signal, ref: false }).catch(() => undefined);

// Learners whose feeds are to be decided anew, each once however much happens meanwhile, in the order in which something first happened.

export class PendingLearners {
  #since = new Map<LearnerId, Position>();

  get size(): number {
    return this.#since.size;
  }

  has(learner: LearnerId): boolean {
    return this.#since.has(learner);
  }

  add(learner: LearnerId, position: Position): void {
    if (!this.#since.has(learner)) this.#since.set(learner, position);
  }

  /** Position of what first happened to one who waits. */
  since(learner: LearnerId): Position | undefined {
    return this.#since.get(learner);
  }

  first(count: number): readonly LearnerId[] {
    const first: LearnerId[] = [];
    for (const learner of this.#since.keys()) {
      if (first.length === count) break;
      first.push(learner);
    }
    return first;
  }

  /** Those of them that wait, with the position of what first happened to each. */
  take(learners: readonly LearnerId[]): ReadonlyMap<LearnerId, Position> {
    const taken = new Map<LearnerId, Position>();
    for (const learner of learners) {
      const since = this.#since.get(learner);
      if (since !== undefined && this.#since.delete(learner)) taken.set(learner, since);
    }
    return taken;
  }

  /** They could not be decided: they are the first again. */
  giveBack(taken: ReadonlyMap<LearnerId, Position>): void {
    const later = this.#since;
    this.#since = new Map(taken);
    for (const [learner, position] of later) this.add(learner, position);
  }

  /** How far the log is dealt with when it has been read up to `read`. */
  reached(read: Position): Position {
    const first = this.#since.values().next();
    return first.done ? read : Math.min(read, first.value - 1);
  }
}

/** Of whoever was merged into another: what is recorded of the one shows on the feeds of the other. */
export const withThem = async (
  files: LearnerStreams['files'],
  pending: Pick<PendingLearners, 'since'>,
  chosen: readonly LearnerId[],
): Promise<readonly { readonly learner: LearnerId; readonly since: Position }[]> => {
  const found = await Promise.all(
    chosen.map(async (learner) => {
      const stream = learnerStream(learner);
      // Where it cannot be read, neither can it be decided: that tells.
      const held = files.peek(stream) ?? (await files.load(stream).catch(() => undefined));
      const [into, since] = [held?.state.into, pending.since(learner)];
      return into === undefined || since === undefined ? [] : [{ learner: into, since }];
    }),
  );
  return found.flat();
};

// Learners about whom something is on its way to partners at this moment: whoever withdraws has to wait for it (invariant 6).

interface Sending {
  readonly learners: ReadonlySet<LearnerId>;
  readonly over: Promise<void>;
}

export class InFlight {
  readonly #sendings = new Set<Sending>();

  /** To be called in the turn in which the sending begins; the answer, once nothing of it can arrive any more. */
  begin(learners: Iterable<LearnerId>): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    const sending = { learners: new Set(learners), over: promise };
    this.#sendings.add(sending);
    return () => {
      this.#sendings.delete(sending);
      resolve();
    };
  }

  /** Resolves when all that is on its way about the learner now has arrived, or never will. What begins later is not waited for. */
  async settled(learner: LearnerId): Promise<void> {
    const waited = [...this.#sendings].filter(({ learners }) => learners.has(learner));
    await Promise.all(waited.map(({ over }) => over));
  }

  /** Learners about whom something is on its way. */
  get count(): number {
    return [...this.#sendings].reduce((total, { learners }) => total + learners.size, 0);
  }
}

// What partners are to be told of without delay: it may take from their sight, or give to it, what was recorded long before.

const KINDS = /^uk\.concordat\.(?:consent|objection|restriction|record)\./;

export const changesWhoSees = ({ stream, type }: Pick<RecordedEvent, 'stream' | 'type'>): boolean =>
  stream === AGENCIES_STREAM || type === ERASED || KINDS.test(type);

// How the two halves of a runner wait for each other: one reads the log, the other works; and how others wait for both.

interface Waiting {
  readonly holds: () => boolean;
  readonly resolve: () => void;
}

export class Signals {
  #rung = false;
  #ended = false;
  #ring: (() => void) | undefined;
  #forRoom: Waiting[] = [];
  #forQuiet: Waiting[] = [];

  /** There may be something to do. */
  ring(): void {
    this.#rung = true;
    this.#ring?.();
  }

  /** Resolves when it was rung since the last time; only one may wait. */
  async rung(): Promise<void> {
    if (!this.#rung) await new Promise<void>((resolve) => void (this.#ring = resolve));
    this.#rung = false;
    this.#ring = undefined;
  }

  /** Resolves when the condition holds; it is looked at when work was done. */
  async room(holds: () => boolean): Promise<void> {
    if (this.#ended || holds()) return;
    return new Promise((resolve) => void this.#forRoom.push({ holds, resolve }));
  }

  /** Resolves at a moment at which nothing is left to do and the condition holds. */
  async quiet(holds: () => boolean): Promise<void> {
    if (this.#ended) return;
    this.ring();
    return new Promise((resolve) => void this.#forQuiet.push({ holds, resolve }));
  }

  /** Work was done. */
  look(): void {
    this.#forRoom = stillWaiting(this.#forRoom);
  }

  /** Nothing is left to do. */
  settle(): void {
    this.look();
    this.#forQuiet = stillWaiting(this.#forQuiet);
  }

  /** Nothing more is to be done: nobody waits on. */
  end(): void {
    this.#ended = true;
    this.ring();
    for (const { resolve } of [...this.#forRoom, ...this.#forQuiet]) resolve();
  }
}

const stillWaiting = (waiting: readonly Waiting[]): Waiting[] =>
  waiting.filter(({ holds, resolve }) => {
    if (!holds()) return true;
    resolve();
    return false;
  });
