// Whether this broker can do its work now, and if not, why. Sentences hold nothing personal: anybody may ask.
import type { EventStore } from '#event-store';
import type { Position } from '#kernel';
import type { ProjectionHealth } from '#projections';

export type Check = 'draining' | 'log' | 'disk' | 'views' | 'kafka';

export interface Reason {
  readonly check: Check;
  readonly says: string;
}

export interface ViewProgress {
  readonly view: string;
  /** Of the last event that it has taken in; decimal digits. */
  readonly position: string;
  /** Events that it has not taken in yet. */
  readonly behind: number;
  /** True where it has stopped at an event that it cannot take in. */
  readonly stopped: boolean;
}

export interface Readiness {
  /** None: ready. */
  readonly reasons: readonly Reason[];
  /** What is amiss with something of one agency's alone: no reason to stay away. */
  readonly warnings: readonly Reason[];
  /** Of the last event of the log, where it can be read. */
  readonly position?: string;
  readonly views: readonly ViewProgress[];
}

export interface ReadinessParts {
  readonly store: Pick<EventStore, 'head' | 'append'>;
  /** Rejects where nothing can be written beside the log. */
  readonly writeProbe: () => Promise<void>;
  /** Absent where the node keeps no views. */
  readonly views?: { health(): Promise<ProjectionHealth> };
}

/** A view further behind answers hardly any reader who names a position: another broker does better until it has caught up. */
const MOST_BEHIND = 10_000;
/** Anybody may ask at any rate: the disk is not written more often than this. */
const KEPT_MS = 1000;

/** A condition on a stream that never holds anything: the log takes and gives up its lock to write, and stores nothing. */
const NOTHING = [{ stream: 'readiness', expected: 'any' as const, events: [] }];

export class ReadinessChecks {
  readonly #parts: ReadinessParts;
  readonly #more: (() => readonly Reason[])[] = [];
  readonly #warnings: (() => readonly Reason[])[] = [];
  #draining = false;
  #found: { readonly at: number; readonly readiness: Promise<Readiness> } | undefined;

  constructor(parts: ReadinessParts) {
    this.#parts = parts;
  }

  /** Asks this too from now on; it may not wait. */
  add(check: () => readonly Reason[]): void {
    this.#more.push(check);
  }

  /** Tells this too from now on, beside whether the broker is ready; it may not wait. */
  warn(check: () => readonly Reason[]): void {
    this.#warnings.push(check);
  }

  /** From now on this broker takes no new work. */
  drain(): void {
    this.#draining = true;
  }

  /** Never rejects. An answer may be up to a second old, but for draining. */
  async readiness(): Promise<Readiness> {
    const now = performance.now();
    if (!this.#found || now - this.#found.at > KEPT_MS) this.#found = { at: now, readiness: this.#look() };
    const found = await this.#found.readiness;
    return this.#draining ? { ...found, reasons: [{ check: 'draining', says: 'The broker is stopping.' }, ...found.reasons] } : found;
  }

  async #look(): Promise<Readiness> {
    const [position, written, views] = await Promise.all([this.#head(), this.#write(), this.#views()]);
    return {
      reasons: [
        ...(position === undefined ? [{ check: 'log' as const, says: 'The log cannot be read or written.' }] : []),
        ...(written ? [] : [{ check: 'disk' as const, says: 'The data directory cannot be written.' }]),
        ...views.flatMap(reasonOf),
        ...this.#more.flatMap((check) => check()),
      ],
      warnings: this.#warnings.flatMap((check) => check()),
      ...(position === undefined ? {} : { position: String(position) }),
      views,
    };
  }

  async #head(): Promise<Position | undefined> {
    return this.#parts.store.append(NOTHING).then(
      () => this.#parts.store.head(),
      () => undefined,
    ).catch(() => undefined);
  }

  async #write(): Promise<boolean> {
    return this.#parts.writeProbe().then(
      () => true,
      () => false,
    );
  }

  /** None where they cannot be told: the log cannot be read then, which is a reason of its own. */
  async #views(): Promise<readonly ViewProgress[]> {
    const health = await this.#parts.views?.health().catch(() => undefined);
    return (health?.views ?? []).map(({ view, position, lag, failure }) => ({
      view,
      position: String(position),
      behind: lag,
      stopped: failure !== undefined,
    }));
  }
}

/** A view that has stopped needs an operator, but keeps nobody from sending: it is shown, and is no reason to stay away. */
const reasonOf = ({ view, behind, stopped }: ViewProgress): readonly Reason[] =>
  stopped || behind <= MOST_BEHIND ? [] : [{ check: 'views', says: `The view ${view} is ${behind} events behind the log.` }];
