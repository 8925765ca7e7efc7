// A reactor: follows the log and tells whoever received a learner's data of what took effect about them since (invariant 6; ADR 0015).
import type { Delivery, Tail } from '#event-store';
import type { LearnerId, Position } from '#kernel';
import { type FollowedEvent, learnerOfStream } from '#learner-file';
import { issueNotices, type IssueParts } from './issue-notices.ts';
import { mayBeOccasion } from './occasions.ts';
import { notesEffects } from './took-effect.ts';

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

  /** Most learners have nothing that could take effect: their files in memory tell so without opening the event. */
  #mayMatter(event: FollowedEvent): boolean {
    const { type, stream, revision } = event.recorded;
    if (OCCASIONS.has(type)) return true;
    const held = this.#parts.streams.files.peek(stream);
    if (held && held.revision >= revision && !mayBeOccasion(held.state)) return false;
    return notesEffects(event);
  }

  async #notify(learner: LearnerId, { recorded }: FollowedEvent): Promise<number> {
    const issued = await issueNotices(this.#parts, learner, recorded);
    if (issued > 0) this.#parts.observer?.issued(issued);
    return issued;
  }
}
