// Who may have how much kept: pure arithmetic on one setting, so that no stranger and no agency can use up what is there for all.
import type { Instant } from '#kernel';

export interface Shares {
  /** Of all that is kept, in bytes. */
  readonly whole: number;
  /** Of one agency, and of all that nobody can be held to together. */
  readonly each: number;
  /** Within an hour, of what nobody can be held to: of one sender, and of all senders together. */
  readonly sender: Allowance;
  readonly senders: Allowance;
}

export interface Allowance {
  /** Bytes of messages that are kept as they came. */
  readonly bytes: number;
  /** Messages of which the beginning is kept beyond that. */
  readonly heads: number;
}

const MEBIBYTE = 1024 * 1024;
/** What an entry takes beside its content, at most: many that are small are a flood too. */
export const ENTRY_BYTES = 1024;
const HEADS = 128;
/** Together senders may use up what so many may alone, however many addresses one person has. */
const SENDERS = 4;

const DEFAULT_MEGABYTES = 256;

export const sharesOf = (megabytes = DEFAULT_MEGABYTES): Shares => {
  const whole = megabytes * MEBIBYTE;
  const each = Math.floor(whole / 8);
  const bytes = Math.floor(each / 8);
  return { whole, each, sender: { bytes, heads: HEADS }, senders: { bytes: bytes * SENDERS, heads: HEADS * SENDERS } };
};

/** As it came, its beginning alone, or not at all but in the count. */
export type Extent = 'whole' | 'head' | 'count';

interface Used {
  bytes: number;
  heads: number;
}

const HOUR = 3_600_000;
const UNUSED: Readonly<Used> = { bytes: 0, heads: 0 };

/** What senders whom nobody knows have used of this hour's allowance. In memory: a restart renews it, and the shares hold all the same. */
export class Allowances {
  readonly #shares: Shares;
  readonly #used = new Map<string, Used>();
  #together: Used = { ...UNUSED };
  #hour = 0;

  constructor(shares: Shares) {
    this.#shares = shares;
  }

  take(sender: string, content: number, at: Instant): Extent {
    this.#turnTo(Math.floor(at / HOUR));
    const used = this.#used.get(sender) ?? UNUSED;
    const bytes = content + ENTRY_BYTES;
    const extent = this.#extentFor(used, bytes);
    // Who gets nothing more needs no room here either.
    if (extent === 'count') return extent;
    const more: Used = extent === 'whole' ? { bytes, heads: 0 } : { bytes: 0, heads: 1 };
    this.#used.set(sender, sum(used, more));
    this.#together = sum(this.#together, more);
    return extent;
  }

  #extentFor(used: Used, bytes: number): Extent {
    const { sender, senders } = this.#shares;
    const fits = (taken: Used, allowance: Allowance): boolean => taken.bytes + bytes <= allowance.bytes;
    const begins = (taken: Used, allowance: Allowance): boolean => taken.heads < allowance.heads;
    if (fits(used, sender) && fits(this.#together, senders)) return 'whole';
    return begins(used, sender) && begins(this.#together, senders) ? 'head' : 'count';
  }

  #turnTo(hour: number): void {
    if (hour === this.#hour) return;
    this.#hour = hour;
    this.#used.clear();
    this.#together = { ...UNUSED };
  }
}

const sum = (one: Used, other: Used): Used => ({ bytes: one.bytes + other.bytes, heads: one.heads + other.heads });
