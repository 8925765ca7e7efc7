// Which agencies are served over Kafka: those of the register whose topics are there.
// Missing topics are made, unless the operator does that.
import type { Kafka } from 'kafkajs';
import type { AgencyRegister } from '#agencies';
import { ensureTopics, inTopic, receiptsTopic, type TopicTerms } from '#kafka';
import type { KafkaNodes, TopicFound } from '#kafka-wire';
import type { AgencySlug } from '#kernel';

export interface ServedTopicsParts {
  readonly kafka: Kafka;
  readonly nodes: Pick<KafkaNodes, 'topics'>;
  readonly agencies: Pick<AgencyRegister, 'list' | 'version'>;
  readonly topicPrefix: string;
  /** How topics are made; absent: they are not. */
  readonly make?: TopicTerms;
  /** Told where topics cannot be made: what is there is served all the same. */
  readonly failed?: (cause: unknown) => void;
}

export interface Served {
  readonly topics: readonly string[];
  /** Whose topics are missing, or have no leader now. */
  readonly missing: readonly AgencySlug[];
}

type Found = ReadonlyMap<string, TopicFound>;

export class ServedTopics {
  readonly #parts: ServedTopicsParts;

  constructor(parts: ServedTopicsParts) {
    this.#parts = parts;
  }

  /** Grows when agencies may have changed. */
  get version(): number {
    return this.#parts.agencies.version;
  }

  /** Makes what is missing and gives what is there. */
  async look(): Promise<Served> {
    const { agencies, nodes } = this.#parts;
    const slugs = agencies.list().map(({ slug }) => slug);
    const found = await nodes.topics();
    const made = await this.#make(slugs, found);
    return this.#servedAmong(slugs, made ? await nodes.topics() : found);
  }

  /** False where nothing was made. */
  async #make(slugs: readonly AgencySlug[], found: Found): Promise<boolean> {
    const { kafka, make, failed } = this.#parts;
    if (!make) return false;
    const admin = kafka.admin();
    try {
      await admin.connect();
      const made = await ensureTopics(
        { createTopics: (terms) => admin.createTopics(terms), listTopics: async () => [...found.keys()] },
        slugs,
        make,
      );
      return made.length > 0;
    } catch (cause) {
      failed?.(cause);
      return true;
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }

  /** Nobody's messages are taken who could not be told what became of them. A topic without a leader would keep kafkajs from all others. */
  #servedAmong(slugs: readonly AgencySlug[], found: Found): Served {
    const isLed = (topic: string): boolean => found.get(topic)?.partitions.every(({ leader }) => leader >= 0) === true;
    const served = (slug: AgencySlug): boolean => isLed(inTopic(this.#parts, slug)) && found.has(receiptsTopic(this.#parts, slug));
    return { topics: slugs.filter(served).map((slug) => inTopic(this.#parts, slug)), missing: slugs.filter((slug) => !served(slug)) };
  }
}
