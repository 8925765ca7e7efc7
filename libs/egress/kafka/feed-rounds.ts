// A batch cut into what Kafka takes at once: of one partition at most 1 MiB (max.message.bytes), of all at most what one request may hold.
import type { AgencySlug } from '#kernel';
import type { FeedDelivery, FeedRecord } from '../feed/index.ts';

/** For each recipient its records, in their order. */
export type Round = ReadonlyMap<AgencySlug, readonly FeedRecord[]>;

export interface RoundLimits {
  readonly bytesOfOne: number;
  readonly bytesOfAll: number;
  readonly recordsOfOne: number;
}

const LIMITS: RoundLimits = { bytesOfOne: 900_000, bytesOfAll: 16_000_000, recordsOfOne: 1000 };
/** What Kafka adds to a record, at most. */
const FRAME = 40;

const bytesOf = ({ key, value }: FeedRecord): number => Buffer.byteLength(key) + (value?.length ?? 0) + FRAME;

class Filling {
  readonly records = new Map<AgencySlug, FeedRecord[]>();
  readonly #bytes = new Map<AgencySlug, number>();
  #bytesOfAll = 0;

  /** An empty round takes anything: no record can be cut. */
  takes(recipient: AgencySlug, bytes: number, { bytesOfOne, bytesOfAll, recordsOfOne }: RoundLimits): boolean {
    if (this.#bytesOfAll + bytes > bytesOfAll) return this.#bytesOfAll === 0;
    const held = this.#bytes.get(recipient);
    return held === undefined || (held + bytes <= bytesOfOne && (this.records.get(recipient)?.length ?? 0) < recordsOfOne);
  }

  add(recipient: AgencySlug, record: FeedRecord, bytes: number): void {
    const records = this.records.get(recipient) ?? [];
    if (records.length === 0) this.records.set(recipient, records);
    records.push(record);
    this.#bytes.set(recipient, (this.#bytes.get(recipient) ?? 0) + bytes);
    this.#bytesOfAll += bytes;
  }
}

/** In order: a later round is sent once the earlier one has arrived. */
export const roundsOf = (batch: readonly FeedDelivery[], limits: RoundLimits = LIMITS): readonly Round[] => {
  const rounds = [new Filling()];
  for (const { recipient, records } of batch) {
    for (const record of records) {
      const bytes = bytesOf(record);
      if (!rounds.at(-1)?.takes(recipient, bytes, limits)) rounds.push(new Filling());
      rounds.at(-1)?.add(recipient, record, bytes);
    }
  }
  return rounds.filter(({ records }) => records.size > 0).map(({ records }) => records);
};
