// One batch of events through several views, which all commit in one transaction.
import type { Delivery, RecordedEvent } from '#event-store';
import { type Position, workInSlices } from '#kernel';
import type { FollowedEvent } from '#learner-file';
import { VaultError } from '#privacy';
import type { ProjectedEvent } from './projector.ts';
import { errorName, type Follower, placeOf, RowChanges, type ViewFailure } from './follower.ts';
import { type Advance, type ViewStore, ViewStoreError } from './view-store.ts';

export interface BatchParts {
  readonly views: Pick<ViewStore, 'commit'>;
}

/** Conditions that pass, for which no view is to blame. */
const PASSING: ReadonlySet<string> = new Set(['unavailable', 'closed', 'not-loaded']);
const passing = (cause: unknown): boolean => cause instanceof VaultError && PASSING.has(cause.code);

/** One follower's part in a batch; what a failed event had begun is taken back. */
class Turn {
  readonly follower: Follower;
  readonly #rows: RowChanges;
  #reached: Position;
  #failure: ViewFailure | undefined;

  constructor(follower: Follower) {
    this.follower = follower;
    this.#reached = follower.position;
    this.#rows = new RowChanges(follower.projector);
  }

  takes(type: string): boolean {
    const { types } = this.follower.projector;
    return types === 'every' || types.has(type);
  }

  /** Of the types that it takes. */
  wants({ position }: RecordedEvent): boolean {
    return position > this.#reached && position <= this.follower.until && !this.#failure;
  }

  apply(event: ProjectedEvent, before: Position): void {
    const mark = this.#rows.length;
    try {
      this.follower.projector.apply(event, this.#rows);
    } catch (cause) {
      if (passing(cause)) throw cause;
      this.#rows.rewind(mark);
      this.#reach(before);
      this.#failure = { code: cause instanceof VaultError ? 'cannot-open' : 'cannot-apply', error: errorName(cause) };
    }
  }

  end(last: Position): void {
    if (!this.#failure) this.#reach(Math.min(last, this.follower.until));
  }

  #reach(position: Position): void {
    this.#reached = Math.max(this.#reached, position);
  }

  refuse(cause: unknown): void {
    this.#reached = this.follower.position;
    this.#failure = { code: 'cannot-store', error: errorName(cause) };
  }

  /** Undefined where the follower stays where it is, as one does that failed in the batch before. */
  advance(): Advance | undefined {
    const { projector: view, generation, position: from, failure } = this.follower;
    return failure || this.#reached === from ? undefined : { view, generation, from, to: this.#reached, changes: this.#rows };
  }

  settle(): void {
    if (this.follower.failure) return;
    this.follower.position = this.#reached;
    if (this.#failure) this.follower.failure = this.#failure;
  }
}

/**
 * Followers on their way over events, which must come in order, and without a gap in what any of them wants. A view whose event fails
 * stops before that event. Nothing has moved until `commit`, and nothing moves where `add` throws a `VaultError` that may pass. A batch may
 * be made while the one before is committed.
 */
export class Batch {
  readonly #parts: BatchParts;
  readonly #turns: readonly Turn[];
  /** Of dozens of views few take any one type. */
  readonly #byType = new Map<string, readonly Turn[]>();
  #last: Position;

  /** `after`: the position that the events are beyond. */
  constructor(parts: BatchParts, followers: readonly Follower[], after: Position) {
    this.#parts = parts;
    this.#turns = followers.filter(({ failure }) => !failure).map((follower) => new Turn(follower));
    this.#last = after;
  }

  /** The next events, with greater positions up to `to`; of these any that nobody wants may be left out. */
  add(events: readonly ProjectedEvent[], to: Position): void {
    for (const event of events) this.#apply(event);
    this.#last = to;
  }

  /** The same, in slices, between which others get their turn. */
  async addInSlices(events: readonly ProjectedEvent[], to: Position): Promise<void> {
    await workInSlices(events, (event) => this.#apply(event));
    this.#last = to;
  }

  #apply(event: ProjectedEvent): void {
    for (const turn of this.#takers(event.recorded.type)) if (turn.wants(event.recorded)) turn.apply(event, this.#last);
    this.#last = event.recorded.position;
  }

  #takers(type: string): readonly Turn[] {
    const known = this.#byType.get(type);
    if (known) return known;
    const takers = this.#turns.filter((turn) => turn.takes(type));
    this.#byType.set(type, takers);
    return takers;
  }

  /** Rejects with `ViewStoreError`, every follower where it was. */
  async commit(): Promise<void> {
    this.#turns.forEach((turn) => turn.end(this.#last));
    await commit(this.#parts.views, this.#turns);
    this.#turns.forEach((turn) => turn.settle());
  }
}

/** See `Batch`. */
export const applyDelivery = async (
  parts: BatchParts,
  followers: readonly Follower[],
  { after, to, events }: Delivery<FollowedEvent>,
): Promise<void> => {
  const batch = new Batch(parts, followers, after);
  await batch.addInSlices(events, to);
  await batch.commit();
};

/** A view whose changes cannot be stored is left out, so that it holds up no other. */
const commit = async (views: BatchParts['views'], turns: readonly Turn[]): Promise<void> => {
  for (;;) {
    const advances = turns.map((turn) => turn.advance()).filter((advance) => advance !== undefined);
    if (advances.length === 0) return;
    try {
      return await views.commit(advances);
    } catch (cause) {
      if (!(cause instanceof ViewStoreError) || cause.code !== 'refused') throw cause;
      const refused = turns.find(({ follower }) => follower.projector.name === cause.view);
      if (!refused) throw cause;
      refused.refuse(cause.cause);
    }
  }
};

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
