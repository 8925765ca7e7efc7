// Views at the front follow the live log together; those that are behind catch up beside them, and join when they are level.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventStore } from '#event-store';
import type { Position } from '#kernel';
import { applyBatch, type BatchParts } from './apply-batch.ts';
import { type Follower, hindmost } from './follower.ts';

export interface FollowParts extends BatchParts {
  readonly store: Pick<EventStore, 'readAll' | 'subscribe'>;
  readonly batchSize: number;
  /** Called whenever a view may have moved or failed. */
  readonly moved: () => void;
}

interface Front {
  readonly members: Follower[];
  /** Of the last event given to the members; every other follower joins only from there on, so that it misses none. */
  position: Position;
}

/** Resolves when the signal aborts, or when the store ends the subscription; rejects as the store, the vault or the views do. */
export const follow = async (parts: FollowParts, followers: readonly Follower[], signal: AbortSignal): Promise<void> => {
  const healthy = followers.filter(({ failure }) => !failure);
  const position = Math.max(0, ...healthy.map((follower) => follower.position));
  const front: Front = { members: healthy.filter((follower) => follower.position === position), position };
  const behind = healthy.filter((follower) => follower.position < position);
  const broken = new AbortController();
  const within = AbortSignal.any([signal, broken.signal]);
  const tasks = [live(parts, front, within), catchUp(parts, front, behind, within)];
  try {
    await Promise.all(tasks);
  } finally {
    broken.abort();
    await Promise.allSettled(tasks);
  }
};

const live = async (parts: FollowParts, front: Front, signal: AbortSignal): Promise<void> => {
  for await (const events of parts.store.subscribe({ after: front.position, signal, batchSize: parts.batchSize })) {
    front.position = events.at(-1)?.position ?? front.position;
    await applyBatch(parts, [...front.members], events);
    parts.moved();
    await nextTurn();
    if (signal.aborted) return;
  }
};

const catchUp = async (parts: FollowParts, front: Front, behind: readonly Follower[], signal: AbortSignal): Promise<void> => {
  let left = behind;
  for (let after = hindmost(left); after !== undefined && !signal.aborted; after = hindmost(left)) {
    const events = await parts.store.readAll({ after, limit: parts.batchSize });
    await applyBatch(parts, left, events);
    left = left.filter((follower) => !joined(front, follower));
    parts.moved();
    await nextTurn();
  }
};

const joined = (front: Front, follower: Follower): boolean => {
  if (follower.failure || follower.position < front.position) return false;
  front.members.push(follower);
  return true;
};
