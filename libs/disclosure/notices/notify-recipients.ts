// A reactor: follows the log and tells whoever received a learner's data of what took effect about them since (invariant 6; ADR 0015).
import { setTimeout as delay } from 'node:timers/promises';
import type { RecordedEvent } from '#event-store';
import type { LearnerId, Position } from '#kernel';
import { learnerOfStream } from '#learner-file';
import { issueNotices, type IssueParts } from './issue-notices.ts';
import { mayBeOccasion } from './occasions.ts';
import { notesEffects } from './took-effect.ts';

export interface NotifyParts extends IssueParts {
  /** Told how many were issued, and of failures by the name of their class: it tries again. */
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
const RETRY_MS = 1000;

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
    while (!signal.aborted) {
      try {
        await this.#follow(signal);
      } catch (cause) {
        this.#parts.observer?.failed(cause instanceof Error ? cause.name : typeof cause);
        await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { store } = this.#parts;
    this.#seen = this.#kept = Number((await store.bookmarks(PLACE)).get(PLACE) ?? 0);
    for await (const events of store.subscribe({ after: this.#kept, signal })) {
      await this.#see(events);
      if (signal.aborted) break;
    }
    if (this.#seen > this.#kept) await this.#keepPlace();
  }

  async #see(events: readonly RecordedEvent[]): Promise<void> {
    const issued = await this.#notifyOf(events);
    this.#seen = events.at(-1)?.position ?? this.#seen;
    if (issued > 0 || this.#seen - this.#kept >= KEPT_EVERY) await this.#keepPlace();
  }

  async #keepPlace(): Promise<void> {
    await this.#parts.store.append([], [{ name: PLACE, value: String(this.#seen) }]);
    this.#kept = this.#seen;
  }

  /** Once a learner and batch: all that the batch says has been said by then. */
  async #notifyOf(events: readonly RecordedEvent[]): Promise<number> {
    let issued = 0;
    for (const [learner, stored] of this.#toLookAt(events)) issued += await this.#notify(learner, stored);
    return issued;
  }

  #toLookAt(events: readonly RecordedEvent[]): ReadonlyMap<LearnerId, RecordedEvent> {
    return new Map(
      events.flatMap((stored) => {
        const learner = learnerOfStream(stored.stream);
        return learner !== undefined && this.#mayMatter(stored) ? [[learner, stored] as const] : [];
      }),
    );
  }

  /** Most learners have nothing that could take effect: their files in memory tell so without opening the event. */
  #mayMatter(stored: RecordedEvent): boolean {
    if (OCCASIONS.has(stored.type)) return true;
    const { streams, vault } = this.#parts;
    const held = streams.files.peek(stored.stream);
    if (held && held.revision >= stored.revision && !mayBeOccasion(held.state)) return false;
    return notesEffects(stored, vault);
  }

  async #notify(learner: LearnerId, stored: RecordedEvent): Promise<number> {
    const issued = await issueNotices(this.#parts, learner, stored);
    if (issued > 0) this.#parts.observer?.issued(issued);
    return issued;
  }
}
