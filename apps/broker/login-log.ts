// Who was let in and who was not (OWASP ASVS 16.3.1): for the operator to see an attack, or an agency that has lost its key. Refusals are
// told seldom, however often they happen.
import { ConsoleLogger } from '@nestjs/common';
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

export class LoginLog implements LoginObserver {
  readonly #log: (line: object) => void;
  readonly #count: (code: LoginRefusal) => void;
  readonly #now: () => number;
  readonly #seen = new LRUCache<string, Seen>({ max: MOST_KINDS });

  /** `log`: told each line; nobody where it is left out. */
  constructor(
    count: (code: LoginRefusal) => void,
    log: (line: object) => void = () => undefined,
    now: () => number = () => performance.now(),
  ) {
    this.#count = count;
    this.#log = log;
    this.#now = now;
  }

  /** A token was given. Whoever has one can be given another only by a new assertion, so that lines are as few as those. */
  granted(agency: AgencySlug, kid: string): void {
    this.#log({ granted: 'token', agency, kid });
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

/** With levels of its own: what Nest says of itself at the level of a log is not shown. */
const logger = new ConsoleLogger('Access', { logLevels: ['log', 'warn'] });
/** On standard error and output, as a broker does that serves. */
export const tellLogin = (line: object): void => ('granted' in line ? logger.log(line) : logger.warn(line));
