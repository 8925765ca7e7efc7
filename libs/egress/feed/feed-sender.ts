// Hands messages to what carries the feeds: what no longer stands at that very moment is left out,
// and whoever withdraws waits for the rest.
import type { FeedReadSet, Gate } from '#disclosure';
import type { AgencySlug, LearnerId } from '#kernel';
import type { Announcement, Announcements } from './announcements.ts';
import { backOff, type InFlight } from './pending-learners.ts';
import type { FeedCheckpoint } from './feed-checkpoint.ts';
import type { FeedMessage } from './feed-messages.ts';
import type { FeedObserver } from './feed-observer.ts';
import type { FeedRecord } from './feed-form.ts';
import { type FeedDelivery, type FeedTransport, FeedTransportError, type FeedTransportErrorCode } from './feed-transport.ts';

/** So that a record batch stays well below the megabyte that Kafka takes by default. */
const PARCEL_BYTES = 512 * 1024;
const PARCEL_MESSAGES = 1000;

/** An encryption key ended or came in force while messages waited. */
const KEY_CHANGED = 'key-changed';

export interface SenderParts {
  readonly gate: Pick<Gate, 'stillStands'>;
  readonly transport: FeedTransport;
  readonly checkpoint: Pick<FeedCheckpoint, 'note'>;
  readonly announcements: Announcements;
  readonly inFlight: InFlight;
  readonly observer: FeedObserver;
}

export interface SendResult {
  /** Learners about whom something was left out, since it no longer stood. */
  readonly anew: ReadonlySet<LearnerId>;
  /** Recipients whose feed did not take what others did. */
  readonly stuck: ReadonlySet<AgencySlug>;
}

interface Result extends SendResult {
  readonly anew: Set<LearnerId>;
  readonly stuck: Set<AgencySlug>;
}

/** What an attempt came to: without a failure, all that was left has arrived. */
interface Tried {
  readonly failure?: { readonly code: string; readonly recipients: readonly AgencySlug[] };
  readonly left: readonly FeedMessage[];
}

export class FeedSender {
  readonly #parts: SenderParts;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** The messages must be in the ledger. Tries again and again while nothing can be reached; ends early when the signal aborts. */
  async send(messages: readonly FeedMessage[], signal: AbortSignal): Promise<SendResult> {
    const result: Result = { anew: new Set(), stuck: new Set() };
    for (const parcel of parcelsOf(messages)) {
      const open = parcel.filter(({ recipient }) => !result.stuck.has(recipient));
      await this.#deliver(open, result, signal);
    }
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

  async #deliver(parcel: readonly FeedMessage[], result: Result, signal: AbortSignal): Promise<void> {
    let left = parcel;
    for (let attempt = 0; !signal.aborted && left.length > 0; attempt++) {
      const announcements = await this.#announcementsFor(left);
      const tried = await this.#attempt(left, announcements, result.anew);
      if (!tried.failure) return;
      const { code, recipients } = tried.failure;
      this.#parts.observer.failed(code);
      left = tried.left;
      if (isPeculiar(code)) return this.#deliverApart(left, recipients, result, signal);
      await backOff(attempt, signal);
    }
  }

  /** Some recipients' feeds are at fault. Where it is not told whose, each gets its own. */
  async #deliverApart(parcel: readonly FeedMessage[], atFault: readonly AgencySlug[], result: Result, signal: AbortSignal): Promise<void> {
    const apart = Map.groupBy(parcel, ({ recipient }) => recipient);
    const stuck = apart.size === 1 ? [...apart.keys()] : atFault;
    for (const recipient of stuck) result.stuck.add(recipient);
    const others = [...apart].flatMap(([recipient, messages]) => (result.stuck.has(recipient) ? [] : [messages]));
    const together = stuck.length > 0 ? [others.flat()] : others;
    for (const messages of together) await this.#deliver(messages, result, signal);
  }

  async #announcementsFor(messages: readonly FeedMessage[]): Promise<readonly Announcement[]> {
    const epochs = new Map<AgencySlug, Set<string>>();
    for (const { recipient, epoch } of messages) {
      if (epoch !== undefined) epochs.set(recipient, (epochs.get(recipient) ?? new Set()).add(epoch));
    }
    const all = await Promise.all([...epochs].map(([recipient, some]) => this.#parts.announcements.toGoBefore(recipient, some)));
    return all.flat();
  }

  /** From the look at what stands to the start of the sending nothing waits: a withdrawal is judged before or after, never between. */
  async #attempt(messages: readonly FeedMessage[], announcements: readonly Announcement[], anew: Set<LearnerId>): Promise<Tried> {
    const { transport, inFlight } = this.#parts;
    if (!announcements.every((one) => this.#parts.announcements.holds(one)))
      return { failure: { code: KEY_CHANGED, recipients: [] }, left: messages };
    const left = this.#standing(messages, anew);
    if (left.length === 0) return { left };
    const deliveries = deliveriesOf(announcements, left);
    const over = inFlight.begin(left.map(({ readSet }) => readSet.learner));
    try {
      await transport.send(deliveries);
    } catch (cause) {
      if (cause instanceof FeedTransportError) return { failure: cause, left };
      throw cause;
    } finally {
      over();
    }
    await this.#arrived(announcements, left);
    for (const delivery of deliveries) this.#observe(delivery);
    return { left };
  }

  #standing(messages: readonly FeedMessage[], anew: Set<LearnerId>): readonly FeedMessage[] {
    const { gate, announcements } = this.#parts;
    const stands = oncePerKey((readSet: FeedReadSet) => gate.stillStands(readSet));
    const reaches = oncePerKey((recipient: AgencySlug) => announcements.reaches(recipient));
    return messages.filter(({ readSet, recipient, epoch }) => {
      if (stands(readSet) && (epoch === undefined || reaches(recipient))) return true;
      anew.add(readSet.learner);
      return false;
    });
  }

  async #arrived(announced: readonly Announcement[], messages: readonly FeedMessage[]): Promise<void> {
    const { checkpoint, announcements } = this.#parts;
    for (const { key } of announced) announcements.told(key);
    const found = announced.map(({ key: { recipient }, record: { key } }) => ({ recipient, key }));
    await checkpoint.note({ announced: announced.map(({ key }) => key), feeds: messages.map(({ arrived }) => arrived), found });
  }

  #observe({ recipient, records }: FeedDelivery): void {
    this.#parts.observer.sent(recipient, records.length, records.filter(({ value }) => value === null).length);
  }
}

/** Sending again to all alike will not help. */
const isPeculiar = (code: string): boolean => code === 'unknown-feed' || code === 'refused';

/** Many messages have one read set, and few recipients. */
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
  for (const { recipient, record } of messages) add(recipient, record);
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
