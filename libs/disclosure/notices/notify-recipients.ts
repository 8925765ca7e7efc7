// A reactor: follows the log and tells whoever received data under a consent that it was withdrawn (invariant 6; ADR 0015).
import { setTimeout as delay } from 'node:timers/promises';
import type { AgencyRegister } from '#agencies';
import type { NoticeIssued } from '#consent';
import type { EventStore, RecordedEvent } from '#event-store';
import { type AgencySlug, type Clock, type LearnerId, londonDate, type Position } from '#kernel';
import { Draft, evolveNotice, type Judged, learnerOfStream, type LearnerFile, type LearnerStreams, learnerStream, type LogWriter, noticeEvent, openContribution } from '#learner-file';
import type { Vault } from '#privacy';
import type { ProtocolRegister } from '#sharing-protocols';
import { dueDay } from './due-day.ts';
import { receivedUnder } from './received-under.ts';

export interface NotifyParts {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly streams: LearnerStreams;
  readonly writer: LogWriter;
  readonly agencies: Pick<AgencyRegister, 'bySlug'>;
  readonly protocols: Pick<ProtocolRegister, 'inForce'>;
  readonly clock: Clock;
  /** Told how many were issued, and of failures by the name of their class: it tries again. */
  readonly observer?: { issued(notices: number): void; failed(error: string): void };
}

const WITHDRAWN = 'uk.concordat.consent.withdrawn.v1';
/** How far the log was followed, kept in the event store: what stands before has been seen to. */
const PLACE = 'reactors/notify-recipients';
/** After so many events without a withdrawal the place is kept anew: that many are looked at again after a kill. */
const KEPT_EVERY = 5000;
const RETRY_MS = 1000;

interface Withdrawal {
  readonly stored: RecordedEvent;
  readonly learner: LearnerId;
  readonly consentId: string;
}

type Received = ReadonlyMap<AgencySlug, readonly Position[]>;

export class NotifyRecipientsWhenConsentWithdrawn {
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

  async #notifyOf(events: readonly RecordedEvent[]): Promise<number> {
    let issued = 0;
    for (const stored of events) {
      if (stored.type === WITHDRAWN) issued += await this.#notify(stored);
    }
    return issued;
  }

  /** Gives how many notices were issued. Nothing where it was erased: there is nobody left to tell about. */
  async #notify(stored: RecordedEvent): Promise<number> {
    const learner = learnerOfStream(stored.stream);
    const consentId = openContribution(stored, this.#parts.vault)?.event?.data['consentId'];
    if (learner === undefined || typeof consentId !== 'string') return 0;
    const received = await receivedUnder(this.#parts, learner, consentId);
    if (received.size === 0) return 0;
    const issued = await this.#parts.writer.write(() => this.#judge({ stored, learner, consentId }, received));
    this.#parts.observer?.issued(issued);
    return issued;
  }

  /** Must not wait. Those who were told already are not told again. */
  #judge(withdrawal: Withdrawal, received: Received): Judged<number> {
    const { streams, vault } = this.#parts;
    const { stored: { id: causation, meta: { correlation } }, learner } = withdrawal;
    const draft = new Draft();
    const stream = learnerStream(learner);
    const { state: file } = draft.get(streams.files, stream);
    const notices = this.#noticesOf(withdrawal, file, received);
    for (const notice of notices) {
      const event = (revision: number): ReturnType<typeof noticeEvent> => noticeEvent(vault, { stream, revision }, notice, { correlation, causation });
      draft.add(streams.files, stream, event, (held) => evolveNotice(held, notice));
    }
    return { draft, result: () => notices.length };
  }

  #noticesOf({ learner, consentId }: Withdrawal, { consent: { consents, notices } }: LearnerFile, received: Received): readonly NoticeIssued[] {
    const { vault, agencies, protocols, clock } = this.#parts;
    const told = new Set(notices.map(({ noticeId }) => noticeId));
    const issuedAt = clock.now();
    const today = londonDate(issuedAt);
    const protocol = consents.find(({ id }) => id === consentId)?.protocol ?? '';
    return [...received].flatMap(([recipient, items]) => {
      const noticeId = vault.blindId('notice', `${learner}\n${recipient}\n${consentId}`);
      if (told.has(noticeId)) return [];
      const due = dueDay(today, protocol, agencies.bySlug(recipient)?.roles ?? [], protocols.inForce(today));
      return [{ noticeId, recipient, consentId, items, issuedAt, ...due }];
    });
  }
}
