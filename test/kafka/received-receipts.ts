// Receipts as their agencies take them from Kafka: each record's signature checked, each by the place of the message that it answers.
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import type { Receipt } from '#client';
import { TopicTail, type TailRecord } from './topic-tail.ts';

export interface ReceiptRecord {
  readonly agency: string;
  /** `<partition>/<offset>` of the message in the agency's in topic. */
  readonly origin: string;
  readonly key: string;
  readonly receipts: readonly Receipt[];
  /** When it arrived here, milliseconds. */
  readonly at: number;
}

/** A record by which a test tells its own reader that the topic ends here. */
export const END = 'end-of-test';
const PATIENCE_MS = 60_000;
const TYPE = 'concordat-receipts+jws';

export const placeOf = (agency: string, origin: string): string => `${agency}:${origin}`;

export const brokerKeys = async (url: string): Promise<ReturnType<typeof createLocalJWKSet>> =>
  createLocalJWKSet((await (await fetch(`${url}/.well-known/jwks.json`)).json()) as JSONWebKeySet);

export class ReceivedReceipts {
  readonly #keys: Awaited<ReturnType<typeof brokerKeys>>;
  readonly #prefix: string;
  readonly #byPlace = new Map<string, ReceiptRecord[]>();
  readonly #awaited = new Map<string, (record: ReceiptRecord) => void>();
  readonly #faults: string[] = [];
  readonly #ended = new Set<string>();
  #verifying: Promise<unknown> = Promise.resolve();
  #tail: TopicTail | undefined;

  private constructor(prefix: string, keys: Awaited<ReturnType<typeof brokerKeys>>) {
    this.#prefix = `${prefix}.receipts.`;
    this.#keys = keys;
  }

  static async of(
    kafka: { readonly brokers: readonly string[]; readonly prefix: string },
    slugs: readonly string[],
    url: string,
  ): Promise<ReceivedReceipts> {
    const received = new ReceivedReceipts(kafka.prefix, await brokerKeys(url));
    received.#tail = await TopicTail.of(
      kafka.brokers,
      slugs.map((slug) => `${received.#prefix}${slug}`),
      (record) => received.#take(record),
    );
    return received;
  }

  /** Faults of records themselves: signature, type, header. */
  get faults(): readonly string[] {
    return this.#faults;
  }

  get count(): number {
    return this.#byPlace.size;
  }

  /** Agencies whose topic was read to the mark `END`. */
  get ended(): ReadonlySet<string> {
    return this.#ended;
  }

  at(place: string): readonly ReceiptRecord[] {
    return this.#byPlace.get(place) ?? [];
  }

  get places(): readonly string[] {
    return [...this.#byPlace.keys()];
  }

  /** Resolves once the message at this place is answered; throws where that takes too long. */
  async arrived(place: string): Promise<ReceiptRecord> {
    const [there] = this.at(place);
    if (there) return there;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`The message at ${place} was not answered in ${PATIENCE_MS / 1000} s.`)), PATIENCE_MS);
      this.#awaited.set(place, (record) => {
        clearTimeout(late);
        resolve(record);
      });
    });
  }

  async close(): Promise<void> {
    await this.#tail?.close();
    await this.#verifying;
  }

  #take({ topic, key, value, header }: TailRecord): void {
    const agency = topic.slice(this.#prefix.length);
    if (key === END) return void this.#ended.add(agency);
    const record = { agency, key, at: Date.now(), origin: header('concordat-origin') ?? '' };
    if (record.origin === '') this.#faults.push(`${agency}: a record without concordat-origin`);
    const taken = this.#receiptsIn(agency, value ?? Buffer.alloc(0)).then((receipts) => this.#keep({ ...record, receipts }));
    this.#verifying = Promise.all([this.#verifying, taken]);
  }

  async #receiptsIn(agency: string, value: Uint8Array): Promise<readonly Receipt[]> {
    try {
      const { payload, protectedHeader } = await compactVerify(value, this.#keys, { algorithms: ['EdDSA'] });
      if (protectedHeader.typ !== TYPE) this.#faults.push(`${agency}: typ ${String(protectedHeader.typ)}`);
      return (JSON.parse(Buffer.from(payload).toString()) as { readonly receipts: readonly Receipt[] }).receipts;
    } catch (cause) {
      this.#faults.push(`${agency}: ${String(cause)}`);
      return [];
    }
  }

  #keep(record: ReceiptRecord): void {
    const place = placeOf(record.agency, record.origin);
    const there = this.#byPlace.get(place);
    if (there) there.push(record);
    else this.#byPlace.set(place, [record]);
    this.#awaited.get(place)?.(record);
    this.#awaited.delete(place);
  }
}
