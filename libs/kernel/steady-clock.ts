// A clock that nobody can set back, and that a clock set forward does not lead astray for ever (ADR 0019).
import type { Clock, Instant } from './clock.ts';

export interface TimeSources {
  /** The machine's clock, which may be set. */
  readonly wall: Clock;
  /** Milliseconds that have really passed since some moment. */
  readonly passed: () => number;
  /** The same, with those while the machine slept; dear to ask. */
  readonly passedAsleepToo: () => number;
}

/**
 * `behind`: the machine's clock was set back, and time goes on without it; `ahead`: it was set forward while this process ran, and is not
 * followed; `unconfirmed`: it was far ahead of what is remembered when this process began, is followed, and not remembered yet.
 */
export interface ClockTrouble {
  readonly kind: 'behind' | 'ahead' | 'unconfirmed';
  readonly by: number;
}

/** A clock that is corrected by so much is followed. */
const STEP_MS = 60_000;
/** So long after what is remembered a start is nothing unusual; a later one is remembered only once it has stood for an hour. */
const BELIEVED_MS = 10 * 60_000;
const STANDS_MS = 3_600_000;
/** A night and a day without a broker are worth a word. */
const TOLD_MS = 12 * 3_600_000;
/** While the machine's clock is behind, time goes by an eighth more slowly: it may be the time that is wrong, and so they meet again. */
const PACE = 7 / 8;

export class SteadyClock implements Clock {
  readonly #sources: TimeSources;
  #time: number;
  #looked: number;
  #slept: number;
  #wall: Instant;
  /** How much of the time is not to be remembered, and since when. */
  #lead = 0;
  #leadSince = 0;

  constructor(sources: TimeSources) {
    this.#sources = sources;
    this.#wall = sources.wall.now();
    this.#time = this.#wall;
    this.#looked = sources.passed();
    this.#slept = sources.passedAsleepToo() - this.#looked;
  }

  /** To be called before time is asked for: it is no earlier than what an earlier process remembered. */
  startFrom(remembered: Instant): void {
    this.#follow(this.#wall, remembered);
    this.#time = Math.max(this.#wall, remembered);
  }

  now(): Instant {
    const looked = this.#sources.passed();
    const passed = looked - this.#looked;
    const wasBehind = this.#wall < this.#time - STEP_MS;
    this.#looked = looked;
    this.#wall = this.#sources.wall.now();
    this.#time = this.#next(passed, wasBehind);
    return Math.trunc(this.#time);
  }

  /** The time to be remembered for the next process. */
  remembered(): Instant {
    const now = this.now();
    if (this.#looked - this.#leadSince >= STANDS_MS) this.#lead = 0;
    return now - this.#lead;
  }

  trouble(): ClockTrouble | undefined {
    this.remembered();
    const by = this.#wall - this.#time;
    if (Math.abs(by) > STEP_MS) return { kind: by < 0 ? 'behind' : 'ahead', by: Math.abs(by) };
    return this.#lead > TOLD_MS ? { kind: 'unconfirmed', by: this.#lead } : undefined;
  }

  #next(passed: number, wasBehind: boolean): number {
    const due = this.#time + passed;
    if (this.#wall < due) return Math.max(this.#wall, this.#time + passed * PACE);
    if (this.#wall - due <= STEP_MS) return this.#wall;
    if (wasBehind) return this.#follow(this.#wall, due);
    const awake = due + this.#sleep();
    return this.#wall - awake <= STEP_MS ? Math.max(this.#wall, due) : awake;
  }

  /** A clock that was wrong and is set right is believed, as at a start. */
  #follow(wall: Instant, from: Instant): Instant {
    if (wall - from > BELIEVED_MS) {
      this.#lead += wall - from;
      this.#leadSince = this.#looked;
    }
    return wall;
  }

  /** Milliseconds that the machine slept since this was last asked. */
  #sleep(): number {
    const slept = this.#sources.passedAsleepToo() - this.#sources.passed();
    const before = this.#slept;
    this.#slept = Math.max(before, slept);
    return this.#slept - before;
  }
}
