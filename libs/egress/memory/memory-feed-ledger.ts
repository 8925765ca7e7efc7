// The ledger of feeds in memory, for specs: it keeps every promise of the port but durability. What it held is gone with the process.
import type { AgencySlug, Instant, LearnerId, Position } from '#kernel';
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

  /** `of`: the ledger that is opened again. Throws `FeedLedgerInUse` while it is open. */
  constructor(of?: MemoryFeedLedger) {
    this.#lines = of ? of.#lines : new Lines();
    if (this.#lines.inUse) throw new FeedLedgerInUse('Another ledger is open on these lines.');
    this.#lines.inUse = true;
  }

  get position(): Position {
    return this.#lines.position;
  }

  get terms(): Terms {
    return this.#lines.terms;
  }

  feedsOf(learner: LearnerId): LearnerFeeds {
    return structuredClone(this.#lines.feeds.get(learner) ?? new Map<AgencySlug, LedgerFeed>());
  }

  write({ position, terms, learners, feeds, ...keys }: LedgerEntry): void {
    this.#lines.position = position ?? this.#lines.position;
    this.#lines.terms = terms ?? this.#lines.terms;
    learners?.forEach((line) => this.#lines.learners.set(line.learner, line));
    feeds?.forEach((line) => this.#enterFeed(line));
    this.#enterKeys(keys);
  }

  #enterKeys({ announced, revoked, found }: LedgerEntry): void {
    announced?.forEach((key) => this.#lines.announced.set(nameOf(key.recipient, key.kid), key));
    revoked?.forEach(({ recipient, kid }) => this.#lines.announced.delete(nameOf(recipient, kid)));
    found?.forEach(({ recipient, key }) => this.#lines.strays.delete(nameOf(recipient, key)));
  }

  note(entry: LedgerEntry): void {
    this.write(entry);
  }

  recover(): void {
    for (const [learner, feeds] of this.#lines.feeds) if ([...feeds.values()].some(isUnsettled)) this.#decideAnew(learner);
  }

  behind(limit: number): readonly LearnerId[] {
    const behind = [...this.#lines.learners.values()].filter(({ generation }) => generation < this.terms.generation);
    return behind.slice(0, limit).map(({ learner }) => learner);
  }

  dueBy(now: Instant, limit: number): readonly LearnerId[] {
    const due = this.#due().filter((line) => line.due <= now);
    return due.slice(0, limit).map(({ learner }) => learner);
  }

  nextDue(): Instant | undefined {
    return this.#due()[0]?.due;
  }

  announced(): readonly AnnouncedKey[] {
    const inOrder = (one: AnnouncedKey): string => nameOf(one.recipient, one.epoch);
    return [...this.#lines.announced.values()].sort((one, other) => (inOrder(one) < inOrder(other) ? -1 : 1));
  }

  holdsAnything(recipient: AgencySlug): boolean {
    return [...this.#lines.feeds.values()].some((feeds) => feeds.has(recipient));
  }

  surveyed(): ReadonlySet<AgencySlug> {
    return new Set(this.#lines.surveyed);
  }

  survey(recipient: AgencySlug, keys: readonly string[]): void {
    for (const key of keys) this.#lines.strays.set(nameOf(recipient, key), { recipient, key });
    this.#lines.surveyed.add(recipient);
  }

  strays(limit: number): readonly FeedKeyName[] {
    return [...this.#lines.strays.values()].slice(0, limit);
  }

  feedIds(): ReadonlyMap<AgencySlug, string> {
    return new Map(this.#lines.ids);
  }

  identify(recipient: AgencySlug, id: string): void {
    const known = this.#lines.ids.get(recipient);
    this.#lines.ids.set(recipient, id);
    if (known === undefined || known === id) return;
    this.#forget(recipient);
    for (const learner of this.#lines.learners.keys()) this.#decideAnew(learner);
  }

  startOver(): void {
    const { learners, feeds, announced, strays, surveyed, ids } = this.#lines;
    for (const held of [learners, feeds, announced, strays, surveyed, ids]) held.clear();
    this.#lines.position = 0;
    this.#lines.terms = NEW_TERMS;
  }

  close(): void {
    this.#lines.inUse = false;
  }

  #enterFeed({ learner, recipient, feed }: FeedLine): void {
    const feeds: LearnerFeeds = this.#lines.feeds.get(learner) ?? new Map<AgencySlug, LedgerFeed>();
    this.#lines.feeds.set(learner, feeds);
    if (feed.items.size + feed.notices.size === 0) feeds.delete(recipient);
    else feeds.set(recipient, structuredClone(feed));
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
    const due = [...this.#lines.learners.values()].flatMap((line) => (line.due === undefined ? [] : [{ ...line, due: line.due }]));
    return due.sort((one, other) => one.due - other.due);
  }
}

const nameOf = (recipient: AgencySlug, key: string): string => `${recipient}\n${key}`;

const isUnsettled = ({ items, notices }: LedgerFeed): boolean =>
  [...items.values(), ...notices.values()].some(({ token }) => token === undefined);
