// Which agencies are served over Kafka: those of the register whose topics exist. Missing topics are made, unless the operator does that.
import type { Kafka } from 'kafkajs';
import type { AgencyRegister } from '#agencies';
import { ensureTopics, inTopic, receiptsTopic, type TopicTerms } from '#kafka';
import type { AgencySlug } from '#kernel';

export interface ServedTopicsParts {
  readonly kafka: Kafka;
  readonly agencies: Pick<AgencyRegister, 'list' | 'version'>;
  readonly topicPrefix: string;
  /** How topics are made; absent: they are not. */
  readonly make?: TopicTerms;
}

export interface Served {
  readonly topics: readonly string[];
  /** Whose topics are missing. */
  readonly missing: readonly AgencySlug[];
}

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
    const { kafka, agencies, make } = this.#parts;
    const slugs = agencies.list().map(({ slug }) => slug);
    const admin = kafka.admin();
    await admin.connect();
    try {
      if (make) await ensureTopics(admin, slugs, make);
      return this.#servedAmong(slugs, new Set(await admin.listTopics()));
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }

  /** Nobody's messages are taken who could not be told what became of them. */
  #servedAmong(slugs: readonly AgencySlug[], existing: ReadonlySet<string>): Served {
    const served = (slug: AgencySlug): boolean => existing.has(inTopic(this.#parts, slug)) && existing.has(receiptsTopic(this.#parts, slug));
    return { topics: slugs.filter(served).map((slug) => inTopic(this.#parts, slug)), missing: slugs.filter((slug) => !served(slug)) };
  }
}
