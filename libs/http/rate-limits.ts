// So many requests a minute for each agency, and for each address from which nobody proves to come; none takes another's share.
import { LRUCache } from 'lru-cache';
import type { AgencySlug } from '#kernel';
import { Problem } from './problem.ts';

const WINDOW_MS = 60_000;
/** Beyond this many who came within a minute, those are forgotten who came longest ago. */
const MOST_KNOWN = 50_000;

interface Window {
  readonly ends: number;
  count: number;
}

export class RateLimits {
  readonly #max: number;
  readonly #now: () => number;
  readonly #windows = new LRUCache<string, Window>({ max: MOST_KNOWN });

  /** `max` a minute; `now` in milliseconds of any clock that goes on. */
  constructor(max: number, now: () => number = () => performance.now()) {
    this.#max = max;
    this.#now = now;
  }

  /** A request that is proved to be by this agency. Throws 429 where it has had its share. */
  take(agency: AgencySlug): void {
    const window = this.#window(`agency ${agency}`);
    if (window.count >= this.#max) throw this.#tooMany(window, 'of your agency');
    window.count++;
  }

  /** Throws 429 where too much came from this address that nobody proved to have sent. */
  check(address: string): void {
    const window = this.#window(`address ${address}`);
    if (window.count >= this.#max) throw this.#tooMany(window, 'from this address');
  }

  /** Another request came from this address that nobody proved to have sent. */
  count(address: string): void {
    this.#window(`address ${address}`).count++;
  }

  #window(key: string): Window {
    const held = this.#windows.get(key);
    if (held && held.ends > this.#now()) return held;
    const fresh = { ends: this.#now() + WINDOW_MS, count: 0 };
    this.#windows.set(key, fresh);
    return fresh;
  }

  #tooMany({ ends }: Window, whose: string): Problem {
    const seconds = Math.max(1, Math.ceil((ends - this.#now()) / 1000));
    return new Problem(429, 'too-many-requests', `Too many requests ${whose} within a minute: wait as Retry-After says.`, {
      headers: { 'retry-after': String(seconds) },
    });
  }
}
