// Views on their way along the log: how far each is, which go together, and who waits for them.
import type { Position } from '#kernel';
import type { Projector } from './projector.ts';

// A view on its way along the log.

/**
 * `cannot-open`: an event is not what was sealed, or its key is missing; `cannot-apply`: the projector threw;
 * `cannot-store`: what it made of a batch does not fit its tables.
 */
export type ViewFailureCode = 'cannot-open' | 'cannot-apply' | 'cannot-store';

/** Why a view stands still. The fault lies in the first event after the view's position (`cannot-store`: in the batch after it). */
export interface ViewFailure {
  readonly code: ViewFailureCode;
  /** Class of what was thrown; its message may quote data and is not kept. */
  readonly error: string;
}

/** By its form, since errors of another realm are no instances of ours. */
export const errorName = (cause: unknown): string =>
  typeof cause === 'object' && cause !== null && 'name' in cause && typeof cause.name === 'string' ? cause.name : typeof cause;

export interface Follower {
  readonly projector: Projector;
  generation: number;
  /** Of the last event that is in the view, and on disk as far as the store of views keeps its word. */
  position: Position;
  /** Events beyond it are left. */
  until: Position;
  failure?: ViewFailure | undefined;
}

/** What any of these takes. */
export const typesOf = (projectors: readonly Projector[]): Projector['types'] => {
  const types = new Set<string>();
  for (const projector of projectors) {
    if (projector.types === 'every') return 'every';
    for (const type of projector.types) types.add(type);
  }
  return types;
};

/** The lowest position among those that can still move; undefined when none can. */
export const hindmost = (followers: readonly Follower[]): Position | undefined => {
  const moving = followers.filter(({ failure, position, until }) => !failure && position < until);
  return moving.length === 0 ? undefined : Math.min(...moving.map(({ position }) => position));
};

/** Where followers go on together: each passes over what it has. */
export const placeOf = (followers: readonly Follower[]): Position =>
  hindmost(followers) ?? Math.max(0, ...followers.map(({ position }) => position));

// Views at the front follow the log together; those that are behind catch up beside them, and join when they are level.

export class ViewGroups {
  #front: Follower[] = [];
  #behind: Follower[] = [];
  #position: Position = 0;

  constructor(followers: readonly Follower[]) {
    this.#front = [...followers];
  }

  get front(): readonly Follower[] {
    return this.#front;
  }

  get behind(): readonly Follower[] {
    return this.#behind;
  }

  /** Of the last event given to the views at the front. */
  get position(): Position {
    return this.#position;
  }

  /** Leaves those at the front behind who are not as far as the first; to be called while nobody is behind. */
  split(): void {
    const healthy = this.#front.filter(({ failure }) => !failure);
    const first = Math.max(0, ...healthy.map(({ position }) => position));
    this.#behind = healthy.filter(({ position }) => position < first);
    this.#front = this.#front.filter((follower) => !this.#behind.includes(follower));
  }

  moveTo(position = placeOf(this.#front)): Position {
    return (this.#position = position);
  }

  /** Those who are level with the front are of it from now on, so that they miss nothing; who has failed stays where it is. */
  join(): void {
    const joining = this.#behind.filter(({ failure, position }) => failure !== undefined || position >= this.#position);
    this.#front.push(...joining);
    this.#behind = this.#behind.filter((follower) => !joining.includes(follower));
  }
}

// Readers who hold a position wait here until a view has reached it (Concordat-Min-Position, contracts.md).

interface Waiter {
  readonly view: string;
  readonly position: Position;
  readonly settle: (reached: boolean) => void;
}

/** `reached`, `not-yet`, or `never` where the view stands still. */
export type Progress = 'reached' | 'not-yet' | 'never';

export class PositionWaiters {
  readonly #progress: (view: string, position: Position) => Progress;
  readonly #waiters = new Set<Waiter>();

  constructor(progress: (view: string, position: Position) => Progress) {
    this.#progress = progress;
  }

  get any(): boolean {
    return this.#waiters.size > 0;
  }

  /** False when the time is up, when the view stands still, and on `end`. */
  async waitFor(view: string, position: Position, timeoutMs: number): Promise<boolean> {
    const progress = this.#progress(view, position);
    if (progress !== 'not-yet') return progress === 'reached';
    return new Promise((resolve) => {
      const settle = (reached: boolean): void => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
        resolve(reached);
      };
      const waiter = { view, position, settle };
      const timer = setTimeout(settle, timeoutMs, false);
      this.#waiters.add(waiter);
    });
  }

  look(): void {
    for (const { view, position, settle } of this.#waiters) {
      const progress = this.#progress(view, position);
      if (progress !== 'not-yet') settle(progress === 'reached');
    }
  }

  end(): void {
    for (const { settle } of this.#waiters) settle(false);
  }
}
