// Whether this broker can do its work now, and if not, why. Sentences hold nothing personal: anybody may ask.
import type { Server } from 'node:http';
import type { onRequestHookHandler } from 'fastify';
import { type EventStore, EventStoreError } from '#event-store';
import type { Position } from '#kernel';
import type { ProjectionHealth, ViewHealth } from '#read-models';
import { Problem } from '#http';

export type Check = 'draining' | 'log' | 'disk' | 'keys' | 'quarantine' | 'access' | 'views' | 'kafka' | 'clock';

export interface Reason {
  readonly check: Check;
  readonly says: string;
}

/** Something of the data directory that must take data. */
export interface WriteProbe extends Reason {
  /** Writes, and changes nothing. Rejects where that fails. */
  readonly write: () => Promise<void>;
}

export interface ViewProgress {
  readonly view: string;
  /** Of the last event that it has taken in; decimal digits. */
  readonly position: string;
  /** Events that it has not taken in yet. */
  readonly behind: number;
  /** True where it has stopped at an event that it cannot take in. */
  readonly stopped: boolean;
  /** Of one that has stopped: when the first event was recorded that it lacks (RFC 3339); absent where the log cannot tell it now. */
  readonly since?: string;
}

export interface Readiness {
  /** None: ready. */
  readonly reasons: readonly Reason[];
  /** What keeps nobody from sending, and somebody should see to. */
  readonly warnings: readonly Reason[];
  /** Of the last event of the log, where it can be read. */
  readonly position?: string;
  readonly views: readonly ViewProgress[];
}

export interface ReadinessParts {
  readonly store: Pick<EventStore, 'head' | 'probe' | 'readAll'>;
  /** What must take data beside the log. */
  readonly probes: readonly WriteProbe[];
  /** Absent where the node keeps no views. */
  readonly views?: { health(): Promise<ProjectionHealth> };
}

/** A view further behind answers hardly any reader who names a position: another broker does better until it has caught up. */
const MOST_BEHIND = 10_000;
/** Anybody may ask at any rate: the disk is not written more often than this. */
const KEPT_MS = 1000;

/** What takes longer, such as a lock that another process holds, fails now. */
const IN_TIME_MS = 1000;

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

  get draining(): boolean {
    return this.#draining;
  }

  /** Never rejects. An answer may be up to a second old, but for draining. */
  async readiness(): Promise<Readiness> {
    const now = performance.now();
    if (!this.#found || now - this.#found.at > KEPT_MS) this.#found = { at: now, readiness: this.#look() };
    const found = await this.#found.readiness;
    return this.#draining ? { ...found, reasons: [{ check: 'draining', says: 'The broker is stopping.' }, ...found.reasons] } : found;
  }

  async #look(): Promise<Readiness> {
    const [head, failing, { views, interrupted }] = await Promise.all([this.#head(), this.#failing(), this.#progress()]);
    const position = typeof head === 'number' ? head : undefined;
    return {
      reasons: [
        ...(typeof head === 'number' ? [] : [{ check: 'log' as const, says: head }]),
        ...failing,
        ...(interrupted ? [{ check: 'views' as const, says: 'The views cannot be kept current now.' }] : []),
        ...views.flatMap(reasonOf),
        ...this.#more.flatMap((check) => check()),
      ],
      warnings: this.#warnings.flatMap((check) => check()),
      ...(position === undefined ? {} : { position: String(position) }),
      views,
    };
  }

  /** A sentence where it cannot be told, or the log takes nothing. */
  async #head(): Promise<Position | string> {
    const { store } = this.#parts;
    return inTime(store.probe().then(() => store.head())).catch(saysOfLog);
  }

  async #failing(): Promise<readonly Reason[]> {
    const failures = await Promise.all(
      this.#parts.probes.map(({ check, says, write }) =>
        inTime(write()).then(
          () => [],
          () => [{ check, says }],
        ),
      ),
    );
    return failures.flat();
  }

  /** No views where they cannot be told: the log cannot be read then, which is a reason of its own. */
  async #progress(): Promise<{ readonly views: readonly ViewProgress[]; readonly interrupted: boolean }> {
    const asked = this.#parts.views && inTime(this.#parts.views.health());
    const health = await asked?.catch(() => undefined);
    const views = (health?.views ?? []).map((one) => this.#progressOf(one));
    return { views: await Promise.all(views), interrupted: health?.interrupted !== undefined };
  }

  async #progressOf({ view, position, lag, failure }: ViewHealth): Promise<ViewProgress> {
    const told = { view, position: String(position), behind: lag, stopped: failure !== undefined };
    if (failure === undefined) return told;
    const [first] = await inTime(this.#parts.store.readAll({ after: position, limit: 1 })).catch(() => []);
    return first === undefined ? told : { ...told, since: new Date(first.recordedAt).toISOString() };
  }
}

/** What needs an operator says so itself. */
const saysOfLog = (cause: unknown): string =>
  cause instanceof EventStoreError && cause.code === 'corrupt' ? cause.message : 'The log cannot be read or written.';

const inTime = async <T>(work: Promise<T>): Promise<T> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('It takes too long.')), IN_TIME_MS);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
};

/** A view that has stopped needs an operator, but keeps nobody from sending: it is shown, and is no reason to stay away. */
const reasonOf = ({ view, behind, stopped }: ViewProgress): readonly Reason[] =>
  stopped || behind <= MOST_BEHIND ? [] : [{ check: 'views', says: `The view ${view} is ${behind} events behind the log.` }];

// Stopping, whatever clients do: nothing new is taken, what is under way gets some seconds,
// and who still holds a connection then is cut off.

/** Of the ten seconds within which the process ends. */
const UNDER_WAY_MS = 5000;
const IDLE_CHECK_MS = 100;

/** Health is told to the end, and the figures. */
const OF_AGENCIES = /^\/(?:v1|oauth)\//;

/** A request on a connection that is open still; another broker answers it, or this one when it is back. */
export const refuseWhileStopping =
  (readiness: Pick<ReadinessChecks, 'draining'>): onRequestHookHandler =>
  ({ routeOptions }, _reply, done) => {
    done(readiness.draining && OF_AGENCIES.test(routeOptions.url ?? '') ? stopping() : undefined);
  };

const stopping = (): Problem =>
  new Problem(
    503,
    'unavailable',
    'This broker is stopping. Nothing was recorded: send the same again in a moment, over a new connection.',
    {
      headers: { 'retry-after': '1', connection: 'close' },
    },
  );

/** Runs `close`, which waits until the last connection is closed, and sees to it that this comes. */
export const drained = async (server: Server, close: () => Promise<void>): Promise<void> => {
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const late = setTimeout(() => server.closeAllConnections(), UNDER_WAY_MS);
  await close().finally(() => {
    clearInterval(idle);
    clearTimeout(late);
  });
};
