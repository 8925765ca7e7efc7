// Messages from Kafka: the group says which partitions are ours, each is read by itself, and how far they are taken in is said by the log's
// own bookmarks (ADR 0012, ADR 0021).
import type { Kafka } from 'kafkajs';
import type { KafkaNodes } from '#kafka-wire';
import type { AgencySlug } from '#kernel';
import { Backoff, type MessageSource, type MessageTaker, type Partition, pause } from '../inbox/index.ts';
import { GroupMembership } from './group-membership.ts';
import { PartitionReader } from './partition-reader.ts';
import type { Trouble } from './read-place.ts';
import type { Served, ServedTopics } from './served-topics.ts';

export interface KafkaSourceParts {
  readonly kafka: Kafka;
  /** Closed when reading ends. */
  readonly nodes: KafkaNodes;
  readonly topicPrefix: string;
  readonly topics: ServedTopics;
  readonly taker: MessageTaker;
  /** Milliseconds for which a broker that was killed holds its partitions; Kafka allows 6000 and more by default. */
  readonly sessionTimeout: number;
  /** Told whenever something has failed and is tried again. */
  readonly failed?: (cause: unknown) => void;
}

/** How often new agencies are looked for, and topics that were missing. */
const LOOK_MS = 500;
const MISSING_MS = 5000;
/** A membership that held for so long was in order. */
const LASTING_MS = 10_000;
/** So long Kafka may leave everything unanswered before this is said to be so: what is over sooner passes unnoticed. */
const CONSUMING_MS = 5000;

export class KafkaSource implements MessageSource {
  readonly #parts: KafkaSourceParts;
  readonly #reader: PartitionReader;
  readonly #membership: GroupMembership;
  /** Partitions were shared out at least once, or there is nobody to read. */
  #begun = false;
  #missing: readonly AgencySlug[] = [];

  constructor(parts: KafkaSourceParts) {
    this.#parts = parts;
    this.#reader = new PartitionReader({ ...parts, failed: (cause) => parts.failed?.(cause) });
    this.#membership = new GroupMembership({ ...parts, assigned: (partitions) => this.#assigned(partitions) });
  }

  /** True while messages are read, or there is nobody to read them from. */
  get isConsuming(): boolean {
    return this.#begun && performance.now() - this.#reader.sign < CONSUMING_MS;
  }

  /** Partitions that cannot be read though others can. */
  get troubles(): readonly Trouble[] {
    return this.#reader.troubles;
  }

  /** Agencies that are not served, since a topic of theirs is missing or has no leader. */
  get missing(): readonly AgencySlug[] {
    return this.#missing;
  }

  seek(partition: Partition, offset: number): void {
    this.#reader.seek(partition, offset);
  }

  /** Reads until the signal aborts. Never rejects: what fails is begun anew. */
  async run(signal: AbortSignal): Promise<void> {
    const read = this.#reader.run(signal);
    for (const backoff = new Backoff(); !signal.aborted;) {
      const began = performance.now();
      try {
        await this.#serve(signal);
      } catch (cause) {
        this.#parts.failed?.(cause);
        if (performance.now() - began > LASTING_MS) backoff.succeeded();
        await backoff.wait(signal);
      }
    }
    await read;
    this.#begun = false;
  }

  /** Resolves when agencies or topics have changed, or the signal aborts. Reading goes on meanwhile. */
  async #serve(signal: AbortSignal): Promise<void> {
    const { version } = this.#parts.topics;
    const served = await this.#parts.topics.look();
    this.#missing = served.missing;
    const over = new AbortController();
    const serving = AbortSignal.any([signal, over.signal]);
    const changed = this.#changed(served, version, serving).finally(() => over.abort());
    try {
      if (served.topics.length > 0) await this.#membership.hold(served.topics, serving);
      else this.#assigned([]);
      await changed;
    } finally {
      over.abort();
      await changed.catch(() => undefined);
    }
  }

  /** Resolves when agencies have changed, or topics that were missing are there. A look that fails is taken again. */
  async #changed({ topics, missing }: Served, version: number, signal: AbortSignal): Promise<void> {
    let looked = performance.now();
    while (!signal.aborted && this.#parts.topics.version === version) {
      await pause(LOOK_MS, signal);
      if (missing.length === 0 || performance.now() - looked < MISSING_MS) continue;
      looked = performance.now();
      const now = await this.#parts.topics.look().catch(() => undefined);
      if (now && now.topics.join() !== topics.join()) return;
    }
  }

  #assigned(partitions: readonly Partition[]): void {
    this.#parts.taker.assigned(partitions);
    this.#reader.assign(partitions);
    this.#begun = true;
  }
}
