// Makes every view anew from the log beside what readers see, compares the two, and lets the new ones take their place (invariant 9).
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventStore } from '#event-store';
import type { Position } from '#kernel';
import { followedWith } from '#learner-file';
import type { Vault } from '#privacy';
import { Batch } from './apply-batch.ts';
import { type Follower, hindmost, typesOf, type ViewFailure } from './follower.ts';
import type { Projector } from './projector.ts';
import type { RebuildStore, ViewContent } from './view-store.ts';

export interface RebuildParts {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly views: Omit<RebuildStore, 'close'>;
  readonly vault: Vault;
  readonly projectors: readonly Projector[];
}

export interface RebuildOptions {
  /** Compares each view with what readers see of it, as of the same position. */
  readonly verify: boolean;
  readonly signal?: AbortSignal;
  readonly batchSize?: number;
  readonly progress?: (position: Position) => void;
}

/** `unverified`: not asked for, or there was nothing of this version to compare with; `failed`: readers see what they saw before. */
export type RebuildOutcome = 'identical' | 'different' | 'unverified' | 'failed';

export interface RebuiltView {
  readonly view: string;
  readonly version: number;
  readonly outcome: RebuildOutcome;
  /** Where the hash was taken, which is where the two were compared. */
  readonly position: Position;
  readonly rows: number;
  /** SHA-256, hex: see `ViewContent`. */
  readonly hash: string;
  /** Hash of what readers saw, where it was compared. */
  readonly formerHash?: string;
  readonly failure?: ViewFailure;
}

export interface Rebuilt {
  readonly views: readonly RebuiltView[];
  /** No view failed, and none was different. */
  readonly sound: boolean;
}

/** Events a transaction: large, since a page that changes again within one is written once. */
const BATCH = 20_000;
const READ = 2000;
const ATTEMPTS = 100;

/**
 * A view that is different is replaced all the same: the log is right. Rejects, with nothing replaced, as the log, the vault or the views
 * do, with `ViewStoreError` `moved-on` when another rebuild comes in between, and when the signal aborts.
 */
export const rebuild = async (parts: RebuildParts, options: RebuildOptions): Promise<Rebuilt> => {
  const followers = await begin(parts);
  if (options.verify) await advance(parts, followers, options);
  else await advanceToHead(parts, followers, options);
  const examined: Promise<RebuiltView>[] = [];
  for (const follower of followers) {
    const former = options.verify ? await formerContent(parts, follower.projector) : undefined;
    if (former) {
      follower.until = former.position;
      await advance(parts, [follower], options);
    }
    if (!follower.failure) await parts.views.conclude(follower.projector, follower.generation);
    // The next view may be concluded meanwhile.
    const view = examine(parts, follower, former);
    view.catch(() => undefined); // whoever waits for it is told
    examined.push(view);
  }
  const rebuilt = await Promise.all(examined);
  await replace(parts, followers, options);
  const views = rebuilt.map((view, index) => withFailure(view, followers[index]?.failure));
  return { views, sound: views.every(({ outcome }) => outcome !== 'failed' && outcome !== 'different') };
};

/** Each bounded by where the view stands that it will be compared with. */
const begin = async ({ views, projectors }: RebuildParts): Promise<readonly Follower[]> => {
  const places = new Map((await views.begin(projectors)).map((place) => [place.view, place]));
  const followers: Follower[] = [];
  for (const projector of projectors) {
    const place = places.get(projector.name);
    if (!place) throw new RangeError(`The store of views has begun no view named ${projector.name}.`);
    const until = (await views.current(projector))?.position ?? 0;
    followers.push({ projector, generation: place.generation, position: place.position, until });
  }
  return followers;
};

/** While one batch is stored, the next is made. */
const advance = async (parts: RebuildParts, followers: readonly Follower[], options: RebuildOptions): Promise<void> => {
  let stored: Promise<void> = Promise.resolve();
  for (let after = hindmost(followers); after !== undefined;) {
    const batch = new Batch(parts, followers, after);
    const reached = await fill(batch, parts, { ...options, after, until: Math.max(...followers.map(({ until }) => until)) });
    await stored;
    if (reached === after) return;
    stored = batch.commit();
    stored.catch(() => undefined); // whoever waits for it is told
    options.progress?.(reached);
    after = followers.some(({ failure, until }) => !failure && until > reached) ? reached : undefined;
  }
  await stored;
};

/** Reads little at a time, so that few payloads are in memory, and commits much. */
const fill = async (
  batch: Batch,
  { store, vault, projectors }: RebuildParts,
  { batchSize = BATCH, signal, after, until }: RebuildOptions & { readonly after: Position; readonly until: Position },
): Promise<Position> => {
  const { decode, prepare } = followedWith(vault);
  const types = typesOf(projectors);
  const end = Math.min(until, after + batchSize);
  let reached = after;
  while (reached < end) {
    signal?.throwIfAborted();
    const events = await store.readAll({ after: reached, limit: Math.min(READ, end - reached) });
    if (events.length === 0) return reached;
    reached = events.at(-1)?.position ?? reached;
    const followed = events.map(decode);
    await prepare(followed.filter(({ recorded: { type } }) => types === 'every' || types.has(type)));
    batch.add(followed, reached);
    await nextTurn();
  }
  return reached;
};

const advanceToHead = async (parts: RebuildParts, followers: readonly Follower[], options: RebuildOptions): Promise<void> => {
  for (const follower of followers) follower.until = Number.POSITIVE_INFINITY;
  await advance(parts, followers, options);
};

const examine = async (
  { views }: RebuildParts,
  { projector, generation }: Follower,
  former: ViewContent | undefined,
): Promise<RebuiltView> => {
  const { position, rows, hash } = await views.content(projector, generation);
  const made = { view: projector.name, version: projector.version, position, rows, hash };
  if (!former) return { ...made, outcome: 'unverified' };
  return { ...made, outcome: former.hash === hash ? 'identical' : 'different', formerHash: former.hash };
};

const formerContent = async ({ views }: RebuildParts, projector: Projector): Promise<ViewContent | undefined> => {
  const current = await views.current(projector);
  return current && views.content(projector, current.generation);
};

/** Readers never see a view go back: while theirs moves on, the new ones follow once more. */
const replace = async (parts: RebuildParts, followers: readonly Follower[], options: RebuildOptions): Promise<void> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    await advanceToHead(parts, followers, options);
    const sound = followers.filter(({ failure }) => !failure);
    if (await parts.views.replace(sound.map(({ projector: view, generation }) => ({ view, generation })))) return;
  }
  throw new Error('The views move on faster than they can be made anew: rebuild them while less is going on.');
};

const withFailure = (view: RebuiltView, failure: ViewFailure | undefined): RebuiltView =>
  failure ? { ...view, outcome: 'failed', failure } : view;

/** For the operator: one line a view. */
export const rebuildLines = ({ views }: Rebuilt): readonly string[] =>
  views.map(({ view, version, outcome, position, rows, hash, formerHash, failure }) => {
    const about = `${view}@${version}  ${hash}  ${rows} rows at ${position}`;
    if (failure) return `${about}  failed: ${failure.code} (${failure.error})`;
    if (outcome === 'different') return `${about}  DIFFERENT from ${formerHash ?? ''}`;
    return `${about}  ${outcome}`;
  });
