// The topics through which an agency and the broker speak over Kafka (contracts.md, Kafka).
import type { AgencySlug } from '#kernel';

export interface AgencyTopics {
  /** The agency writes its signed messages here. */
  readonly in: string;
  /** The broker answers here, with receipts that it signed. */
  readonly receipts: string;
  /** The feed: what the agency may know, compacted. */
  readonly out: string;
}

export const DEFAULT_TOPIC_PREFIX = 'concordat';

/** `concordat.in.<slug>` and its kind; the prefix as the broker's operator chose it (KAFKA_TOPIC_PREFIX). */
export const topicsOf = (agency: AgencySlug, prefix: string = DEFAULT_TOPIC_PREFIX): AgencyTopics => ({
  in: `${prefix}.in.${agency}`,
  receipts: `${prefix}.receipts.${agency}`,
  out: `${prefix}.out.${agency}`,
});
