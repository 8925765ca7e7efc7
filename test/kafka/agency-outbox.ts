// Sends what agencies have to say, gathering what is said meanwhile, again and again until Kafka has acknowledged it.
import { setTimeout as pause } from 'node:timers/promises';
import { Kafka, logLevel, type Producer, type RecordMetadata } from 'kafkajs';

export interface Outgoing {
  readonly topic: string;
  readonly key: string;
  readonly value: string;
}

interface Waiting extends Outgoing {
  readonly sent: (offset: number) => void;
}

const AGAIN_MS = 100;
/** Kafka takes a MiB for one topic at once. */
const AT_ONCE_BYTES = 500_000;

/** All go to partition 0: the topics of a partnership have one each. */
export class AgencyOutbox {
  readonly #kafka: Kafka;
  #producer: Producer | undefined;
  readonly #waiting: Waiting[] = [];
  #sending: Promise<void> | undefined;

  constructor(brokers: readonly string[]) {
    this.#kafka = new Kafka({
      brokers: [...brokers],
      logLevel: logLevel.NOTHING,
      retry: { retries: 5, initialRetryTime: 50, maxRetryTime: 500 },
    });
  }

  /** Resolves with its offset once acknowledged. Where an acknowledgement got lost, the topic may hold it twice. */
  async send(outgoing: Outgoing): Promise<number> {
    return new Promise((sent) => {
      this.#waiting.push({ ...outgoing, sent });
      this.#sending ??= this.#drain();
    });
  }

  async close(): Promise<void> {
    await this.#sending;
    await this.#producer?.disconnect();
  }

  async #drain(): Promise<void> {
    await pause(0);
    while (this.#waiting.length > 0) {
      const batch = this.#gathered();
      const acknowledged = await this.#insist(batch);
      for (const [topic, group] of Map.groupBy(batch, (one) => one.topic)) {
        const base = Number(acknowledged.find(({ topicName }) => topicName === topic)?.baseOffset);
        group.forEach(({ sent }, place) => sent(base + place));
      }
    }
    this.#sending = undefined;
  }

  #gathered(): readonly Waiting[] {
    let bytes = 0;
    const over = this.#waiting.findIndex(({ value }) => (bytes += value.length) > AT_ONCE_BYTES);
    return this.#waiting.splice(0, over === -1 ? this.#waiting.length : Math.max(over, 1));
  }

  async #insist(batch: readonly Waiting[]): Promise<readonly RecordMetadata[]> {
    const topicMessages = [...Map.groupBy(batch, ({ topic }) => topic)].map(([topic, group]) => ({
      topic,
      messages: group.map(({ key, value }) => ({ key, value, partition: 0 })),
    }));
    for (;;) {
      try {
        return await (await this.#connected()).sendBatch({ topicMessages, acks: -1 });
      } catch {
        await this.#producer?.disconnect().catch(() => undefined);
        this.#producer = undefined;
        await pause(AGAIN_MS);
      }
    }
  }

  async #connected(): Promise<Producer> {
    if (this.#producer) return this.#producer;
    const producer = this.#kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    return (this.#producer = producer);
  }
}
