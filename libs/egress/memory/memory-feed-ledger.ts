// The ledger of feeds in memory, for specs: it keeps every promise of the port but durability. What it held is gone with the process.
import { type AgencySlug, type Instant, type LearnerId, type Position, StorageError } from '#kernel';
import {
  type AnnouncedKey,
  type FeedKeyName,
  type FeedLedger,
  FeedLedgerInUse,
  type FeedLine,
  type LearnerFeeds,
  type LearnerLine,
  type LedgerEntry,
  type LedgerFeed,
  type LedgerReached,
  type Terms,
} from '../feed/index.ts';

const NEW_TERMS: Terms = { generation: 1, digest: '' };

/** What it stands on: it outlives the ledgers opened on it, as a file does. */
class Lines {
  position: Position = 0;
  terms = NEW_TERMS;
  readonly learners = new Map<LearnerId, LearnerLine>();
  readonly feeds = new Map<LearnerId, LearnerFeeds>();
  readonly announced = new Map<string, AnnouncedKey>();
  readonly strays = new Map<string, FeedKeyName>();
  readonly surveyed = new Set<AgencySlug>();
  readonly ids = new Map<AgencySlug, string>();
  inUse = false;
}

export class MemoryFeedLedger implements FeedLedger {
  readonly #lines: Lines;
  #closed = false;

  /** `of`: the ledger that is opened again. Throws `FeedLedgerInUse` while it is open. */
  constructor(of?: MemoryFeedLedger) {
    this.#lines = of ? of.#lines : new Lines();
    if (this.#lines.inUse) throw new FeedLedgerInUse('Another ledger is open on these lines.');
    this.#lines.inUse = true;
  }

  async recover(): Promise<LedgerReached> {
    for (const [learner, feeds] of this.#open.feeds) if ([...feeds.values()].some(isUnsettled)) this.#decideAnew(learner);
    return this.#reached;
  }

  async feedsOf(learner: LearnerId): Promise<LearnerFeeds> {
    return structuredClone(this.#open.feeds.get(learner) ?? new Map<AgencySlug, LedgerFeed>());
  }

  async write({ position, terms, learners, feeds, ...keys }: LedgerEntry): Promise<void> {
    const lines = this.#open;
    lines.position = position ?? lines.position;
    lines.terms = terms ?? lines.terms;
    learners?.forEach((line) => lines.learners.set(line.learner, line));
    feeds?.forEach((line) => this.#enterLine(line));
    this.#enterKeys(keys);
  }

  #enterKeys({ announced, revoked, found }: LedgerEntry): void {
    announced?.forEach((key) => this.#lines.announced.set(nameOf(key.recipient, key.kid), key));
    revoked?.forEach(({ recipient, kid }) => this.#lines.announced.delete(nameOf(recipient, kid)));
    found?.forEach(({ recipient, key }) => this.#lines.strays.delete(nameOf(recipient, key)));
  }

  async note(entry: LedgerEntry): Promise<void> {
    await this.write(entry);
  }

  async behind(generation: number, limit: number): Promise<readonly LearnerLine[]> {
    return [...this.#open.learners.values()].filter((line) => line.generation < generation).slice(0, limit);
  }

  async dueBy(now: Instant, limit: number): Promise<readonly LearnerId[]> {
    const due = this.#due().filter((line) => line.due <= now);
    return due.slice(0, limit).map(({ learner }) => learner);
  }

  async nextDue(): Promise<Instant | undefined> {
    return this.#due()[0]?.due;
  }

  async announced(): Promise<readonly AnnouncedKey[]> {
    const inOrder = (one: AnnouncedKey): string => nameOf(one.recipient, one.epoch);
    return [...this.#open.announced.values()].sort((one, other) => (inOrder(one) < inOrder(other) ? -1 : 1));
  }

  async holdsAnything(recipient: AgencySlug): Promise<boolean> {
    return [...this.#open.feeds.values()].some((feeds) => feeds.has(recipient));
  }

  async surveyed(): Promise<ReadonlySet<AgencySlug>> {
    return new Set(this.#open.surveyed);
  }

  async survey(recipient: AgencySlug, keys: readonly string[]): Promise<void> {
    for (const key of keys) this.#open.strays.set(nameOf(recipient, key), { recipient, key });
    this.#open.surveyed.add(recipient);
  }

  async strays(limit: number): Promise<readonly FeedKeyName[]> {
    return [...this.#open.strays.values()].slice(0, limit);
  }

  async feedIds(): Promise<ReadonlyMap<AgencySlug, string>> {
    return new Map(this.#open.ids);
  }

  async identify(recipient: AgencySlug, id: string): Promise<void> {
    const known = this.#open.ids.get(recipient);
    this.#lines.ids.set(recipient, id);
    if (known === undefined || known === id) return;
    this.#forget(recipient);
    for (const learner of this.#lines.learners.keys()) this.#decideAnew(learner);
  }

  async startOver(): Promise<LedgerReached> {
    const { learners, feeds, announced, strays, surveyed, ids } = this.#open;
    for (const held of [learners, feeds, announced, strays, surveyed, ids]) held.clear();
    this.#lines.position = 0;
    this.#lines.terms = NEW_TERMS;
    return this.#reached;
  }

  async close(): Promise<void> {
    if (!this.#closed) this.#lines.inUse = false;
    this.#closed = true;
  }

  get #open(): Lines {
    if (this.#closed) throw new StorageError('unavailable', 'The ledger of feeds is closed.');
    return this.#lines;
  }

  get #reached(): LedgerReached {
    return { position: this.#lines.position, terms: this.#lines.terms };
  }

  #enterLine(line: FeedLine): void {
    const feeds: LearnerFeeds = this.#lines.feeds.get(line.learner) ?? new Map<AgencySlug, LedgerFeed>();
    this.#lines.feeds.set(line.learner, feeds);
    const feed = feeds.get(line.recipient) ?? { items: new Map(), notices: new Map(), duties: new Map() };
    if ('revision' in line) enter(feed.items, line.revision, line.item);
    else if ('noticeId' in line) enter(feed.notices, line.noticeId, line.notice);
    else enter(feed.duties, line.name, line.duty);
    if (feed.items.size + feed.notices.size + feed.duties.size === 0) feeds.delete(line.recipient);
    else feeds.set(line.recipient, feed);
  }

  #forget(recipient: AgencySlug): void {
    for (const feeds of this.#lines.feeds.values()) feeds.delete(recipient);
    for (const held of [this.#lines.announced, this.#lines.strays])
      for (const [name, one] of held) if (one.recipient === recipient) held.delete(name);
    this.#lines.surveyed.delete(recipient);
  }

  #decideAnew(learner: LearnerId): void {
    const line = this.#lines.learners.get(learner);
    if (line) this.#lines.learners.set(learner, { ...line, generation: 0 });
  }

  /** The soonest first. */
  #due(): readonly (LearnerLine & { readonly due: Instant })[] {
    const due = [...this.#open.learners.values()].flatMap((line) => (line.due === undefined ? [] : [{ ...line, due: line.due }]));
    return due.sort((one, other) => one.due - other.due);
  }
}

const enter = <Key, Held extends object>(held: Map<Key, Held>, key: Key, now: Held | undefined): void => {
  if (now === undefined) held.delete(key);
  else held.set(key, { ...now });
};

const nameOf = (recipient: AgencySlug, key: string): string => `${recipient}\n${key}`;

const isUnsettled = ({ items, notices, duties }: LedgerFeed): boolean =>
  [...items.values(), ...notices.values(), ...duties.values()].some(({ token }) => token === undefined);
