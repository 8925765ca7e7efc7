// Partners' feeds as their own systems keep them: the last of each key, tombstones applied, followed from the beginning.
import { type CryptoKey, importJWK } from 'jose';
import { type CopiedItem, openFeedKey, openItem } from './feed-forms.ts';
import type { Partner } from './partnership-files.ts';
import type { brokerKeys } from './received-receipts.ts';
import { TopicTail, type TailRecord } from './topic-tail.ts';

/** One record of a feed, tombstones (`item` undefined) included; announcements of keys not. */
export interface FeedChange {
  readonly agency: string;
  readonly key: string;
  readonly item: CopiedItem | undefined;
  /** When Kafka appended it, milliseconds. */
  readonly timestamp: number;
}

interface Copy {
  readonly agency: string;
  readonly privateKey: CryptoKey | Uint8Array;
  readonly keys: Map<unknown, Buffer>;
  readonly items: Map<string, CopiedItem>;
  /** The same by type and by the id in its data. */
  readonly about: Map<string, CopiedItem>;
  readonly notices: Map<string, CopiedItem>;
  /** What is overdue for the partner: no answer to a question about a learner has it. */
  readonly duties: Map<string, CopiedItem>;
}

const keptUnder = ({ notices, duties, items }: Copy, key: string): Map<string, CopiedItem> => {
  if (key.startsWith('notice:')) return notices;
  return key.startsWith('duty:') ? duties : items;
};

/** The id of the assessment or consent that an item is about; empty where it is about neither. */
export const idIn = (item: CopiedItem | undefined): string => {
  const { assessmentId, consentId } = (item?.data ?? {}) as { readonly assessmentId?: string; readonly consentId?: string };
  return assessmentId ?? consentId ?? '';
};

const subjectOf = (item: CopiedItem | undefined): string => `${item?.type ?? ''} ${idIn(item)}`;

type BrokerKeys = Awaited<ReturnType<typeof brokerKeys>>;

export class FeedCopies {
  readonly #brokerKeys: BrokerKeys;
  /** By topic. */
  readonly #copies = new Map<string, Copy>();
  readonly #prefix: string;
  readonly #changes: FeedChange[] = [];
  readonly #faults: string[] = [];
  #reading: Promise<void> = Promise.resolve();
  #tail: TopicTail | undefined;
  #taken = 0;

  private constructor(prefix: string, keys: BrokerKeys) {
    this.#prefix = prefix;
    this.#brokerKeys = keys;
  }

  static async of(
    kafka: { readonly brokers: readonly string[]; readonly prefix: string },
    partners: readonly Partner[],
    keys: BrokerKeys,
  ): Promise<FeedCopies> {
    const copies = new FeedCopies(kafka.prefix, keys);
    for (const {
      slug,
      private: { encryption },
    } of partners) {
      const privateKey = await importJWK(encryption, 'ECDH-ES+A256KW');
      copies.#copies.set(copies.#topicOf(slug), {
        agency: slug,
        privateKey,
        keys: new Map(),
        items: new Map(),
        about: new Map(),
        notices: new Map(),
        duties: new Map(),
      });
    }
    copies.#tail = await TopicTail.of(kafka.brokers, [...copies.#copies.keys()], (record) => copies.#take(record));
    return copies;
  }

  get faults(): readonly string[] {
    return this.#faults;
  }

  /** Every record that came, in the order of arrival. */
  get changes(): readonly FeedChange[] {
    return this.#changes;
  }

  /** How many records came so far: it stands still when the feeds do. */
  get taken(): number {
    return this.#taken;
  }

  /** What the partner's copy holds now. */
  items(agency: string): readonly CopiedItem[] {
    return [...(this.#copies.get(this.#topicOf(agency))?.items.values() ?? [])];
  }

  /** What the partner's copy holds of that type about the assessment or consent of that id. */
  about(agency: string, type: string, id: string): CopiedItem | undefined {
    return this.#copies.get(this.#topicOf(agency))?.about.get(`${type} ${id}`);
  }

  /** Those that the partner has not acknowledged. */
  notices(agency: string): readonly CopiedItem[] {
    return [...(this.#copies.get(this.#topicOf(agency))?.notices.values() ?? [])];
  }

  /** Resolves once all that came so far is decrypted. */
  async settled(): Promise<void> {
    await this.#reading;
  }

  async close(): Promise<void> {
    await this.#tail?.close();
    await this.#reading;
  }

  #topicOf(agency: string): string {
    return `${this.#prefix}.out.${agency}`;
  }

  /** One after the other: an item follows the announcement of its key. */
  #take(record: TailRecord): void {
    this.#taken++;
    const copy = this.#copies.get(record.topic);
    if (!copy) return;
    const applied = this.#reading.then(() =>
      record.key.startsWith('feed-key:') ? this.#announced(copy, record) : this.#changed(copy, record),
    );
    this.#reading = applied.catch((cause: unknown) => void this.#faults.push(`${record.topic} ${record.offset}: ${String(cause)}`));
  }

  #changed(copy: Copy, { key, value, timestamp }: TailRecord): void {
    const item = value === null ? undefined : openItem(value.toString(), copy.keys);
    if (item !== undefined && item.id !== key && `${item.subject}/${item.id}` !== key)
      throw new Error('an item under another key than its own');
    this.#changes.push({ agency: copy.agency, key, item, timestamp });
    const kept = keptUnder(copy, key);
    copy.about.delete(subjectOf(kept.get(key)));
    if (item === undefined) kept.delete(key);
    else {
      kept.set(key, item);
      copy.about.set(subjectOf(item), item);
    }
  }

  async #announced({ agency, privateKey, keys }: Copy, record: TailRecord): Promise<void> {
    if (record.value === null) return;
    const { kid, key } = await openFeedKey(record.key, record.value, { agency, privateKey, brokerKeys: this.#brokerKeys });
    keys.set(kid, key);
  }
}
