// Who was not let in: for the operator to see an attack, or an agency that has lost its key. Told seldom, however often it happens.
import { Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { LoginObserver, LoginRefusal } from '#access';
import type { AgencySlug } from '#kernel';

/** One line a minute for each code and agency. */
const QUIET_MS = 60_000;
const MOST_KINDS = 5000;

interface Seen {
  readonly told: number;
  untold: number;
}

export class RefusedLogins implements LoginObserver {
  readonly #log: (line: object) => void;
  readonly #count: (code: LoginRefusal) => void;
  readonly #now: () => number;
  readonly #seen = new LRUCache<string, Seen>({ max: MOST_KINDS });

  constructor(count: (code: LoginRefusal) => void, log: (line: object) => void = warn, now: () => number = () => performance.now()) {
    this.#count = count;
    this.#log = log;
    this.#now = now;
  }

  /** `agency`: registered, and claimed to be the one who logs in. */
  refused(code: LoginRefusal, agency?: AgencySlug): void {
    this.#count(code);
    const kind = `${code} ${agency ?? ''}`;
    const seen = this.#seen.get(kind);
    if (seen && this.#now() - seen.told < QUIET_MS) return void seen.untold++;
    this.#seen.set(kind, { told: this.#now(), untold: 0 });
    this.#log({ refused: 'login', code, ...(agency === undefined ? {} : { claimed: agency }), times: 1 + (seen?.untold ?? 0) });
  }
}

const logger = new Logger('Access');
const warn = (line: object): void => logger.warn(line);
