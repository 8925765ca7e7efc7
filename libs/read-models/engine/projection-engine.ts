// Keeps every view at the log's heels: from the checkpoints that lie with the views, in batches, then live (ADR 0009).
import { setTimeout as delay } from 'node:timers/promises';
import { EventStoreError, type EventStore } from '#event-store';
import type { Position } from '#kernel';
import { type Vault, VaultError } from '#privacy';
import { follow } from './follow.ts';
import { errorName, type Follower, type ViewFailure } from './follower.ts';
import { PositionWaiters, type Progress } from './position-waiters.ts';
import type { Projector } from './projector.ts';
import { type ViewStore, ViewStoreError } from './view-store.ts';

export interface EngineParts {
  readonly store: Pick<EventStore, 'head' | 'readAll' | 'subscribe'>;
  readonly views: ViewStore;
  readonly vault: Vault;
  readonly projectors: readonly Projector[];
}

export interface EngineOptions {
  /** Events a transaction; the broker answers nobody meanwhile. */
  readonly batchSize?: number;
  /** Pause before trying again when log, vault or views cannot be reached. */
  readonly retryMs?: number;
  /** Told once of each view that stops, and of each pause; holds no personal data. */
  readonly report?: (trouble: EngineTrouble) => void;
}

export type EngineTrouble =
  | { readonly kind: 'view-failed'; readonly view: string; readonly position: Position; readonly failure: ViewFailure }
  | { readonly kind: 'interrupted'; readonly code: string };

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

const BATCH = 100;
const RETRY_MS = 1000;

export class ProjectionEngine {
  readonly #parts: EngineParts;
  readonly #options: EngineOptions;
  readonly #waiters = new PositionWaiters((view, position) => this.#progress(view, position));
  readonly #reported = new Set<Follower>();
  #followers: readonly Follower[];
  #interrupted: string | undefined;

  constructor(parts: EngineParts, options: EngineOptions = {}) {
    this.#parts = parts;
    this.#options = options;
    this.#followers = parts.projectors.map((projector) => ({ projector, generation: 0, position: 0, until: Number.POSITIVE_INFINITY }));
  }

  /** Follows the log until the signal aborts, through every interruption. */
  async run(signal: AbortSignal): Promise<void> {
    const { store, views, vault } = this.#parts;
    const parts = { store, views, vault, batchSize: this.#options.batchSize ?? BATCH, moved: () => this.#moved() };
    while (!signal.aborted) {
      try {
        await this.#open();
        await follow(parts, this.#followers, signal);
        if (!signal.aborted) await this.#pause('ended', signal);
      } catch (cause) {
        if (!signal.aborted) await this.#pause(codeOf(cause), signal);
      }
    }
    this.#waiters.end();
  }

  /** Of the last event that the view has taken in. */
  position(view: string): Position {
    return this.#follower(view).position;
  }

  /** True as soon as the view has taken in the event at a position; false when the time is up, the view stands still or the engine stops. */
  async waitFor(view: string, position: Position, timeoutMs: number): Promise<boolean> {
    return this.#waiters.waitFor(view, position, timeoutMs);
  }

  /** Rejects with `EventStoreError` where the head of the log cannot be told. */
  async health(): Promise<ProjectionHealth> {
    const head = await this.#parts.store.head();
    const views = this.#followers.map(({ projector, position, failure }) => ({
      view: projector.name,
      version: projector.version,
      position,
      lag: Math.max(0, head - position),
      ...(failure === undefined ? {} : { failure }),
    }));
    return { head, views, ...(this.#interrupted === undefined ? {} : { interrupted: this.#interrupted }) };
  }

  /** Views may be ahead of a log that was restored from a backup: what they show beyond it never happened. */
  async #open(): Promise<void> {
    const { store, views, projectors } = this.#parts;
    const found = await views.open(projectors);
    const head = await store.head();
    const beyond = projectors.filter(({ name }) => found.some(({ view, position }) => view === name && position > head));
    if (beyond.length > 0) await views.restart(beyond);
    const places = new Map((beyond.length > 0 ? await views.open(projectors) : found).map((place) => [place.view, place]));
    this.#followers = this.#followers.map((former) => placedAt(former, places.get(former.projector.name)));
    this.#interrupted = undefined;
    this.#moved();
  }

  #moved(): void {
    for (const follower of this.#followers) {
      const { failure, projector, position } = follower;
      if (!failure || this.#reported.has(follower)) continue;
      this.#reported.add(follower);
      this.#options.report?.({ kind: 'view-failed', view: projector.name, position, failure });
    }
    this.#waiters.look();
  }

  async #pause(code: string, signal: AbortSignal): Promise<void> {
    this.#interrupted = code;
    this.#options.report?.({ kind: 'interrupted', code });
    await delay(this.#options.retryMs ?? RETRY_MS, undefined, { signal }).catch(() => undefined);
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

/** A view that failed would fail again, unless it has been made anew meanwhile. */
const placedAt = (former: Follower, place = { generation: former.generation, position: former.position }): Follower =>
  former.failure && former.generation === place.generation
    ? former
    : { projector: former.projector, generation: place.generation, position: place.position, until: former.until };

const codeOf = (cause: unknown): string => {
  if (cause instanceof EventStoreError || cause instanceof ViewStoreError || cause instanceof VaultError) return cause.code;
  return errorName(cause);
};
