// Offsets count in one topic alone: one that was deleted and made anew has another id, and is read from its beginning.
import { setTimeout as after } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import { KafkaNodes, KafkaTooOld } from '#kafka-wire';
import { retried } from '../retry.ts';
import { told } from './connect.ts';

const ATTEMPTS = 3;
const LOOK_MS = 10_000;

/** Undefined where there is no such topic, or a Kafka before release 2.8, which knows no ids. Throws `ClientError`. */
export const topicIdOf = async (kafka: Kafka, topic: string): Promise<string | undefined> => {
  const nodes = new KafkaNodes(kafka);
  try {
    return await retried(() => told(() => idOf(nodes, topic)), { attempts: ATTEMPTS });
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

/** Looks now and then whether a topic that is being read is still the same. To be ended. */
export class TopicWatch {
  readonly #nodes: KafkaNodes;
  readonly #changed = new AbortController();
  readonly #ended = new AbortController();
  readonly #looking: Promise<void>;

  constructor(kafka: Kafka, topic: string, id: string | undefined) {
    this.#nodes = new KafkaNodes(kafka);
    this.#looking = id === undefined ? Promise.resolve() : this.#look(topic, id);
  }

  /** Aborts when the topic is another one. */
  get changed(): AbortSignal {
    return this.#changed.signal;
  }

  async end(): Promise<void> {
    this.#ended.abort();
    await this.#looking;
    await this.#nodes.close();
  }

  async #look(topic: string, id: string): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted && !this.changed.aborted) {
      await after(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
      const now = signal.aborted ? undefined : await idOf(this.#nodes, topic).catch(() => undefined);
      if (now !== undefined && now !== id) this.#changed.abort();
    }
  }
}
