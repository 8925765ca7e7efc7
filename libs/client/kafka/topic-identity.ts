// Offsets count in one topic alone: one that was deleted and made anew has another id, and is read from its beginning.
import { setTimeout as after } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import { KafkaNodes, KafkaTooOld } from '#kafka-wire';
import { retried } from '../retry.ts';
import { withClientErrors } from './connect.ts';

const ATTEMPTS = 3;
const LOOK_MS = 10_000;
const AGAIN_MS = 1000;

/** Undefined where there is no such topic, or a Kafka before release 2.8, which knows no ids. Throws `ClientError`. */
export const topicIdOf = async (kafka: Kafka, topic: string): Promise<string | undefined> => {
  const nodes = new KafkaNodes(kafka);
  try {
    return await retried(() => withClientErrors(() => idOf(nodes, topic)), { attempts: ATTEMPTS });
  } finally {
    await nodes.close();
  }
};

const idOf = async (nodes: KafkaNodes, topic: string): Promise<string | undefined> => {
  try {
    return (await nodes.topics([topic])).get(topic)?.id;
  } catch (cause) {
    if (cause instanceof KafkaTooOld) return undefined;
    throw cause;
  }
};

/** Looks whether a topic that is being read is still the same: now and then, and before what was read of it counts. To be ended. */
export class TopicWatch {
  readonly #nodes: KafkaNodes;
  readonly #topic: string;
  readonly #id: string | undefined;
  readonly #changed = new AbortController();
  readonly #ended = new AbortController();
  readonly #looking: Promise<void>;

  constructor(kafka: Kafka, topic: string, id: string | undefined) {
    this.#nodes = new KafkaNodes(kafka);
    this.#topic = topic;
    this.#id = id;
    this.#looking = id === undefined ? Promise.resolve() : this.#look();
  }

  /** Aborts when the topic is another one. */
  get changed(): AbortSignal {
    return this.#changed.signal;
  }

  /** Whether what was just read is of this topic; false, too, where it is ended meanwhile. Waits while that cannot be told. */
  async holds(): Promise<boolean> {
    const { signal } = this.#ended;
    while (this.#id !== undefined && !signal.aborted) {
      const looked = await this.#isSame().catch(() => undefined);
      if (looked !== undefined) return looked;
      await after(AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
    return !signal.aborted;
  }

  async end(): Promise<void> {
    this.#ended.abort();
    await this.#looking;
    await this.#nodes.close();
  }

  async #look(): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted && !this.changed.aborted) {
      await after(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (!signal.aborted) await this.#isSame().catch(() => undefined);
    }
  }

  /** A topic that is not there now was there when it was read. */
  async #isSame(): Promise<boolean> {
    const now = await idOf(this.#nodes, this.#topic);
    if (now === undefined || now === this.#id) return true;
    this.#changed.abort();
    return false;
  }
}
