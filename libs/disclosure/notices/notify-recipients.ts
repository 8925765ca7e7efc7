// A reactor: follows the log and tells whoever received a learner's data of what took effect about them since (invariant 6; ADR 0015).
import { MERGED_IDENTITY_NOTICED, type NoticeIssued, noticesOfErasure } from '#consent';
import type { Delivery, EventStore, RecordedEvent, Tail } from '#event-store';
import { type AgencySlug, type Clock, type LearnerId, londonDate, type Position, type Revision } from '#kernel';
import {
  type EventOfFile,
  eventsOfFile,
  evolveNotice,
  type FileStanding,
  type FollowedEvent,
  type LearnerFile,
  learnerOfStream,
  learnerStream,
  type LearnerStreams,
  LINK_ADVISERS,
  noticeEvent,
  standingIn,
} from '#learner-file';
import { rectificationsIn } from '#learner-record';
import { Draft, type Held, type LogWriter } from '#unit-of-work';
import { keysOf, type Vault } from '#privacy';
import { MERGED_IDENTITY_REVISION } from '../answer.ts';
import type { Registers } from '../in-force.ts';
import { dueDay, ERASURE, mayBeOccasion, notesEffects, type Occasion, occasionsIn, tookEffectIn } from './occasions.ts';
import { type Received, receivedOf } from './received.ts';

// Works out whom a learner's file, as it counts now, asks to be told of what, and issues it: each recipient once of each occasion (ADR
// 0015).

export interface IssueParts {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly streams: LearnerStreams;
  readonly writer: LogWriter;
  readonly registers: Registers;
  readonly clock: Clock;
}

/** What is known of a learner when it is looked at. */
interface Looked {
  readonly learner: LearnerId;
  readonly received: readonly Received[];
  readonly positionOf: (item: Revision) => Position;
}

export type Cause = Pick<RecordedEvent, 'id' | 'meta'>;

/** `cause`: the event upon which the learner is looked at. Gives how many notices were issued. */
const issueNotices = async (parts: IssueParts, learner: LearnerId, cause: Cause): Promise<number> => {
  const known = await standingNow(parts, learner);
  const since = await sinceRectified(parts, known);
  const keys = await keysOf(
    parts.vault,
    since.map(({ stored }) => stored),
  );
  const tookEffect = tookEffectIn(since, keys);
  return issue(parts, known, occasionsIn(known, tookEffect), cause);
};

/**
 * Of a learner whose erasure has begun: to be called while what was decided about them can still be read. Gives everybody who is told, now
 * or before.
 */
export const issueErasureNotices = async (parts: IssueParts, learner: LearnerId, cause: Cause): Promise<readonly AgencySlug[]> => {
  await issue(parts, await standingNow(parts, learner), [ERASURE], cause);
  const { state } = await parts.streams.files.load(learnerStream(learner));
  return noticesOfErasure(state.consent).map(({ recipient }) => recipient);
};

const issue = async (parts: IssueParts, known: FileStanding, occasions: readonly Occasion[], cause: Cause): Promise<number> => {
  const received = occasions.length === 0 ? [] : await receivedOf(parts, known, occasions);
  if (received.length === 0) return 0;
  const learner = known.file.id;
  const positionOf = await positionsOf(parts, known.file, received);
  const { judged } = await parts.writer.write({
    look: () => parts.streams.files.missing(learnerStream(learner)),
    judge: () => judge(parts, { learner, received, positionOf }, cause),
  });
  return judged.issued;
};

/** What was said with and since the first rectification, as the file does not tell with what it took effect. Mostly there is none. */
const sinceRectified = async ({ store }: IssueParts, { file, standing }: FileStanding): Promise<readonly EventOfFile[]> => {
  const [first] = rectificationsIn(file.record, (said) => standing.counts(said));
  return first === undefined ? [] : eventsOfFile(store, file, { from: first.revision });
};

/** Of the items that were received: the file knows their revisions alone. */
const positionsOf = async ({ store }: IssueParts, file: LearnerFile, received: readonly Received[]): Promise<Looked['positionOf']> => {
  const items = received.flatMap(({ items: some }) => [...some]).filter((item) => item !== MERGED_IDENTITY_REVISION);
  const events = items.length === 0 ? [] : await eventsOfFile(store, file, { from: Math.min(...items), to: Math.max(...items) });
  const positions = new Map(events.map(({ place, stored: { position } }) => [place, position]));
  return (item) => (item === MERGED_IDENTITY_REVISION ? MERGED_IDENTITY_NOTICED : (positions.get(item) ?? 0));
};

const standingNow = async ({ streams, registers, clock }: IssueParts, learner: LearnerId): Promise<FileStanding> => {
  const { state: file } = await fileNow(streams, learner);
  const { state: linkAdvisers } = await streams.linkAdvisers.load(LINK_ADVISERS);
  const now = clock.now();
  const today = londonDate(now);
  return standingIn(file, { now, today, areas: registers.inForce(today).register, linkAdvisers });
};

/** Of whom the learner was merged into, where that is so: notices stand with the file that shows what they are about. */
const fileNow = async ({ files }: LearnerStreams, learner: LearnerId): Promise<Held<LearnerFile>> => {
  const held = await files.load(learnerStream(learner));
  return held.state.into === undefined ? held : files.load(learnerStream(held.state.into));
};

/** Must not wait. Those who were told already are not told again. */
const judge = (
  parts: IssueParts,
  looked: Looked,
  { id: causation, meta: { correlation } }: Cause,
): { readonly draft: Draft; readonly issued: number } => {
  const { streams } = parts;
  const draft = new Draft();
  const stream = learnerStream(looked.learner);
  const told = new Set(draft.get(streams.files, stream).state.consent.notices.map(({ noticeId }) => noticeId));
  const notices = noticesFor(parts, looked).filter(({ noticeId }) => !told.has(noticeId));
  for (const notice of notices)
    draft.add(streams.files, stream, noticeEvent(stream, notice, { correlation, causation }), (held) => evolveNotice(held, notice));
  return { draft, issued: notices.length };
};

const noticesFor = ({ vault, registers, clock }: IssueParts, { learner, received, positionOf }: Looked): readonly NoticeIssued[] => {
  const issuedAt = clock.now();
  const today = londonDate(issuedAt);
  const inForce = registers.inForce(today);
  return received.map(({ recipient, occasion: { reason, key, after, consent }, items, protocols }) => {
    const told = { roles: inForce.agency(recipient)?.roles ?? [], after, protocols: consent ? [consent.protocol] : protocols };
    return {
      noticeId: vault.blindId('notice', `${learner}\n${recipient}\n${reason}\n${key}`),
      recipient,
      reason,
      ...(consent === undefined ? {} : { consentId: consent.id }),
      items: [...items].map(positionOf).sort((a, b) => a - b),
      issuedAt,
      ...dueDay(today, told, inForce.decisions.inForce),
    };
  });
};

export interface NotifyParts extends IssueParts {
  readonly tail: Pick<Tail<FollowedEvent>, 'follow'>;
  /** Told how many were issued, and of failures by the name of their class: they are tried again. */
  readonly observer?: { issued(notices: number): void; failed(error: string): void };
}

/** With these something may take effect by itself; whatever else was said comes to count with an event that notes it. */
const OCCASIONS: ReadonlySet<string> = new Set(
  ['consent.withdrawn', 'restriction.requested', 'objection.decided', 'assessment.rectified', 'record.retracted'].map(
    (type) => `uk.concordat.${type}.v1`,
  ),
);
/** How far the log was followed, kept in the event store: what stands before has been seen to. */
const PLACE = 'reactors/notify-recipients';
/** After so many events without a notice the place is kept anew: that many are looked at again after a kill. */
const KEPT_EVERY = 5000;

export class NotifyRecipientsWhenRightsTakeEffect {
  readonly #parts: NotifyParts;
  #kept: Position = 0;
  #seen: Position = 0;

  constructor(parts: NotifyParts) {
    this.#parts = parts;
  }

  /** Of the last event that was seen to. */
  get position(): Position {
    return this.#seen;
  }

  /** Until the signal aborts. What fails is tried again: a notice is late at worst. */
  async run(signal: AbortSignal): Promise<void> {
    const consumer = {
      name: 'notices',
      types: 'every',
      streams: (stream: string) => learnerOfStream(stream) !== undefined,
      opens: (recorded: RecordedEvent) => this.#mustOpen(recorded),
      checkpoint: () => this.#observed(() => this.#place()),
      handle: (delivery: Delivery<FollowedEvent>) => this.#observed(() => this.#see(delivery)),
    } as const;
    await this.#parts.tail.follow(consumer, signal);
    // Where it cannot be kept, a little is looked at again.
    if (this.#seen > this.#kept) await this.#observed(() => this.#keepPlace()).catch(() => undefined);
  }

  async #observed<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (cause) {
      this.#parts.observer?.failed(cause instanceof Error ? cause.name : typeof cause);
      throw cause;
    }
  }

  async #place(): Promise<Position> {
    this.#seen = this.#kept = Number((await this.#parts.store.bookmarks(PLACE)).get(PLACE) ?? 0);
    return this.#seen;
  }

  async #see({ events, to }: Delivery<FollowedEvent>): Promise<void> {
    const issued = await this.#notifyOf(events);
    this.#seen = to;
    if (issued > 0 || this.#seen - this.#kept >= KEPT_EVERY) await this.#keepPlace();
  }

  async #keepPlace(): Promise<void> {
    await this.#parts.store.append([], [{ name: PLACE, value: String(this.#seen) }]);
    this.#kept = this.#seen;
  }

  /** Once a learner and delivery: all that the delivery says has been said by then. */
  async #notifyOf(events: readonly FollowedEvent[]): Promise<number> {
    let issued = 0;
    for (const [learner, event] of this.#toLookAt(events)) issued += await this.#notify(learner, event);
    return issued;
  }

  #toLookAt(events: readonly FollowedEvent[]): ReadonlyMap<LearnerId, FollowedEvent> {
    return new Map(
      events.flatMap((event) => {
        const learner = learnerOfStream(event.recorded.stream);
        return learner !== undefined && this.#mayMatter(event) ? [[learner, event] as const] : [];
      }),
    );
  }

  #mayMatter(event: FollowedEvent): boolean {
    return OCCASIONS.has(event.recorded.type) || (this.#mustOpen(event.recorded) && notesEffects(event));
  }

  /** Most learners have nothing that could take effect: their files in memory tell so without opening the event. */
  #mustOpen({ type, stream, revision }: RecordedEvent): boolean {
    if (OCCASIONS.has(type)) return false;
    const held = this.#parts.streams.files.peek(stream);
    return !held || held.revision < revision || mayBeOccasion(held.state);
  }

  async #notify(learner: LearnerId, { recorded }: FollowedEvent): Promise<number> {
    const issued = await issueNotices(this.#parts, learner, recorded);
    if (issued > 0) this.#parts.observer?.issued(issued);
    return issued;
  }
}
