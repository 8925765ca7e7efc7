// A view on its way along the log.
import type { Position } from '#kernel';
import type { Projector } from './projector.ts';

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

/** The lowest position among those that can still move; undefined when none can. */
export const hindmost = (followers: readonly Follower[]): Position | undefined => {
  const moving = followers.filter(({ failure, position, until }) => !failure && position < until);
  return moving.length === 0 ? undefined : Math.min(...moving.map(({ position }) => position));
};

/** Where followers go on together: each passes over what it has. */
export const placeOf = (followers: readonly Follower[]): Position =>
  hindmost(followers) ?? Math.max(0, ...followers.map(({ position }) => position));
