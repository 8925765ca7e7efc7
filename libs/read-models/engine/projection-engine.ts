// Keeps every view at the log's heels, from the checkpoints that lie with the views: as consumers of the one tail (ADR 0009, ADR 0024).
import type { Consumer, Delivery, EventStore, Tail } from '#event-store';
import { Pace, type Position } from '#kernel';
import type { FollowedEvent } from '#learner-file';
import { applyDelivery, ViewGroups } from './apply-batch.ts';
import { type Follower, placeOf, PositionWaiters, type Progress, typesOf, type ViewFailure } from './follower.ts';
import type { Projector } from './projector.ts';
import type { Generation, ViewStore } from './view-store.ts';

export interface EngineParts {
  readonly store: Pick<EventStore, 'head'>;
  readonly tail: Pick<Tail<FollowedEvent>, 'follow' | 'trouble' | 'troubles'>;
  readonly views: ViewStore;
  readonly projectors: readonly Projector[];
}

export interface EngineOptions {
  /** Events a transaction: while its rows are written the broker answers nobody. */
  readonly batchSize?: number;
  /** Told once of each view that stops; holds no personal data. */
  readonly report?: (stopped: StoppedView) => void;
}

export interface StoppedView {
  readonly view: string;
  readonly position: Position;
  readonly failure: ViewFailure;
}

export interface ViewHealth {
  readonly view: string;
  readonly version: number;
  readonly position: Position;
  /** Events of the log that it has not taken in yet. */
  readonly lag: number;
  readonly failure?: ViewFailure;
}

export interface ProjectionHealth {
  readonly head: Position;
  readonly views: readonly ViewHealth[];
  /** Code of what interrupts all views at present. */
  readonly interrupted?: string;
}

interface CatchingUp {
  readonly ended: Promise<void>;
  readonly stop: AbortController;
}

/** A page is written once a commit, however many of its rows change, and most are met again soon: small batches write more for an event. */
const BATCH = 500;
/** Between two commits, unless a whole batch is there or somebody waits for what he did. */
const APART_MS = 250;
/** Consumers of the tail: the views, and those of them that are not level with the others yet. */
export const VIEWS = 'views';
const VIEWS_BEHIND = 'views-behind';

export class ProjectionEngine {
  readonly #parts: EngineParts;
  readonly #options: EngineOptions;
  readonly #waiters = new PositionWaiters((view, position) => this.#progress(view, position));
  readonly #followers: readonly Follower[];
  readonly #groups: ViewGroups;
  readonly #pace = new Pace(APART_MS);
  readonly #reported = new Set<Follower>();
  #turn: Promise<unknown> = Promise.resolve();
  /** While any view is behind. */
  #catchingUp: CatchingUp | undefined;

  constructor(parts: EngineParts, options: EngineOptions = {}) {
    this.#parts = parts;
    this.#options = options;
    this.#followers = parts.projectors.map((projector) => ({ projector, generation: 0, position: 0, until: Number.POSITIVE_INFINITY }));
    this.#groups = new ViewGroups(this.#followers);
  }

  /** To be called once. Follows the log until the signal aborts, through every interruption. */
  async run(signal: AbortSignal): Promise<void> {
    const front = this.#consumer(VIEWS, {
      checkpoint: () => this.#openFront(signal),
      handle: async (delivery) => {
        await applyDelivery(this.#parts, this.#groups.front, delivery);
        this.#groups.moveTo(delivery.to);
      },
    });
    const handle = async (delivery: Delivery<FollowedEvent>): Promise<void> => {
      await front.handle(delivery);
      if (delivery.to - delivery.after >= (front.batchSize ?? BATCH) || this.#waiters.any) this.#pace.hurry();
      await this.#pace.turn(signal);
    };
    await this.#parts.tail.follow({ ...front, handle }, signal);
    this.#catchingUp?.stop.abort();
    await this.#catchingUp?.ended;
    this.#waiters.end();
  }

  /** Of the last event that the view has taken in. */
  position(view: string): Position {
    return this.#follower(view).position;
  }

  /**
   * True as soon as the view has taken in the event at a position; false when the time is up, the view stands still or the engine stops.
   */
  async waitFor(view: string, position: Position, timeoutMs: number): Promise<boolean> {
    if (this.#progress(view, position) === 'not-yet') this.#pace.hurry();
    return this.#waiters.waitFor(view, position, timeoutMs);
  }

  /** Rejects with `EventStoreError` where the head of the log cannot be told. */
  async health(): Promise<ProjectionHealth> {
    const { store, tail } = this.#parts;
    const head = await store.head();
    const views = this.#followers.map(({ projector, position, failure }) => ({
      view: projector.name,
      version: projector.version,
      position,
      lag: Math.max(0, head - position),
      ...(failure === undefined ? {} : { failure }),
    }));
    const trouble = tail.troubles.get(VIEWS) ?? tail.trouble;
    return { head, views, ...(trouble && { interrupted: trouble.code }) };
  }

  /** The two take turns: what one of them does to a view, the other sees whole. */
  #consumer(name: string, { checkpoint, handle }: Pick<Consumer<FollowedEvent>, 'checkpoint' | 'handle'>): Consumer<FollowedEvent> {
    const { batchSize = BATCH } = this.#options;
    return {
      name,
      batchSize,
      types: typesOf(this.#parts.projectors),
      opens: () => true,
      checkpoint: () => this.#inTurn(async () => checkpoint()),
      handle: (delivery: Delivery<FollowedEvent>) => this.#inTurn(() => handle(delivery)),
    };
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const working = this.#turn.then(work).finally(() => this.#moved());
    this.#turn = working.catch(() => undefined);
    return working;
  }

  async #openFront(signal: AbortSignal): Promise<Position> {
    await this.#open(this.#groups.front);
    if (!this.#catchingUp) this.#groups.split();
    if (this.#groups.behind.length > 0) this.#catchingUp ??= this.#catchUp(signal);
    return this.#groups.moveTo();
  }

  #catchUp(signal: AbortSignal): CatchingUp {
    const stop = new AbortController();
    const behind = this.#consumer(VIEWS_BEHIND, {
      checkpoint: async () => {
        await this.#open(this.#groups.behind);
        return placeOf(this.#groups.behind);
      },
      handle: async (delivery) => {
        await applyDelivery(this.#parts, this.#groups.behind, delivery);
        this.#groups.join();
        if (this.#groups.behind.length === 0) stop.abort();
      },
    });
    const ended = this.#parts.tail.follow(behind, AbortSignal.any([signal, stop.signal])).then(() => void (this.#catchingUp = undefined));
    return { ended, stop };
  }

  /** Views may be ahead of a log that was restored from a backup: what they show beyond it never happened. */
  async #open(followers: readonly Follower[]): Promise<void> {
    const { store, views, projectors } = this.#parts;
    const found = await views.open(projectors);
    const head = await store.head();
    const beyond = projectors.filter(({ name }) => found.some(({ view, position }) => view === name && position > head));
    if (beyond.length > 0) await views.restart(beyond);
    const places = new Map((beyond.length > 0 ? await views.open(projectors) : found).map((place) => [place.view, place]));
    for (const follower of followers) this.#place(follower, places.get(follower.projector.name));
  }

  /** A view that failed would fail again, unless it has been made anew meanwhile. */
  #place(follower: Follower, place: Generation | undefined): void {
    if (!place || (follower.failure && follower.generation === place.generation)) return;
    follower.generation = place.generation;
    follower.position = place.position;
    follower.failure = undefined;
    this.#reported.delete(follower);
  }

  #moved(): void {
    for (const follower of this.#followers) {
      const { failure, projector, position } = follower;
      if (!failure || this.#reported.has(follower)) continue;
      this.#reported.add(follower);
      this.#options.report?.({ view: projector.name, position, failure });
    }
    this.#waiters.look();
  }

  #follower(view: string): Follower {
    const found = this.#followers.find(({ projector }) => projector.name === view);
    if (!found) throw new RangeError(`There is no view named ${view}.`);
    return found;
  }

  #progress(view: string, position: Position): Progress {
    const follower = this.#follower(view);
    if (follower.position >= position) return 'reached';
    return follower.failure ? 'never' : 'not-yet';
  }
}
