// How partners’ feeds stand out there: whether they are still the same, take what is sent, and hold what the ledger does not know of.
import type { AgencySlug, Clock, Instant, Position } from '#kernel';
import type { AgencyRegister } from '#agencies';
import type { FeedLedger } from './feed-ledger.ts';
import type { FeedObserver } from './feed-observer.ts';
import { type FeedTransport, FeedTransportError } from './feed-transport.ts';
import { tombstone } from './feed-form.ts';
import type { FeedSender } from './feed-sender.ts';

// Recipients whose feed does not take what is sent, such as one whose topic is missing: they are left out for a while, the others go on.

const FIRST_MS = 1000;
const LONGEST_MS = 300_000;

interface Stuck {
  readonly until: Instant;
  readonly wait: number;
  /** How far the feeds were when it began. */
  readonly since: Position;
  readonly began: Instant;
}

export class StuckFeeds {
  readonly #clock: Clock;
  readonly #reached: () => Position;
  readonly #stuck = new Map<AgencySlug, Stuck>();

  /** `reached`: the position up to which the feeds of all others are complete. */
  constructor(clock: Clock, reached: () => Position) {
    this.#clock = clock;
    this.#reached = reached;
  }

  get recipients(): ReadonlySet<AgencySlug> {
    return new Set(this.#stuck.keys());
  }

  /** When it began, of each. */
  get began(): ReadonlyMap<AgencySlug, Instant> {
    return new Map([...this.#stuck].map(([recipient, { began }]) => [recipient, began]));
  }

  /** Each time for twice as long. */
  add(recipient: AgencySlug): void {
    const before = this.#stuck.get(recipient);
    const wait = Math.min(2 * (before?.wait ?? FIRST_MS / 2), LONGEST_MS);
    const now = this.#clock.now();
    const first = before ?? { since: this.#reached(), began: now };
    this.#stuck.set(recipient, { until: now + wait, wait, since: first.since, began: first.began });
  }

  /** Undefined where the feed takes what is sent. */
  since(recipient: AgencySlug): Position | undefined {
    return this.#stuck.get(recipient)?.since;
  }

  remove(recipient: AgencySlug): void {
    this.#stuck.delete(recipient);
  }

  has(recipient: AgencySlug): boolean {
    return this.#stuck.has(recipient);
  }

  /** True until it is time to try again. */
  waits(recipient: AgencySlug): boolean {
    return (this.#stuck.get(recipient)?.until ?? 0) > this.#clock.now();
  }

  toRetry(): readonly AgencySlug[] {
    return [...this.#stuck.keys()].filter((recipient) => !this.waits(recipient));
  }
}

// Whether partners' feeds are still those that the ledger is about: one that was deleted and made anew holds nothing of what was sent,
// and no key.

export interface IdentitiesParts {
  readonly agencies: Pick<AgencyRegister, 'list'>;
  readonly ledger: FeedLedger;
  readonly transport: Pick<FeedTransport, 'ids'>;
  readonly observer: FeedObserver;
}

const LOOK_MS = 10_000;

export class FeedIdentities {
  readonly #parts: IdentitiesParts;
  #looked = -Infinity;

  constructor(parts: IdentitiesParts) {
    this.#parts = parts;
  }

  /** Recipients whose feeds were made anew: what is to be on them has to be sent again. Undefined where nobody's can be told now. */
  async look(): Promise<readonly AgencySlug[] | undefined> {
    if (performance.now() - this.#looked < LOOK_MS) return [];
    const { agencies, transport, observer } = this.#parts;
    try {
      const ids = await transport.ids(agencies.list().map(({ slug }) => slug));
      this.#looked = performance.now();
      return await this.#compare(ids);
    } catch (cause) {
      if (!(cause instanceof FeedTransportError)) throw cause;
      observer.failed(cause.code);
      return undefined;
    }
  }

  /** A feed that is seen for the first time is taken for the one that the ledger is about. */
  async #compare(ids: ReadonlyMap<AgencySlug, string>): Promise<readonly AgencySlug[]> {
    const { ledger, observer } = this.#parts;
    const known = await ledger.feedIds();
    const changed = [...ids].filter(([recipient, id]) => known.get(recipient) !== id);
    const anew = changed.filter(([recipient]) => known.has(recipient));
    for (const [recipient, id] of changed) await ledger.identify(recipient, id);
    for (const [recipient] of anew) observer.madeAnew?.(recipient);
    return anew.map(([recipient]) => recipient);
  }
}

// What lies on partners' feeds though the ledger does not know of it, as after the ledger was lost: what is nobody's there has to go.

export interface SurveyParts {
  readonly agencies: Pick<AgencyRegister, 'list'>;
  readonly ledger: FeedLedger;
  readonly transport: Pick<FeedTransport, 'keys'>;
  readonly sender: FeedSender;
  readonly stuck: StuckFeeds;
}

const AT_ONCE = 1000;

export class FeedSurvey {
  readonly #parts: SurveyParts;
  #looked: ReadonlySet<AgencySlug> = new Set();

  constructor(parts: SurveyParts) {
    this.#parts = parts;
  }

  /** It is another feed, to be read anew. */
  forget(recipient: AgencySlug): void {
    this.#looked = new Set([...this.#looked].filter((one) => one !== recipient));
  }

  /** Before anything is sent to a partner, its feed is read once. False where none can be read now; one that refuses is passed over. */
  async look(signal: AbortSignal): Promise<boolean> {
    const { agencies, ledger, stuck } = this.#parts;
    const unread = agencies.list().filter(({ slug }) => !this.#looked.has(slug) && !stuck.waits(slug));
    if (unread.length === 0) return true;
    const surveyed = await ledger.surveyed();
    for (const { slug } of unread) {
      if (signal.aborted) break;
      if (!surveyed.has(slug) && !(await this.#read(slug))) return false;
    }
    this.#looked = await ledger.surveyed();
    return true;
  }

  /** To be called when everybody's feed is as it has to be: tombstones for what is still nobody's. */
  async sweep(): Promise<'done' | 'failed' | 'nothing-to-do'> {
    const { ledger, sender } = this.#parts;
    const strays = await ledger.strays(AT_ONCE);
    if (strays.length === 0) return 'nothing-to-do';
    const byRecipient = Map.groupBy(strays, ({ recipient }) => recipient);
    const failure = await sender.sendBare(
      [...byRecipient].map(([recipient, keys]) => ({ recipient, records: keys.map(({ key }) => tombstone(key)) })),
    );
    if (failure !== undefined) return 'failed';
    await ledger.write({ found: strays });
    return 'done';
  }

  /** False where nobody's can be read. */
  async #read(recipient: AgencySlug): Promise<boolean> {
    const { ledger, transport, stuck } = this.#parts;
    try {
      await ledger.survey(recipient, await transport.keys(recipient));
      return true;
    } catch (cause) {
      if (!(cause instanceof FeedTransportError)) throw cause;
      if (cause.code === 'unknown-feed') await ledger.survey(recipient, []);
      if (cause.code === 'refused') stuck.add(recipient);
      return cause.code === 'unknown-feed' || cause.code === 'refused';
    }
  }
}
