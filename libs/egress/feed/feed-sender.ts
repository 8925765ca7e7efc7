// Hands messages to what carries the feeds: what no longer stands at that very moment is left out, and whoever withdraws waits for the rest.
import type { FeedFooting, Gate } from '#disclosure';
import type { AgencySlug, LearnerId } from '#kernel';
import type { Announcement, Announcements } from './announcements.ts';
import { backOff } from './back-off.ts';
import type { FeedLedger, FeedLine } from './feed-ledger.ts';
import type { FeedMessage } from './feed-messages.ts';
import type { FeedObserver } from './feed-observer.ts';
import type { FeedRecord } from './feed-record.ts';
import { type FeedDelivery, type FeedTransport, FeedTransportError, type FeedTransportErrorCode } from './feed-transport.ts';
import type { UnderWay } from './under-way.ts';

/** So that a record batch stays well below the megabyte that Kafka takes by default. */
const PARCEL_BYTES = 512 * 1024;
const PARCEL_MESSAGES = 1000;

/** An encryption key ended or came in force while messages waited. */
const KEY_CHANGED = 'key-changed';

export interface SenderParts {
  readonly gate: Pick<Gate, 'stillStands'>;
  readonly transport: FeedTransport;
  readonly ledger: FeedLedger;
  readonly announcements: Announcements;
  readonly underWay: UnderWay;
  readonly observer: FeedObserver;
}

export interface SendResult {
  /** Learners about whom something was left out, since it no longer stood. */
  readonly anew: ReadonlySet<LearnerId>;
  /** Recipients whose feed did not take what others did. */
  readonly stuck: ReadonlySet<AgencySlug>;
}

export class FeedSender {
  readonly #parts: SenderParts;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** The messages must be in the ledger. Tries again and again while nothing can be reached; ends early when the signal aborts. */
  async send(messages: readonly FeedMessage[], signal: AbortSignal): Promise<SendResult> {
    const result = { anew: new Set<LearnerId>(), stuck: new Set<AgencySlug>() };
    for (const parcel of parcelsOf(messages)) await this.#deliver(parcel, result, signal);
    return result;
  }

  /** Records that are about no learner: one attempt. The code of its failure, undefined where they have arrived. */
  async sendBare(deliveries: readonly FeedDelivery[]): Promise<FeedTransportErrorCode | undefined> {
    try {
      await this.#parts.transport.send(deliveries);
    } catch (cause) {
      if (!(cause instanceof FeedTransportError)) throw cause;
      this.#parts.observer.failed(cause.code);
      return cause.code;
    }
    for (const delivery of deliveries) this.#observe(delivery);
    return undefined;
  }

  async #deliver(parcel: readonly FeedMessage[], result: { anew: Set<LearnerId>; stuck: Set<AgencySlug> }, signal: AbortSignal): Promise<void> {
    let left = parcel;
    for (let attempt = 0; !signal.aborted && left.length > 0; attempt++) {
      const announcements = await this.#announcementsFor(left);
      const outcome = await this.#attempt(left, announcements, result.anew);
      if (outcome.code === undefined) return;
      this.#parts.observer.failed(outcome.code);
      left = outcome.left;
      if (isPeculiar(outcome.code)) return this.#deliverApart(left, outcome.code, result, signal);
      await backOff(attempt, signal);
    }
  }

  /** One recipient's feed may be at fault: each gets its own, and whose does not take it is told apart. */
  async #deliverApart(parcel: readonly FeedMessage[], code: string, result: { anew: Set<LearnerId>; stuck: Set<AgencySlug> }, signal: AbortSignal): Promise<void> {
    const apart = Map.groupBy(parcel, ({ line }) => line.recipient);
    if (apart.size > 1) {
      for (const messages of apart.values()) await this.#deliver(messages, result, signal);
    } else if (code !== 'closed') for (const recipient of apart.keys()) result.stuck.add(recipient);
  }

  async #announcementsFor(messages: readonly FeedMessage[]): Promise<readonly Announcement[]> {
    const epochs = new Map<AgencySlug, Set<string>>();
    for (const { line, epoch } of messages) {
      if (epoch !== undefined) epochs.set(line.recipient, (epochs.get(line.recipient) ?? new Set()).add(epoch));
    }
    const all = await Promise.all([...epochs].map(([recipient, some]) => this.#parts.announcements.toGoBefore(recipient, some)));
    return all.flat();
  }

  /** From the look at what stands to the start of the sending nothing waits: a withdrawal is judged before or after, never between. */
  async #attempt(messages: readonly FeedMessage[], announcements: readonly Announcement[], anew: Set<LearnerId>): Promise<{ readonly code?: string; readonly left: readonly FeedMessage[] }> {
    const { transport, underWay } = this.#parts;
    if (!announcements.every((one) => this.#parts.announcements.holds(one))) return { code: KEY_CHANGED, left: messages };
    const left = this.#standing(messages, anew);
    if (left.length === 0) return { left };
    const deliveries = deliveriesOf(announcements, left);
    const over = underWay.begin(left.map(({ footing }) => footing.learner));
    try {
      await transport.send(deliveries);
    } catch (cause) {
      if (cause instanceof FeedTransportError) return { code: cause.code, left };
      throw cause;
    } finally {
      over();
    }
    this.#arrived(announcements, left);
    for (const delivery of deliveries) this.#observe(delivery);
    return { left };
  }

  #standing(messages: readonly FeedMessage[], anew: Set<LearnerId>): readonly FeedMessage[] {
    const { gate, announcements } = this.#parts;
    const stands = oncePerKey((footing: FeedFooting) => gate.stillStands(footing));
    const reaches = oncePerKey((recipient: AgencySlug) => announcements.reaches(recipient));
    return messages.filter(({ footing, line: { recipient }, epoch }) => {
      if (stands(footing) && (epoch === undefined || reaches(recipient))) return true;
      anew.add(footing.learner);
      return false;
    });
  }

  #arrived(announced: readonly Announcement[], messages: readonly FeedMessage[]): void {
    const { ledger, announcements } = this.#parts;
    for (const { key } of announced) announcements.told(key);
    for (const { arrived } of messages) arrived();
    const feeds: ReadonlySet<FeedLine> = new Set(messages.map(({ line }) => line));
    const found = announced.map(({ key: { recipient }, record: { key } }) => ({ recipient, key }));
    ledger.note({ announced: announced.map(({ key }) => key), feeds: [...feeds], found });
  }

  #observe({ recipient, records }: FeedDelivery): void {
    this.#parts.observer.sent(recipient, records.length, records.filter(({ value }) => value === null).length);
  }
}

/** Sending again to all alike will not help. */
const isPeculiar = (code: string): boolean => code !== 'unreachable' && code !== KEY_CHANGED;

/** Many messages have one footing, and few recipients. */
const oncePerKey = <Key>(look: (key: Key) => boolean): ((key: Key) => boolean) => {
  const known = new Map<Key, boolean>();
  return (key) => {
    const found = known.get(key) ?? look(key);
    known.set(key, found);
    return found;
  };
};

const deliveriesOf = (announced: readonly Announcement[], messages: readonly FeedMessage[]): readonly FeedDelivery[] => {
  const records = new Map<AgencySlug, FeedRecord[]>();
  const add = (recipient: AgencySlug, record: FeedRecord): void => {
    const some = records.get(recipient);
    if (some) some.push(record);
    else records.set(recipient, [record]);
  };
  for (const { key, record } of announced) add(key.recipient, record);
  for (const { line, record } of messages) add(line.recipient, record);
  return [...records].map(([recipient, some]) => ({ recipient, records: some }));
};

function* parcelsOf(messages: readonly FeedMessage[]): Generator<readonly FeedMessage[]> {
  let parcel: FeedMessage[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = message.record.key.length + (message.record.value?.byteLength ?? 0);
    if (parcel.length > 0 && (bytes + size > PARCEL_BYTES || parcel.length === PARCEL_MESSAGES)) {
      yield parcel;
      [parcel, bytes] = [[], 0];
    }
    parcel.push(message);
    bytes += size;
  }
  if (parcel.length > 0) yield parcel;
}
