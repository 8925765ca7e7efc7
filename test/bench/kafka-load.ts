// Sends signed messages over Kafka and takes the times at which their receipts and their items on partners' feeds come back.
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Receipt } from '#client';
import { AgencyOutbox } from '../kafka/agency-outbox.ts';
import { TopicTail, type TailRecord } from '../kafka/topic-tail.ts';
import type { SignedMessage } from './kafka-cast.ts';

export interface Measured {
  /** Events a second until the last one came out. */
  readonly rate: number;
  /** From sending, milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

export interface Flow {
  readonly receipts: Measured;
  /** Until an item stood on the feeds of all partners. */
  readonly feeds: Measured;
}

const PATIENCE_MS = 180_000;
const TICK_MS = 5;
const QUIET_MS = 3000;

const measured = (began: number, times: readonly { readonly sent: number; readonly came: number }[]): Measured => {
  const latencies = times.map(({ sent, came }) => came - sent).sort((a, b) => a - b);
  const last = times.reduce((latest, { came }) => Math.max(latest, came), began);
  const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
  return { rate: (times.length / (last - began)) * 1000, p50: at(0.5), p99: at(0.99) };
};

const come = async (holds: () => boolean, what: string): Promise<void> => {
  const end = Date.now() + PATIENCE_MS;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`Waited ${PATIENCE_MS / 1000} s in vain for ${what}.`);
    await pause(TICK_MS);
  }
};

/** As fast as Kafka takes them, or so many messages a second; when each was sent, by its offset. */
const sendAll = async (
  brokers: readonly string[],
  topic: string,
  messages: readonly SignedMessage[],
  perSecond: number,
): Promise<ReadonlyMap<number, number>> => {
  const outbox = new AgencyOutbox(brokers);
  const began = performance.now();
  const sent = new Map<number, number>();
  const acknowledged: Promise<unknown>[] = [];
  for (let n = 0; n < messages.length;) {
    const due = Math.min(messages.length, Math.ceil(((performance.now() - began + TICK_MS) / 1000) * perSecond));
    for (const { key, jws } of messages.slice(n, due)) {
      const at = performance.now();
      acknowledged.push(outbox.send({ topic, key, value: jws }).then((offset) => sent.set(offset, at)));
    }
    n = due;
    await pause(TICK_MS);
  }
  await Promise.all(acknowledged);
  await outbox.close();
  return sent;
};

/** kafkajs alone: the messages into a new topic and out of it. */
export const plainFlow = async (
  brokers: readonly string[],
  topic: string,
  messages: readonly SignedMessage[],
  perSecond = Infinity,
): Promise<Measured> => {
  const arrived = new Map<number, number>();
  const tail = await TopicTail.of(brokers, [topic], ({ offset }) => void arrived.set(offset, performance.now()));
  const began = performance.now();
  const sent = await sendAll(brokers, topic, messages, perSecond);
  await come(() => arrived.size === messages.length, 'what was sent');
  await tail.close();
  const times = [...sent].flatMap(([offset, at]) =>
    Array.from({ length: messages[offset]?.events ?? 0 }, () => ({ sent: at, came: arrived.get(offset) ?? Number.NaN })),
  );
  return measured(began, times);
};

const receiptsIn = (value: Buffer | null): readonly Receipt[] =>
  (JSON.parse(Buffer.from(String(value).split('.')[1] ?? '', 'base64url').toString()) as { readonly receipts: readonly Receipt[] })
    .receipts;

/** A partner's feed, and when what has come on it came, by the item's id. */
interface FeedTimes {
  readonly partner: string;
  readonly came: Map<string, number>;
}

export interface ReturnsParts {
  readonly brokers: readonly string[];
  readonly prefix: string;
  readonly sender: string;
  readonly partners: readonly string[];
  /** Of the item about the event at a position, as it is named on a partner's feed. */
  readonly itemId: (partner: string, position: number) => string;
}

/** What comes back from a broker: receipts for one sender, and the feeds of all partners. */
export class Returns {
  readonly #parts: ReturnsParts;
  /** By topic. */
  readonly #feeds: ReadonlyMap<string, FeedTimes>;
  /** By the message's offset. */
  readonly #receipts = new Map<number, { readonly at: number; readonly receipts: readonly Receipt[] }>();
  #tail: TopicTail | undefined;
  #seen = 0;

  private constructor(parts: ReturnsParts) {
    this.#parts = parts;
    this.#feeds = new Map(
      parts.partners.map((partner) => [`${parts.prefix}.out.${partner}`, { partner, came: new Map<string, number>() }]),
    );
  }

  static async of(parts: ReturnsParts): Promise<Returns> {
    const returns = new Returns(parts);
    const topics = [`${parts.prefix}.receipts.${parts.sender}`, ...returns.#feeds.keys()];
    returns.#tail = await TopicTail.of(parts.brokers, topics, (record) => returns.#take(record));
    return returns;
  }

  /** Sends, and waits until everything came back. */
  async flow(messages: readonly SignedMessage[], perSecond = Infinity): Promise<Flow> {
    const began = performance.now();
    const { brokers, prefix, sender } = this.#parts;
    const sent = await sendAll(brokers, `${prefix}.in.${sender}`, messages, perSecond);
    await come(() => [...sent.keys()].every((offset) => this.#receipts.has(offset)), 'receipts');
    const events = [...sent].flatMap(([offset, at]) =>
      this.#positions(offset).map((position) => ({
        at: this.#places(position),
        sent: at,
        receipt: this.#receipts.get(offset)?.at ?? Number.NaN,
      })),
    );
    await come(() => events.every(({ at }) => everywhere(at) !== undefined), 'items on the feeds');
    return {
      receipts: measured(
        began,
        events.map(({ sent: when, receipt }) => ({ sent: when, came: receipt })),
      ),
      feeds: measured(
        began,
        events.map(({ sent: when, at }) => ({ sent: when, came: everywhere(at) ?? Number.NaN })),
      ),
    };
  }

  /** Resolves when nothing has come for a while: what was there before is no part of what is measured. */
  async quiet(): Promise<void> {
    for (let seen = -1; seen < this.#seen; await pause(QUIET_MS)) seen = this.#seen;
  }

  async close(): Promise<void> {
    await this.#tail?.close();
  }

  #take({ topic, key, value, header }: TailRecord): void {
    const at = performance.now();
    this.#seen++;
    const feed = this.#feeds.get(topic);
    const id = key.split('/')[1];
    if (!feed) this.#receipts.set(Number(header('concordat-origin')?.split('/')[1]), { at, receipts: receiptsIn(value) });
    else if (id !== undefined && !feed.came.has(id)) feed.came.set(id, at);
  }

  #positions(offset: number): readonly string[] {
    return (this.#receipts.get(offset)?.receipts ?? []).map(({ outcome, position }) => {
      if (outcome !== 'accepted' || position === undefined) throw new Error(`A receipt said ${outcome}.`);
      return position;
    });
  }

  /** Where each partner's item about the event is noted when it comes. */
  #places(position: string): readonly Place[] {
    return [...this.#feeds.values()].map(({ partner, came }) => ({ came, id: this.#parts.itemId(partner, Number(position)) }));
  }
}

interface Place {
  readonly came: ReadonlyMap<string, number>;
  readonly id: string;
}

/** When the last partner had it. */
const everywhere = (places: readonly Place[]): number | undefined => {
  let last = 0;
  for (const { came, id } of places) {
    const at = came.get(id);
    if (at === undefined) return undefined;
    last = Math.max(last, at);
  }
  return last;
};
