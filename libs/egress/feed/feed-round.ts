// One round: some learners are decided at once, what changes is written into the ledger, and then it is sent.
import type { FeedDisclosure, FeedInquiry, Gate } from '#disclosure';
import { type AgencySlug, type Clock, inSlices, type LearnerId, type Position } from '#kernel';
import type { Announcement, Announcements } from './announcements.ts';
import { type FeedCheckpoint, type SettledFeed, SettledFeeds } from './feed-checkpoint.ts';
import type { FeedLedger, LearnerFeeds, LearnerLine, LedgerEntry } from './feed-ledger.ts';
import { type FeedKeyInUse, type FeedMessage, type FeedSealer, prepare } from './feed-messages.ts';
import type { FeedObserver } from './feed-observer.ts';
import type { FeedSender } from './feed-sender.ts';
import type { FeedSweep } from './feed-sweep.ts';
import type { StuckFeeds } from './partner-feeds.ts';

export interface RoundParts {
  readonly gate: Pick<Gate, 'feed'>;
  readonly sweep: FeedSweep;
  readonly sealer: Pick<FeedSealer, 'keyFor' | 'item' | 'notice' | 'duty'>;
  readonly ledger: FeedLedger;
  readonly checkpoint: FeedCheckpoint;
  readonly announcements: Announcements;
  readonly sender: FeedSender;
  readonly stuck: StuckFeeds;
  readonly clock: Clock;
  readonly observer: FeedObserver;
}

/** How long a learner waits who cannot be decided though others can. */
const ASIDE_MS = 60_000;

export type Tidied = 'done' | 'failed' | 'nothing-to-do';

/** One learner's decision, with the feeds as they were where they were read; or why there is none. */
interface Attempted {
  readonly learner: LearnerId;
  readonly before: SettledFeed | undefined;
  readonly feeds: LearnerFeeds;
  readonly decided?: FeedDisclosure;
  readonly failure?: unknown;
}

interface PreparedRound {
  readonly messages: readonly FeedMessage[];
  readonly entry: LedgerEntry;
  /** Learners of whom some of what was decided is left out. */
  readonly cut: ReadonlySet<LearnerId>;
}

export class FeedRound {
  readonly #parts: RoundParts;
  readonly #settled = new SettledFeeds();

  constructor(parts: RoundParts) {
    this.#parts = parts;
  }

  /** All learners are decided anew from what is on the ledger. */
  forget(): void {
    this.#settled.clear();
  }

  /**
   * Learners to decide anew; undefined where none could be decided, since the log or the vault is out of reach. `reached` is asked for
   * once they are decided, before the ledger is written: how far the log is dealt with then.
   */
  async run(learners: readonly LearnerId[], reached: () => Position, signal: AbortSignal): Promise<ReadonlySet<LearnerId> | undefined> {
    const attempts = await this.#attempt(learners);
    const outage = attempts.find(({ failure }) => isOutage(failure));
    if (outage) {
      this.#parts.observer.putAside(nameOf(outage.failure));
      return undefined;
    }
    const { messages, entry, cut } = await this.#prepare(attempts);
    const position = reached();
    const lines = attempts.map((one) => this.#lineOf(one));
    const changed = lines.filter((line, place) => !isSameLine(attempts[place]?.before?.line, line));
    await this.#enter({ ...entry, position, learners: changed });
    const { anew, stuck } = await this.#parts.sender.send(messages, signal);
    for (const recipient of stuck) this.#parts.stuck.add(recipient);
    // What was left out at the end, or of one recipient, is known of no learner for certain: then all are decided whole next time.
    if (!signal.aborted && stuck.size === 0)
      this.#settle(
        attempts.filter(({ learner }) => !anew.has(learner) && !cut.has(learner)),
        lines,
      );
    return anew;
  }

  #settle(attempts: readonly Attempted[], lines: readonly LearnerLine[]): void {
    const lineOf = new Map(lines.map((line) => [line.learner, line]));
    for (const { learner, decided: { snapshot } = {} } of attempts) {
      const line = lineOf.get(learner);
      if (snapshot && line) this.#settled.settle({ snapshot, line });
    }
  }

  /** Keys to announce anew or to take back, and feeds that may take something again. */
  async tidy(): Promise<Tidied> {
    const retried = await this.#retryStuck();
    return retried === 'nothing-to-do' ? this.#renewKeys() : retried;
  }

  /**
   * In slices, between which others get their turn: receipts must not wait for a whole round. Decisions made side by side share an fsync.
   */
  async #attempt(learners: readonly LearnerId[]): Promise<readonly Attempted[]> {
    const inquiry = { reachable: this.#parts.sweep.reachable(), passedOver: this.#parts.stuck.recipients };
    const attempts: Promise<Attempted>[] = [];
    await inSlices(learners, (learner) => attempts.push(this.#decide(learner, inquiry)));
    return Promise.all(attempts);
  }

  async #decide(learner: LearnerId, inquiry: Pick<FeedInquiry, 'reachable' | 'passedOver'>): Promise<Attempted> {
    const { gate, ledger } = this.#parts;
    const before = this.#settled.take(learner);
    const read: { feeds: LearnerFeeds } = { feeds: new Map() };
    const sent = async (): Promise<LearnerFeeds> => (read.feeds = await ledger.feedsOf(learner));
    try {
      const decided = await gate.feed({ ...inquiry, learner, sent, snapshot: before?.snapshot });
      return { learner, before, ...read, decided };
    } catch (failure) {
      return { learner, before, ...read, failure };
    }
  }

  async #prepare(attempts: readonly Attempted[]): Promise<PreparedRound> {
    const { sealer } = this.#parts;
    const keys = new Map<AgencySlug, FeedKeyInUse | undefined>();
    const keyFor = (recipient: AgencySlug): FeedKeyInUse | undefined => {
      if (!keys.has(recipient)) keys.set(recipient, sealer.keyFor(recipient));
      return keys.get(recipient);
    };
    const messages: FeedMessage[] = [];
    const cut = new Set<LearnerId>();
    await inSlices(attempts, ({ learner, decided, feeds }) => {
      if (!decided) return;
      const prepared = prepare(decided, feeds, sealer, keyFor);
      for (const message of prepared.messages) messages.push(message);
      if (!prepared.isWhole) cut.add(learner);
    });
    const found = messages.map(({ recipient, record: { key } }) => ({ recipient, key }));
    return { messages, entry: { feeds: messages.map(({ sending }) => sending), found }, cut };
  }

  /** Nothing is lost if only the position is: the events are read again. */
  async #enter(entry: LedgerEntry): Promise<void> {
    const { checkpoint } = this.#parts;
    const isNote = entry.feeds?.length === 0 && entry.learners?.every(({ due }) => due === undefined) === true;
    await (isNote ? checkpoint.note(entry) : checkpoint.write(entry));
  }

  #lineOf({ learner, decided, failure }: Attempted): LearnerLine {
    const { sweep, observer, clock } = this.#parts;
    if (decided) return { learner, generation: sweep.generationOf(decided.readSet), due: decided.due, sketch: decided.sketch };
    observer.putAside(nameOf(failure));
    return { learner, generation: sweep.generationOf(undefined), due: clock.now() + ASIDE_MS };
  }

  /** An announcement tells whether the feed takes anything; if so, everything that was passed over is looked at. */
  async #retryStuck(): Promise<Tidied> {
    const { sealer, ledger, sweep, announcements } = this.#parts;
    const surveyed = await ledger.surveyed();
    const recipient = this.#parts.stuck.toRetry().find((one) => surveyed.has(one));
    if (recipient === undefined) return 'nothing-to-do';
    const inUse = sealer.keyFor(recipient);
    const told = inUse ? await announcements.toGoBefore(recipient, [inUse.epoch], { again: true }) : [];
    if (!(await this.#announce(recipient, told, []))) return 'nothing-to-do';
    this.#parts.stuck.remove(recipient);
    this.forget();
    await sweep.lookAgain(recipient);
    return 'done';
  }

  async #renewKeys(): Promise<Tidied> {
    const { announcements } = this.#parts;
    const recipient = await this.#outdated();
    if (recipient === undefined) return 'nothing-to-do';
    return (await this.#announce(recipient, await announcements.toGoBefore(recipient, []), announcements.revocations(recipient)))
      ? 'done'
      : 'failed';
  }

  /** One without an encryption key keeps its feed keys until it holds nothing any more. */
  async #outdated(): Promise<AgencySlug | undefined> {
    const { announcements, ledger, sealer, stuck } = this.#parts;
    for (const recipient of announcements.outdated())
      if (!stuck.has(recipient) && (sealer.keyFor(recipient) || !(await ledger.holdsAnything(recipient)))) return recipient;
    return undefined;
  }

  async #announce(recipient: AgencySlug, told: readonly Announcement[], revoked: readonly Announcement[]): Promise<boolean> {
    const { announcements, sender, checkpoint } = this.#parts;
    const failure = await sender.sendBare([{ recipient, records: [...told, ...revoked].map(({ record }) => record) }]);
    if (failure !== undefined) {
      if (failure !== 'unreachable') this.#parts.stuck.add(recipient);
      return false;
    }
    for (const { key } of told) announcements.told(key);
    if (revoked.length > 0) announcements.revoked(recipient);
    const found = [...told, ...revoked].map(({ record: { key } }) => ({ recipient, key }));
    await checkpoint.write({ announced: told.map(({ key }) => key), revoked: revoked.map(({ key }) => key), found });
    return true;
  }
}

/** Nothing is to be written. */
const isSameLine = (before: LearnerLine | undefined, { generation, due, sketch }: LearnerLine): boolean =>
  before?.generation === generation && before.due === due && JSON.stringify(before.sketch) === JSON.stringify(sketch);

/** Waiting mends it, for this learner as for all others. */
const isOutage = (failure: unknown): boolean =>
  failure instanceof Error && 'code' in failure && (failure.code === 'unavailable' || failure.code === 'closed');

const nameOf = (failure: unknown): string => (failure instanceof Error ? failure.name : typeof failure);
