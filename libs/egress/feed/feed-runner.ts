// Keeps every partner's feed equal to what the gate permits now: follows the log, and looks at each learner about whom something changed.
import { AGENCIES_STREAM, type AgencyRegister, takesPart } from '#agencies';
import type { Delivery, EventStore, RecordedEvent, Tail } from '#event-store';
import type { Gate } from '#disclosure';
import { type Clock, type LearnerId, Pace, type Position } from '#kernel';
import { ERASED, type FollowedEvent, learnerOfStream, type LearnerStreams } from '#learner-file';
import { Announcements } from './announcements.ts';
import { backOff, changesWhoSees, type InFlight, PendingLearners, Signals, withThem } from './pending-learners.ts';
import type { FeedBacklog } from './feed-backlog.ts';
import { FeedCheckpoint } from './feed-checkpoint.ts';
import type { FeedHealth, FeedLimits } from './feed-health.ts';
import type { FeedLedger } from './feed-ledger.ts';
import { NO_OBSERVER, type FeedObserver } from './feed-observer.ts';
import { FeedIdentities, FeedSurvey, StuckFeeds } from './partner-feeds.ts';
import { FeedRound, type Tidied } from './feed-round.ts';
import type { FeedSealer } from './feed-messages.ts';
import { FeedSender } from './feed-sender.ts';
import { FeedSweep } from './feed-sweep.ts';
import type { FeedTransport } from './feed-transport.ts';

export interface FeedParts {
  readonly store: Pick<EventStore, 'head'>;
  readonly tail: Pick<Tail<FollowedEvent>, 'follow'>;
  readonly streams: Pick<LearnerStreams, 'files' | 'outdate'>;
  readonly agencies: Pick<AgencyRegister, 'list' | 'refresh'>;
  readonly gate: Pick<Gate, 'feed' | 'stillStands' | 'feedTerms'>;
  readonly sealer: Pick<FeedSealer, 'keyFor' | 'announcement' | 'item' | 'notice' | 'duty'>;
  readonly transport: FeedTransport;
  readonly ledger: FeedLedger;
  readonly inFlight: InFlight;
  readonly backlog?: FeedBacklog;
  readonly clock: Clock;
  readonly observer?: FeedObserver;
  readonly limits?: FeedLimits;
}

const LIMITS: FeedLimits = { round: 200, pending: 5000 };
const TICK_MS = 1000;
/** Between two rounds, unless one is full or somebody may see less, or more, than before. */
const APART_MS = 60;

export class FeedRunner {
  readonly #parts: FeedParts;
  readonly #pending = new PendingLearners();
  readonly #signals = new Signals();
  readonly #pace = new Pace(APART_MS);
  readonly #announcements: Announcements;
  readonly #stuck: StuckFeeds;
  readonly #sweep: FeedSweep;
  readonly #round: FeedRound;
  readonly #survey: FeedSurvey;
  readonly #identities: FeedIdentities;
  readonly #checkpoint: FeedCheckpoint;
  readonly #limits: FeedLimits;
  #read: Position = 0;

  constructor(parts: FeedParts) {
    this.#parts = parts;
    const observer = parts.observer ?? NO_OBSERVER;
    const announcements = new Announcements(parts.sealer);
    this.#announcements = announcements;
    const checkpoint = new FeedCheckpoint(parts.ledger);
    this.#checkpoint = checkpoint;
    const sender = new FeedSender({ ...parts, checkpoint, announcements, observer });
    this.#stuck = new StuckFeeds(parts.clock, () => this.#reached);
    this.#sweep = new FeedSweep({ ...parts, checkpoint });
    this.#round = new FeedRound({ ...parts, checkpoint, announcements, sender, observer, sweep: this.#sweep, stuck: this.#stuck });
    this.#survey = new FeedSurvey({ ...parts, sender, stuck: this.#stuck });
    this.#identities = new FeedIdentities({ ...parts, observer });
    this.#limits = parts.limits ?? LIMITS;
  }

  /** Once, until the signal aborts; then it ends what it is sending. Rejects with what no waiting mends, as a ledger that is full. */
  async run(signal: AbortSignal): Promise<void> {
    await this.#recover();
    const stopping = new AbortController();
    const within = AbortSignal.any([signal, stopping.signal]);
    within.addEventListener('abort', () => this.#signals.end(), { once: true });
    const ticking = setInterval(() => this.tick(), TICK_MS).unref();
    const tasks = [this.#follow(within), this.#work(within)];
    try {
      await Promise.all(tasks);
    } finally {
      stopping.abort();
      clearInterval(ticking);
      this.#signals.end();
      await Promise.allSettled(tasks);
      this.#parts.backlog?.end();
    }
  }

  /** Looks at once whether time, keys or registers have changed anything; it does so by itself every second. */
  tick(): void {
    this.#signals.ring();
  }

  /** Resolves when all feeds are as the gate has it of all that is in the log now. */
  async caughtUp(): Promise<void> {
    const head = await this.#parts.store.head();
    this.#pace.hurry();
    return this.#signals.quiet(() => this.#read >= head);
  }

  async health(): Promise<FeedHealth> {
    const { store, agencies, sealer } = this.#parts;
    const head = await store.head();
    const slugs = agencies
      .list()
      .filter(takesPart)
      .map(({ slug }) => slug);
    const [withKey, withoutKey] = [slugs.filter((slug) => sealer.keyFor(slug)), slugs.filter((slug) => !sealer.keyFor(slug))];
    const reached = new Map(withKey.map((slug) => [slug, this.#stuck.since(slug) ?? this.#reached]));
    return {
      ...{ position: this.#reached, reached },
      lags: new Map([...reached].map(([slug, position]) => [slug, Math.max(0, head - position)])),
      pending: this.#pending.size,
      withoutKey,
      stuck: [...this.#stuck.recipients],
      stuckSince: this.#stuck.began,
    };
  }

  get #reached(): Position {
    return this.#pending.reached(this.#read);
  }

  async #recover(): Promise<void> {
    await this.#checkpoint.recover(await this.#parts.store.head());
    await this.#announcements.recover(this.#parts.ledger);
    this.#read = this.#checkpoint.position;
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const streams = (stream: string): boolean => stream === AGENCIES_STREAM || learnerOfStream(stream) !== undefined;
    const handle = (delivery: Delivery<FollowedEvent>): Promise<void> => this.#takeIn(delivery, signal);
    // What was read and is not decided yet is in memory; the ledger's position tells the next process where to begin.
    await this.#parts.tail.follow({ name: 'feeds', types: 'every', streams, checkpoint: () => this.#read, handle }, signal);
  }

  async #takeIn({ events, to }: Delivery<FollowedEvent>, signal: AbortSignal): Promise<void> {
    for (const { recorded } of events) this.#take(recorded);
    // Who has which keys is read before it is asked for: whoever recorded it may still be reading it.
    if (events.some(({ recorded }) => recorded.stream === AGENCIES_STREAM)) await this.#parts.agencies.refresh();
    this.#read = to;
    this.#signals.ring();
    await this.#signals.room(() => signal.aborted || this.#pending.size < this.#limits.pending);
  }

  #take(stored: RecordedEvent): void {
    // What is held in memory may rest on what can be opened no more.
    if (stored.type === ERASED) this.#parts.streams.outdate(stored);
    const learner = learnerOfStream(stored.stream);
    if (learner !== undefined) this.#wait(learner, stored.position);
    if (changesWhoSees(stored)) this.#pace.hurry();
  }

  #wait(learner: LearnerId, position: Position): void {
    this.#pending.add(learner, position);
    this.#parts.backlog?.waits(learner);
  }

  async #work(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      const outcome = await this.#step(signal);
      failures = outcome === 'failed' ? failures + 1 : 0;
      if (outcome === 'failed') await backOff(failures - 1, signal);
      if (outcome === 'nothing-to-do') await this.#signals.rung();
    }
    await this.#note();
  }

  async #step(signal: AbortSignal): Promise<Tidied> {
    if (this.#pending.size > 0 && this.#pending.size < this.#limits.round) await this.#pace.turn(signal);
    if (!(await this.#identify()) || !(await this.#survey.look(signal))) return 'failed';
    if (await this.#sweep.renewTerms()) this.#round.forget();
    await this.#spill();
    const { chosen, hasPassed } = await this.#choose();
    if (chosen.length > 0) return this.#decide(chosen, signal);
    return hasPassed ? 'done' : this.#tidy();
  }

  /** False where it cannot be told which feeds are there. */
  async #identify(): Promise<boolean> {
    const anew = await this.#identities.look();
    for (const recipient of anew ?? []) {
      this.#announcements.forgetOf(recipient);
      this.#survey.forget(recipient);
      this.#round.forget();
    }
    return anew !== undefined;
  }

  async #tidy(): Promise<Tidied> {
    const tidied = await this.#round.tidy();
    if (tidied !== 'nothing-to-do' || this.#pending.size > 0 || this.#read < (await this.#parts.store.head())) return tidied;
    const swept = await this.#survey.sweep();
    if (swept !== 'nothing-to-do') return swept;
    await this.#note();
    this.#signals.settle();
    return 'nothing-to-do';
  }

  /** First those about whom something was just told, then those whom time or the terms have caught up with. */
  async #choose(): Promise<{ readonly chosen: readonly LearnerId[]; readonly hasPassed: boolean }> {
    const { ledger, clock } = this.#parts;
    const { round } = this.#limits;
    const chosen = new Set(this.#pending.first(round));
    const more = (learners: readonly LearnerId[]): void => learners.forEach((learner) => chosen.add(learner));
    if (chosen.size < round) more(await ledger.dueBy(clock.now(), round));
    if (chosen.size >= round) return { chosen: [...chosen], hasPassed: false };
    const { touched, hasPassed } = await this.#sweep.look(round - chosen.size);
    more(touched);
    return { chosen: [...chosen], hasPassed };
  }

  async #decide(chosen: readonly LearnerId[], signal: AbortSignal): Promise<Tidied> {
    for (const { learner, since } of await withThem(this.#parts.streams.files, this.#pending, chosen)) this.#wait(learner, since);
    const taken = this.#pending.take(chosen);
    const decided = (): Position => {
      this.#parts.backlog?.decided(chosen, (learner) => this.#pending.has(learner));
      return this.#reached;
    };
    const anew = await this.#round.run(chosen, decided, signal);
    if (!anew) {
      this.#pending.giveBack(taken);
      return 'failed';
    }
    for (const learner of anew) this.#wait(learner, this.#read);
    this.#signals.look();
    return 'done';
  }

  /** Far behind, as after the loss of the ledger: the learners are noted, so that each is decided once and not with every event. */
  async #spill(): Promise<void> {
    if (this.#pending.size < this.#limits.pending) return;
    const spilled = this.#pending.take(this.#pending.first(Infinity));
    this.#parts.backlog?.decided(spilled.keys());
    this.#round.forget();
    await this.#checkpoint.write({
      position: this.#reached,
      learners: [...spilled.keys()].map((learner) => ({ learner, generation: 0, due: undefined })),
    });
    this.#signals.look();
  }

  async #note(): Promise<void> {
    const position = this.#reached;
    if (position > this.#checkpoint.position) await this.#checkpoint.note({ position });
  }
}
